from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import at, invented_identity, make_actor, make_body, make_tree
from tests.workforce_records import make_course

from gongjiang.kernel.actor import system
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.standards.queries import occupation_by_code
from gongjiang.workforce import actions, documents
from gongjiang.workforce.actions import CourseSpec, PlanLine, PlanSpec, Score
from gongjiang.workforce.models import Appointment, StaffMember, Trainee, TrainingCourse, TrainingPlan
from gongjiang.workforce.queries_register import courses_for, plans_for, trained_in, trainees_of
from gongjiang.workforce.rules import AppointmentSpec
from gongjiang.workforce.rules_courses import NewPerson

pytestmark = pytest.mark.django_db
NOW = at("2026-03-10 09:00")
ELECTRICIAN = "6-31-01-03"


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"])


@pytest.fixture
def manager(body):
    return make_actor(body.organisation, "body_manager")


def spec(number=7, **changes):
    told = AppointmentSpec(
        name="甲子衡",
        identity=invented_identity(number),
        role="assessor",
        since=date(2026, 3, 1),
        occupation=occupation_by_code(ELECTRICIAN),
        highest_level="3",
    )
    return replace(told, **changes)


def member(body, number=7, name="甲子衡"):
    """Enter somebody on the body's list without a role that asks for training."""
    told = spec(number, name=name, role="invigilator", occupation=None, highest_level="")
    actions.appoint(actor=system("test"), at=NOW, body=body, specs=[told])
    return StaffMember.everything.get(home=body.organisation, name=name)


def refused(actor, body, *specs):
    with pytest.raises(Refused) as told:
        actions.appoint(actor=actor, at=NOW, body=body, specs=specs)
    return told.value


@pytest.mark.requirement("STF-01")
def test_nobody_new_becomes_an_assessor_without_training_and_examination(body, manager):
    told = refused(manager, body, spec())

    assert told.codes == ("no-training",)
    assert [cite.key for cite in told.cites] == ["JL-2024-5§38"]
    assert (StaffMember.everything.count(), Appointment.objects.count()) == (0, 0)


@pytest.mark.requirement("STF-03")
def test_nor_an_internal_supervisor(body, manager):
    told = refused(manager, body, spec(role="internal_supervisor", occupation=None, highest_level="", is_regular=True))

    assert (told.codes, [cite.key for cite in told.cites]) == (("no-training",), ["JL-2024-5§44"])


@pytest.mark.requirement("STF-01")
def test_an_earlier_appointment_is_brought_in_and_says_so(body, manager):
    earlier = spec(since=date(2025, 3, 1), certificate="旧培字 17 号", examined_on=date(2025, 2, 20))

    actions.appoint(actor=manager, at=NOW, body=body, specs=[earlier])

    term = Appointment.objects.get()
    assert (term.basis, term.training, term.letter_number) == ("brought_in", None, None)
    assert (term.stated_certificate, term.stated_exam_on, term.source) == (
        "旧培字 17 号",
        date(2025, 2, 20),
        body.name,
    )


@pytest.mark.requirement("STF-01")
def test_an_appointment_from_before_the_rule_states_its_end(body, manager):
    told = refused(manager, body, spec(since=date(2024, 3, 1)))
    assert (told.codes, [cite.key for cite in told.cites]) == (("term-missing",), ["JL-2024-5§38"])

    actions.appoint(actor=manager, at=NOW, body=body, specs=[spec(since=date(2024, 3, 1), until=date(2026, 9, 1))])
    assert Appointment.objects.get().until == date(2026, 9, 1)


@pytest.mark.requirement("STF-01", "STF-04")
def test_from_a_course_to_a_letter_and_on_to_the_renewal(body, manager):
    course = actions.plan_course(
        actor=manager,
        at=at("2026-01-20"),
        host=body.organisation,
        course=CourseSpec(
            "考评员培训", "assessor", 24, date(2026, 2, 2), date(2026, 2, 4), occupation_by_code(ELECTRICIAN), "3"
        ),
    )
    people = [NewPerson("甲子衡", invented_identity(7)), NewPerson("乙丑衡", invented_identity(8))]
    added = actions.add_trainees(actor=manager, at=at("2026-01-21"), course=course, people=people)
    again = actions.add_trainees(actor=manager, at=at("2026-01-21"), course=course, people=people)
    assert (len(added), again) == (2, [])
    first, second = added
    actions.record_hours(actor=manager, at=at("2026-02-04 18:00"), course=course, hours={first.pk: 24, second.pk: 20})
    scores = [Score(first, Decimal(60)), Score(second, Decimal("59.5"))]
    passed = actions.close_course(
        actor=manager, at=at("2026-02-06"), course=course, examined_on=date(2026, 2, 5), scores=scores
    )

    assert passed == [first]
    course.refresh_from_db()
    number = f"{course.number}-0001"
    rows = Trainee.objects.order_by("pk").values_list("passed", "certificate_number")
    assert (course.state, list(rows)) == ("closed", [(True, number), (False, None)])

    actions.appoint(actor=manager, at=NOW, body=body, specs=[spec(certificate=number)])
    term = Appointment.objects.get()
    assert (term.basis, term.training_id, term.until) == ("trained", first.pk, date(2029, 3, 1))
    assert term.letter_number == f"P2026-{body.code}-0001"

    renewed = spec(certificate=number, since=date(2029, 3, 1))
    assert refused(manager, body, renewed).codes == ("certificate-used",)
    later = make_course(
        body.organisation, [term.member], number="T-2", first_day=date(2029, 1, 5), last_day=date(2029, 1, 6),
        examined_on=date(2029, 1, 7),
    )[0]  # fmt: skip
    actions.appoint(
        actor=manager, at=NOW, body=body, specs=[spec(certificate=later.certificate_number, since=date(2029, 3, 1))]
    )
    assert list(Appointment.objects.order_by("since").values_list("since", "until", "training")) == [
        (date(2026, 3, 1), date(2029, 3, 1), first.pk),
        (date(2029, 3, 1), date(2032, 3, 1), later.pk),
    ]
    assert AuditEntry.objects.filter(action="staff.appoint").count() == 2


