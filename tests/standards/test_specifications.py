"""A specification's way to the ministry's file, when it may be used, and what takes its place (CAT-02)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import at, make_actor, make_batch, make_body, make_tree
from tests.standards_records import (
    PDF,
    UNSTANDARDISED,
    asker_of,
    make_specification,
    make_text,
    take_to_file,
)

from gongjiang.accounts.models import Organisation
from gongjiang.kernel import queue
from gongjiang.kernel.actor import system
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.planning import actions as planning
from gongjiang.planning.rules import wrong_with_announcement
from gongjiang.standards import actions, basis, queries
from gongjiang.standards.models import AssessmentSpecification, NationalStandard
from gongjiang.standards.specs import StandardSpec
from gongjiang.standards.waiting import for_owners, for_reviewers

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("CAT-02")]
SCOPE = ((UNSTANDARDISED, "4"), ("6-31-01-03", "4"))


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def employer(tree):
    return make_body(tree["changchun"], scope=SCOPE, kind="employer")


@pytest.fixture
def officer(tree):
    return make_actor(tree["province"], "provincial_officer")


def enter_national(code: str = UNSTANDARDISED, *, since: date, job_types: str = "") -> NationalStandard:
    spec = StandardSpec(
        "样例国家标准", "2026", "uniform-2023", "own", since, "样例发布通知", ["5", "4", "3"], (), job_types
    )
    occupation = queries.occupation_by_code(code)
    return actions.enter_standard(actor=system("test"), at=at("2026-05-06"), occupation=occupation, spec=spec)


def basis_on(body, day: date, level: str = "4", job_type: str = ""):
    occupation = queries.occupation_by_code(UNSTANDARDISED)
    return basis.basis_for(asker_of(body), occupation, level, on=day, job_type=job_type)


def test_goes_from_draft_to_file_and_is_used_from_then_on(employer, officer):
    specification = take_to_file(employer, officer, text=make_text(in_force=date(2026, 3, 10)))

    specification.refresh_from_db()
    assert (specification.state, specification.filed_on) == ("filed", date(2026, 3, 20))
    assert specification.standard.in_force == date(2026, 3, 20)
    assert basis_on(employer, date(2026, 3, 19)) is None
    assert basis_on(employer, date(2026, 3, 20)) == specification.standard
    entries = AuditEntry.objects.filter(subject_id=str(specification.pk), action__startswith="specification.")
    assert [entry.action for entry in entries] == [
        "specification.draft",
        "specification.submit",
        "specification.accept",
        "specification.file",
    ]
    assert entries.last().cites == ["JL-2024-5§9"]


def test_the_body_plans_by_its_specification_and_the_announcement_says_so(employer, officer):
    text = make_text(in_force=date(2026, 3, 20))
    specification = take_to_file(employer, officer, text=text)

    batch = make_batch(employer, make_actor(employer.organisation, "exam_clerk"), lines=((UNSTANDARDISED, "4"),))

    line = batch.lines.get()
    assert (line.standard, line.clause_set) == (specification.standard, "uniform-2023")
    assert [part.kind for part in queries.parts_of(line.standard, "4")] == ["theory", "practical"]


def test_another_organisations_specification_is_nothing_to_assess_by(tree, employer, officer):
    take_to_file(employer, officer, text=make_text(in_force=date(2026, 3, 20)))
    other = make_body(
        tree["jilin_city"], scope=SCOPE, kind="employer", name="样例墨斗厂", code="Y000022999018",
        credit_code="12100000400000624D",
    )  # fmt: skip

    assert basis_on(other, date(2026, 5, 30)) is None
    occupation = queries.occupation_by_code(UNSTANDARDISED)
    grounds = basis.grounds_against(asker_of(other), occupation, "4", on=date(2026, 5, 30))
    assert [ground.code for ground in grounds] == ["no-standard"]


def test_a_social_organisation_may_not_have_one_in_jilin(tree):
    social = make_body(tree["changchun"], scope=SCOPE)

    with pytest.raises(Refused) as refused:
        actions.draft_specification(
            actor=make_actor(social.organisation, "body_manager"),
            at=at("2026-03-02 09:00"),
            asker=asker_of(social),
            text=make_text(),
        )

    assert refused.value.codes == ("specification-not-allowed",)
    assert [cite.key for cite in refused.value.cites] == ["JL-2025-1§3"]
    make_specification(social, state="filed")
    occupation = queries.occupation_by_code(UNSTANDARDISED)
    grounds = basis.grounds_against(asker_of(social), occupation, "4", on=date(2026, 5, 30))
    assert [ground.code for ground in grounds] == ["specification-not-allowed"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"levels": {}}, ["levels-missing"]),
        ({"levels": {"4": ()}}, ["levels-missing"]),
        ({"title": " "}, ["title-missing"]),
        ({"code": "6-31-01-03"}, ["specification-displaced"]),
        ({"code": "4-07-05-01"}, ["access-type", "specification-displaced"]),
        ({"edition": "2026"}, ["version-twice"]),
    ],
)
def test_a_text_that_can_not_stand_is_refused_with_every_reason(employer, changes, expected):
    make_specification(employer, edition="2026")
    code = changes.pop("code", UNSTANDARDISED)

    with pytest.raises(Refused) as refused:
        actions.draft_specification(
            actor=make_actor(employer.organisation, "body_manager"),
            at=at("2026-03-02 09:00"),
            asker=asker_of(employer),
            text=make_text(code, **changes),
        )

    assert sorted(refused.value.codes) == expected
    assert all(ground.why and ground.way_on for ground in refused.value.grounds)


def test_only_the_owners_manager_writes_submits_and_withdraws(tree, employer, officer):
    specification = make_specification(employer)
    clerk = make_actor(employer.organisation, "exam_clerk")
    stranger = make_actor(tree["changchun"], "body_manager")
    told = {"at": at("2026-03-03 09:00"), "specification": specification}

    for actor in (clerk, stranger, officer):
        with pytest.raises(NotAllowed):
            actions.submit(actor=actor, **told)
        with pytest.raises(NotAllowed):
            actions.revise_specification(actor=actor, text=make_text(), **told)
        with pytest.raises(NotAllowed):
            actions.withdraw(actor=actor, reason="样例", **told)
    specification.refresh_from_db()
    assert specification.state == "draft"


def test_a_body_does_not_review_its_own(employer):
    specification = make_specification(employer, state="submitted")

    with pytest.raises(NotAllowed) as refused:
        actions.accept(
            actor=make_actor(employer.organisation, "body_manager"), at=at("2026-03-04"), specification=specification
        )

    assert refused.value.codes == ("wrong-role",)


def test_is_returned_revised_and_submitted_again(employer, officer):
    specification = make_specification(employer, state="under_review")
    manager = make_actor(employer.organisation, "body_manager")

    with pytest.raises(Refused) as refused:
        actions.return_for_correction(actor=officer, at=at("2026-03-05"), specification=specification, reason=" ")
    assert refused.value.codes == ("reason-missing",)
    actions.return_for_correction(
        actor=officer, at=at("2026-03-05"), specification=specification, reason="补写四级的操作要求"
    )
    assert [item.what for item in for_owners(manager, date(2026, 3, 5))] == ["改正评价规范"]
    actions.revise_specification(
        actor=manager, at=at("2026-03-06"), specification=specification, text=make_text(levels=("5", "4"))
    )
    specification.refresh_from_db()
    actions.submit(actor=manager, at=at("2026-03-06"), specification=specification)

    assert sorted(specification.standard.levels.values_list("level", flat=True)) == ["4", "5"]
    assert specification.state == "submitted"
    with pytest.raises(Refused) as refused:
        actions.revise_specification(actor=manager, at=at("2026-03-07"), specification=specification, text=make_text())
    assert refused.value.codes == ("wrong-state",)


def test_without_its_own_text_it_is_not_submitted(employer):
    specification = make_specification(employer)
    AssessmentSpecification.everything.filter(pk=specification.pk).update(document=None)
    specification.refresh_from_db()

    with pytest.raises(Refused) as refused:
        actions.submit(
            actor=make_actor(employer.organisation, "body_manager"), at=at("2026-03-03"), specification=specification
        )

    assert refused.value.codes == ("document-missing",)


def test_only_a_pdf_is_kept_as_its_text(employer):
    with pytest.raises(Refused) as refused:
        actions.draft_specification(
            actor=make_actor(employer.organisation, "body_manager"),
            at=at("2026-03-02 09:00"),
            asker=asker_of(employer),
            text=make_text(),
            document=actions.Document("规范.pdf", b"MZ not a document"),
        )

    assert refused.value.codes == ("file-kind",)
    assert not AssessmentSpecification.everything.exists()


@pytest.mark.parametrize(
    ("number", "filed_on", "expected"),
    [
        (" ", date(2026, 3, 20), "number-missing"),
        ("样例备 1 号", date(2026, 3, 21), "filing-day"),
        ("样例备 1 号", date(2026, 3, 1), "filing-day"),
        ("样例备 7 号", date(2026, 3, 20), "number-taken"),
    ],
)
def test_the_ministrys_filing_is_entered_as_it_was(employer, officer, number, filed_on, expected):
    other = make_specification(employer, state="filed")
    AssessmentSpecification.everything.filter(pk=other.pk).update(filing_number="样例备 7 号")
    specification = make_specification(employer, state="under_review")

    with pytest.raises(Refused) as refused:
        actions.file(
            actor=officer, at=at("2026-03-20 09:00"), specification=specification, number=number, filed_on=filed_on
        )

    assert refused.value.codes == (expected,)


def test_what_is_refused_is_never_used(employer, officer):
    specification = make_specification(employer, state="under_review")

    actions.refuse(actor=officer, at=at("2026-03-20"), specification=specification, reason="与国家标准重复")

    assert basis_on(employer, date(2026, 5, 30)) is None
    occupation = queries.occupation_by_code(UNSTANDARDISED)
    grounds = basis.grounds_against(asker_of(employer), occupation, "4", on=date(2026, 5, 30))
    assert [ground.code for ground in grounds] == ["specification-not-filed"]
    assert [cite.key for cite in grounds[0].cites] == ["JL-2024-5§9"]


def test_gives_way_to_a_new_national_standard_from_its_day_on(employer, officer):
    specification = take_to_file(employer, officer, text=make_text(in_force=date(2026, 3, 20)))
    clerk, occupation = make_actor(employer.organisation, "exam_clerk"), queries.occupation_by_code(UNSTANDARDISED)
    planned = make_batch(employer, clerk, lines=((UNSTANDARDISED, "4"),))
    announced = make_batch(employer, clerk, lines=((UNSTANDARDISED, "4"),), title="2026 年第 2 批")
    planning.Batch.everything.filter(pk=announced.pk).update(state="announced", announced_on=date(2026, 4, 7))

    enter_national(since=date(2026, 5, 20))

    assert basis_on(employer, date(2026, 5, 19)) == specification.standard
    assert basis_on(employer, date(2026, 5, 20)).kind == "national"
    assert basis.grounds_against(asker_of(employer), occupation, "2", on=date(2026, 5, 20))[0].code == "no-standard"
    grounds = [each for each in wrong_with_announcement(planned, at("2026-04-07")) if "displaced" in each.code]
    assert [[cite.key for cite in each.cites] for each in grounds] == [["MOHRSS-2020-17§17"]]
    assert announced.lines.get().standard == specification.standard
    told = list(for_owners(make_actor(employer.organisation, "body_manager"), date(2026, 5, 20)))
    assert [item.what for item in told] == ["国家标准已取代该评价规范"]


def test_a_level_that_the_national_standard_lacks_is_refused_naming_it(employer, officer):
    take_to_file(employer, officer, text=make_text(in_force=date(2026, 3, 20), levels=("4", "2")))
    enter_national(since=date(2026, 5, 20))
    occupation = queries.occupation_by_code(UNSTANDARDISED)

    grounds = basis.grounds_against(asker_of(employer), occupation, "2", on=date(2026, 5, 30))

    assert [ground.code for ground in grounds] == ["specification-displaced"]
    assert [cite.key for cite in grounds[0].cites] == ["MOHRSS-2020-17§17"]


def test_a_standard_of_another_job_type_does_not_displace_it(employer, officer):
    text = make_text(in_force=date(2026, 3, 20), job_types="船体修理工")
    specification = take_to_file(employer, officer, text=text)
    enter_national(since=date(2026, 4, 1), job_types="船舶电气修理工")

    assert basis_on(employer, date(2026, 5, 30), job_type="船体修理工") == specification.standard
    assert basis_on(employer, date(2026, 5, 30), job_type="船舶电气修理工").kind == "national"
    enter_national("6-31-02-01", since=date(2026, 5, 1), job_types="船体修理工")
    assert basis_on(employer, date(2026, 5, 30), job_type="船体修理工").kind == "national"


def test_withdrawn_it_is_not_used_for_new_batches(employer, officer):
    specification = take_to_file(employer, officer, text=make_text(in_force=date(2026, 3, 20)))
    clerk = make_actor(employer.organisation, "exam_clerk")
    batch = make_batch(employer, clerk, lines=((UNSTANDARDISED, "4"),))
    specification.refresh_from_db()

    actions.withdraw(
        actor=make_actor(employer.organisation, "body_manager"), at=at("2026-04-01"), specification=specification,
        reason="岗位取消",
    )  # fmt: skip

    assert basis_on(employer, date(2026, 3, 31)) == specification.standard
    assert basis_on(employer, date(2026, 4, 1)) is None
    codes = [each.code for each in wrong_with_announcement(batch, at("2026-04-07"))]
    assert "specification-ended" in codes


days = st.integers(0, 400).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
intervals = st.lists(st.tuples(days, st.none() | st.integers(1, 120), st.sampled_from(["", "甲", "乙"])), max_size=3)


@given(specifications=intervals, nationals=intervals, day=days, job_type=st.sampled_from(["", "甲", "乙"]))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_none_is_ever_usable_where_a_national_standard_is_in_force(specifications, nationals, day, job_type, employer):
    with transaction.atomic():
        occupation = queries.occupation_by_code(UNSTANDARDISED)
        rows = [("specification", employer.organisation, told) for told in specifications]
        rows += [("national", None, told) for told in nationals]
        for number, (kind, owner, (since, length, names)) in enumerate(rows):
            standard = NationalStandard.objects.create(
                kind=kind, owner=owner, occupation=occupation, title=f"{kind}{number}", edition="2026", source="样例",
                job_types=names, clause_set="uniform-2023", experience_scope="own", in_force=since,
                until=since + timedelta(days=length) if length else None,
            )  # fmt: skip
            standard.levels.create(level="4")
            if owner:
                AssessmentSpecification.everything.create(
                    standard=standard, body_kind="employer", regime="2201", state="filed", drafted_on=since,
                    filed_on=since, filing_number=f"样例备 {number} 号",
                )  # fmt: skip
        national = list(queries.standards_in_force(occupation, on=day))
        general = [each for each in national if not each.job_types]
        chosen = basis_on(employer, day, job_type=job_type)
        usable = [
            each for each in NationalStandard.objects.filter(kind="specification") if queries.is_usable(each, on=day)
        ]

        assert not (general and usable)
        assert not (national and any(not each.job_types for each in usable))
        assert all(each.job_types not in {one.job_types for one in national} for each in usable)
        if general:
            assert chosen.kind == "national"
        if chosen is not None and chosen.kind == "specification":
            assert chosen in usable
            assert job_type in {"", chosen.job_types} or not chosen.job_types
        transaction.set_rollback(True)


def test_the_database_refuses_what_no_action_does(employer):
    specification = make_specification(employer, state="filed")
    records = AssessmentSpecification.everything.filter(pk=specification.pk)
    texts = NationalStandard.objects.filter(pk=specification.standard_id)
    for rows, change in (
        (records, {"filed_on": None}),
        (records, {"filing_number": ""}),
        (records, {"state": "draft"}),
        (records, {"state": "half"}),
        (texts, {"owner": None}),
        (texts, {"kind": "national"}),
        (texts, {"until": date(2000, 1, 1)}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


def test_reviewers_find_it_in_their_work(tree, employer, officer):
    make_specification(employer, state="submitted", title="样例甲规范")
    make_specification(employer, state="under_review", title="样例乙规范")
    approver = make_actor(tree["province"], "provincial_approver")

    assert [item.what for item in for_reviewers(officer, date(2026, 3, 5))] == ["受理评价规范", "对评价规范作出决定"]
    assert [item.what for item in for_reviewers(approver, date(2026, 3, 5))] == ["对评价规范作出决定"]
    assert [str(cite) for cite in next(for_reviewers(officer, date(2026, 3, 5))).cites] == ["吉人社规〔2024〕5号 第9条"]
    assert any(item.what == "受理评价规范" for item in queue.items_for(officer, date(2026, 3, 5)))
    assert Organisation.objects.filter(pk=employer.organisation_id).exists()
    assert PDF.startswith(b"%PDF")