@pytest.mark.requirement("STF-01")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"certificate": "T-9-0001"}, "certificate"),
        ({"identity": invented_identity(8), "name": "乙丑衡"}, "certificate-of-another"),
        ({"highest_level": "2"}, "certificate-scope"),
        ({"occupation": "6-18-02-04"}, "certificate-scope"),
        ({"since": date(2026, 2, 4)}, "before-examination"),
    ],
)
def test_a_certificate_is_the_persons_own_for_the_role_and_from_before(body, manager, change, code):
    trainee = make_course(body.organisation, [member(body)])[0]
    if "occupation" in change:
        change = {"occupation": occupation_by_code(change["occupation"])}

    told = refused(manager, body, spec(**{"certificate": trainee.certificate_number, **change}))

    assert told.codes == (code,)
    assert {cite.key for cite in told.cites} == {"JL-2024-5§38"}
    assert Appointment.objects.filter(role="assessor").count() == 0


@pytest.mark.requirement("STF-01")
def test_levels_two_and_one_are_for_the_senior_rank(body, manager):
    early = {"since": date(2025, 3, 1), "highest_level": "1"}

    assert refused(manager, body, spec(rank="assessor", **early)).codes == ("rank",)
    actions.appoint(
        actor=manager, at=NOW, body=body, specs=[spec(**early), spec(8, name="乙丑衡", since=early["since"])]
    )
    assert set(Appointment.objects.values_list("member__name", "rank")) == {
        ("甲子衡", "senior"),
        ("乙丑衡", "assessor"),
    }


@pytest.mark.parametrize(
    ("hours", "score", "code"),
    [(19, 90, "not-admitted"), (24, 101, "score"), (24, None, "nobody")],
)
def test_who_was_away_too_long_is_not_examined(body, manager, hours, score, code):
    someone = member(body)
    course = TrainingCourse.everything.create(
        host=body.organisation, number="T-3", title="内督培训", role="internal_supervisor", state="held", hours=24,
        first_day=date(2026, 2, 2), last_day=date(2026, 2, 4),
    )  # fmt: skip
    trainee = Trainee.objects.create(course=course, member=someone, hours=hours)
    scores = [Score(trainee, Decimal(score))] if score is not None else []

    with pytest.raises(Refused) as told:
        actions.close_course(actor=manager, at=NOW, course=course, examined_on=date(2026, 2, 5), scores=scores)

    assert told.value.codes == (code,)
    course.refresh_from_db()
    assert (course.state, Trainee.objects.get().passed) == ("held", None)


@pytest.mark.parametrize(
    ("on", "hours", "code"),
    [("2026-02-03", 24, "too-early"), ("2026-02-04", 25, "hours"), ("2026-02-04", None, "hours-lack")],
)
def test_attendance_is_whole_and_recorded_afterwards(body, manager, on, hours, code):
    course = actions.plan_course(
        actor=manager, at=at("2026-01-20"), host=body.organisation,
        course=CourseSpec("监考培训", "invigilator", 24, date(2026, 2, 2), date(2026, 2, 4)),
    )  # fmt: skip
    trainee = actions.add_trainees(actor=manager, at=NOW, course=course, members=[member(body)])[0]

    given = {} if hours is None else {trainee.pk: hours}
    with pytest.raises(Refused) as told:
        actions.record_hours(actor=manager, at=at(f"{on} 18:00"), course=course, hours=given)

    assert told.value.codes == (code,)


@pytest.mark.requirement("STF-04")
def test_a_body_puts_its_people_into_its_centres_course_and_sees_only_them(tree, body, manager):
    other = make_body(
        tree["jilin_city"], name="吉林墨斗技能评价中心（样例）", code="S000022999018", credit_code="12100000400000624D"
    )
    centre = make_actor(tree["centre"], "centre_officer")
    course = actions.plan_course(
        actor=centre, at=NOW, host=tree["centre"],
        course=CourseSpec("内督培训", "internal_supervisor", 16, date(2026, 4, 1), date(2026, 4, 2)),
    )  # fmt: skip
    theirs = make_actor(other.organisation, "body_manager")
    actions.add_trainees(actor=manager, at=NOW, course=course, members=[member(body)])
    actions.add_trainees(actor=theirs, at=NOW, course=course, members=[member(other, 8, "乙丑衡")])

    assert list(courses_for(manager)) == [course]
    assert [each.member.name for each in trainees_of(manager, course)] == ["甲子衡"]
    assert [each.member.name for each in trainees_of(centre, course)] == ["乙丑衡", "甲子衡"]
    with pytest.raises(Refused) as told:
        actions.add_trainees(actor=manager, at=NOW, course=course, members=[StaffMember.everything.get(name="乙丑衡")])
    assert told.value.codes == ("not-our-staff",)
    with pytest.raises(NotAllowed) as told:
        actions.cancel_course(actor=manager, at=NOW, course=course, reason="改期")
    assert told.value.codes == ("not-our-list",)


@pytest.mark.requirement("STF-04")
def test_the_centres_plan_guides_its_bodies_and_is_measured(tree, body, manager):
    centre = make_actor(tree["centre"], "centre_officer")
    plan = PlanSpec(2026, [PlanLine("assessor", 40, 6, None), PlanLine("internal_supervisor", 12, 9)], "先训后聘。")

    row = actions.plan_year(actor=centre, at=NOW, organisation=tree["centre"], plan=plan)
    again = actions.plan_year(
        actor=centre, at=NOW, organisation=tree["centre"], plan=replace(plan, lines=plan.lines[:1])
    )

    assert (row.pk, TrainingPlan.everything.count(), again.lines.count()) == (again.pk, 1, 1)
    assert [entry.cites for entry in AuditEntry.objects.filter(action="training.plan")] == [["JL-2024-5§45"]] * 2
    assert plans_for(manager, 2026) == [row]
    make_course(tree["centre"], [member(body)])
    assert trained_in(row) == {"assessor": 1}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (PlanLine("assessor", 0, 6), "line"),
        (PlanLine("assessor", 3, 13), "line"),
        (PlanLine("baker", 3, 6), "role"),
        (None, "empty"),
    ],
)
def test_a_plan_that_is_none_is_refused(tree, line, code):
    centre = make_actor(tree["centre"], "centre_officer")
    plan = PlanSpec(2026, [line] if line else [])
    with pytest.raises(Refused) as told:
        actions.plan_year(actor=centre, at=NOW, organisation=tree["centre"], plan=plan)
    assert told.value.codes == (code,)
    assert TrainingPlan.everything.count() == 0


@pytest.mark.requirement("STF-01")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(terms=st.lists(st.tuples(st.dates(date(2019, 1, 1), date(2025, 12, 31)), st.integers(1, 1095)), max_size=6))
def test_terms_of_a_role_and_occupation_never_overlap(body, manager, terms):
    Appointment.objects.all().delete()
    codes = set()
    for since, days in terms:
        told = spec(since=since, until=date.fromordinal(since.toordinal() + days))
        try:
            actions.appoint(actor=manager, at=NOW, body=body, specs=[told])
        except Refused as refusal:
            codes |= set(refusal.codes)

    assert codes <= {"term-overlap"}
    held = sorted(Appointment.objects.values_list("since", "until"))
    assert all(ends <= begins for (_since, ends), (begins, _until) in pairwise(held))
    assert len(held) >= bool(terms)


def test_papers_bear_the_person_the_scope_and_the_term(body, manager):
    from io import BytesIO

    from pypdf import PdfReader

    trainee = make_course(body.organisation, [member(body)])[0]
    actions.appoint(actor=manager, at=NOW, body=body, specs=[spec(certificate=trainee.certificate_number)])
    term = Appointment.objects.get(role="assessor")

    letter = "".join(page.extract_text() for page in PdfReader(BytesIO(documents.letter_pdf(term))).pages)
    paper = "".join(page.extract_text() for page in PdfReader(BytesIO(documents.certificate_pdf(trainee))).pages)

    letter, paper = ("".join(text.split()) for text in (letter, paper))
    for words in (
        "甲子衡",
        "考评员（电工，五级至三级）",
        "2026年3月1日至2029年2月28日",
        term.letter_number,
        "〔2024〕5号第38条",
    ):
        assert words in letter
    for words in ("甲子衡", "完成24学时", "2026年2月5日考核合格", trainee.certificate_number):
        assert words in paper
