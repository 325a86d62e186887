"""Papers: typed, hashed, limited, kept when replaced; what may be verified online; the same file in two hands."""

from datetime import date

import pytest
from tests.factories import at, make_body, make_tree
from tests.filing_factories import gaps, hand_in, make_application, paper

from gongjiang.filing import actions, checks, queries, snapshots
from gongjiang.filing.models import Application, Material
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import Refused
from gongjiang.law import questions as ask

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def draft(db):
    make_tree()
    return make_application(state="draft")


def add(application, manager, content=b"", kind="application_report", condition="", on="2026-03-02", **more):
    told = {"actor": manager, "at": at(on), "application": application}
    return actions.add_material(**told, paper=actions.Paper(kind, content or paper(), "报告.pdf", condition), **more)


@pytest.mark.requirement("FIL-03")
def test_a_paper_is_kept_with_its_type_size_and_hash(draft):
    import hashlib

    application, manager = draft
    content = paper()
    material = add(application, manager, content)
    assert (material.file.sha256, material.file.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert (material.file.media_type, material.file_name, material.added_round) == ("application/pdf", "报告.pdf", 1)
    assert "no-paper" not in [g.code for g in checks.missing(application, DAY) if g.url == "#paper-application_report"]


@pytest.mark.requirement("FIL-03")
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ\x90\x00" + b"\x00" * 64, "file-kind"),
        (b"#!/bin/sh\necho x\n", "file-kind"),
        (b"<html><script>x</script></html>", "file-kind"),
        (b"PK\x03\x04" + b"x" * 40, "file-kind"),
        (b"%PDF-1.4\n" + b"x" * (10 * 1024 * 1024), "file-size"),
    ],
)
def test_other_types_executables_and_more_than_10_mb_are_refused(draft, content, code):
    application, manager = draft
    with pytest.raises(Refused) as excinfo:
        add(application, manager, content)
    assert excinfo.value.codes == (code,)
    assert not Material.objects.exists()


def test_what_is_not_asked_for_is_refused(draft):
    application, manager = draft
    for kind, condition in (("letter_of_office", ""), ("evidence", "coverage"), ("application_report", "staff")):
        with pytest.raises(Refused) as excinfo:
            add(application, manager, kind=kind, condition=condition)
        assert excinfo.value.codes == ("paper-unknown",)


@pytest.mark.requirement("FIL-03")
def test_the_same_file_in_another_applicants_application_is_refused_without_naming_it(draft):
    application, manager = draft
    content = paper()
    add(application, manager, content)
    other, stranger = make_application(state="draft")
    with pytest.raises(Refused) as excinfo:
        add(other, stranger, content, kind="evidence", condition="safety_fire")
    (ground,) = excinfo.value.grounds
    assert (ground.code, [cite.key for cite in ground.cites]) == ("same-file", ["JL-2025-1§7"])
    told = str(excinfo.value) + ground.way_on
    assert [each for each in (application.applicant.name, application.number) if each in told] == []
    assert add(application, manager, content, kind="evidence", condition="safety_fire").file.sha256


def test_a_file_that_another_handed_in_meanwhile_stops_the_submission(draft):
    application, _manager = draft
    other, stranger = make_application(state="ready")
    shared = other.materials.filter(kind="application_report").get()
    Material.objects.create(
        application=application, kind="application_report", title="x", file=shared.file, added_at=at("2026-03-02")
    )
    with pytest.raises(Refused) as excinfo:
        hand_in(other, stranger)
    assert excinfo.value.codes == ("same-file",)


@pytest.mark.requirement("FIL-03")
def test_an_online_check_replaces_a_paper_with_its_source_and_time(draft):
    application, manager = draft
    told = {"actor": manager, "at": at("2026-03-02 10:00"), "application": application}
    check = actions.OnlineCheck("legal_person_certificate", "国家企业信用信息公示系统", at("2026-03-02 09:30"))
    material = actions.note_online_check(**told, check=check)
    assert (material.file, material.verified_source, material.verified_at) == (
        None,
        "国家企业信用信息公示系统",
        at("2026-03-02 09:30"),
    )
    items = {item.key: item for item in checks.items(application, DAY)}
    assert (items["legal_person_certificate"].met, items["legal_person"].met) == (True, True)
    late = actions.OnlineCheck("legal_person_certificate", " ", at("2026-03-03"))
    with pytest.raises(Refused) as excinfo:
        actions.note_online_check(**told, check=late)
    assert excinfo.value.codes == ("no-source", "check-future")


@pytest.mark.requirement("FIL-03")
def test_where_no_law_lets_it_a_check_replaces_nothing(draft, monkeypatch):
    application, manager = draft
    monkeypatch.setattr(ask.ONLINE_CHECK_REPLACES_PAPER, "provisions", [])
    check = actions.OnlineCheck("legal_person_certificate", "样例来源", at("2026-03-02"))
    with pytest.raises(Refused) as excinfo:
        actions.note_online_check(actor=manager, at=at("2026-03-02"), application=application, check=check)
    assert excinfo.value.codes == ("paper-needed",)


@pytest.mark.requirement("FIL-03")
def test_a_replaced_paper_stays_with_the_round_and_the_difference_is_by_hash():
    make_tree()
    application, manager = make_application()
    Application.everything.filter(pk=application.pk).update(state="returned")
    application.refresh_from_db()
    old = application.materials.get(kind="evidence", condition="safety_fire")
    new = add(application, manager, kind="evidence", condition="safety_fire", on="2026-03-05", replaces=old)
    told = {"actor": manager, "at": at("2026-03-05"), "application": application}
    actions.answer_condition(**told, condition="venue", numbers={"area": 420})
    hand_in(application, manager, on="2026-03-05 12:00")
    old.refresh_from_db()
    assert (old.replaced_round, new.added_round, old.file.sha256 != new.file.sha256) == (2, 2, True)
    found = {(each.section, each.label): each for each in queries.diff(application, 1, 2)}
    assert set(found) == {("answers", "venue"), ("materials", "evidence:safety_fire")}
    paper_line = found["materials", "evidence:safety_fire"]
    assert old.file.sha256[:12] in paper_line.before
    assert new.file.sha256[:12] in paper_line.after
    assert [snapshot.round for snapshot in application.snapshots.all()] == [1, 2]
    assert AuditEntry.objects.filter(action="application.submit").count() == 2


def test_a_paper_of_another_application_is_not_taken_out(draft):
    application, manager = draft
    other, stranger = make_application(state="draft")
    foreign = add(other, stranger)
    with pytest.raises(Refused) as excinfo:
        actions.drop_material(actor=manager, at=at("2026-03-02"), application=application, material=foreign)
    assert excinfo.value.codes == ("not-in-hand",)
    own = add(application, manager)
    actions.drop_material(actor=manager, at=at("2026-03-02"), application=application, material=own)
    assert (Material.objects.get(pk=own.pk).replaced_round, Material.objects.count()) == (1, 2)


# The other kinds


@pytest.fixture
def body(db):
    return make_body(make_tree()["changchun"])


@pytest.mark.requirement("FIL-10")
def test_an_exchange_is_one_application(body):
    application, manager = make_application(kind="addition", state="ready", body=body, cells=(("6-18-02-04", "4"),))
    cell = body.scope.get()
    told = {"actor": manager, "at": at("2026-03-02"), "application": application}
    actions.give_up(**told, items=[cell])
    application.refresh_from_db()
    assert (application.exchanges, [each.item for each in application.given_up.all()]) == (True, [cell])
    content = snapshots.content_of(hand_in(application, manager))
    assert content["given_up"] == [["6-31-01-03", cell.occupation.name, "4", "样例考点"]]


def test_only_own_scope_in_force_is_given_up(body):
    application, manager = make_application(kind="addition", state="draft", body=body)
    told = {"actor": manager, "at": at("2026-03-02"), "application": application}
    cell = body.scope.get()
    cell.until = date(2026, 3, 1)
    cell.save()
    with pytest.raises(Refused) as ended:
        actions.give_up(**told, items=[cell])
    renewal, _manager = make_application(kind="renewal", state="draft", body=body)
    with pytest.raises(Refused) as kind:
        actions.give_up(**{**told, "application": renewal}, items=[])
    assert (ended.value.codes, kind.value.codes) == (("not-own-scope",), ("no-exchange",))


@pytest.mark.requirement("FIL-07")
def test_in_jilin_a_change_goes_through_the_whole_filing_and_in_xinzhou_needs_its_own_papers(body):
    from tests.filing_factories import make_xinzhou

    application, manager = make_application(kind="amendment", state="draft", body=body)
    assert {item.section for item in checks.items(application, DAY)} == {"changes", "conditions", "materials"}
    there = make_body(
        make_xinzhou()["xinzhou"],
        name="忻州规矩技能评价中心（样例）",
        code="S000014999011",
        credit_code="12100000400000624D",
        place_code="1409",
        regime="1409",
        kind="employer",
    )
    change, manager = make_application(kind="amendment", state="draft", body=there)
    told = {"actor": manager, "at": at("2026-03-02"), "application": change}

    def papers() -> list[str]:
        return [item.key for item in checks.items(change, DAY) if item.section == "materials"]

    actions.set_changes(**told, changes=[actions.ChangeSpec("legal_representative", "丙寅秋", "退休")])
    assert papers() == ["written_application", "identity_copy", "letter_of_office"]
    actions.set_changes(**told, changes=[actions.ChangeSpec("name", "忻州新规技能评价中心（样例）", "更名")])
    assert papers() == ["grounds", "qualification"]
    assert change.changes.get().old == "忻州规矩技能评价中心（样例）"
    with pytest.raises(Refused) as excinfo:
        actions.set_changes(**told, changes=[actions.ChangeSpec("exam_site", "新考点", "搬迁", "样例考点")])
    (ground,) = [each for each in excinfo.value.grounds if each.code == "element"]
    assert [cite.key for cite in ground.cites] == ["XZ-2024-2§22"]


def test_a_change_says_something_new_and_why(body):
    application, manager = make_application(kind="amendment", state="draft", body=body)
    told = {"actor": manager, "at": at("2026-03-02"), "application": application}
    same = actions.ChangeSpec("registered_address", body.address, "")
    with pytest.raises(Refused) as excinfo:
        actions.set_changes(**told, changes=[same])
    assert excinfo.value.codes == ("nothing-new", "no-reason")
    site = actions.ChangeSpec("exam_site", "样例新考点", "搬迁", "样例考点", "样例路 20 号", "220104")
    actions.set_changes(**told, changes=[site])
    change, place = application.changes.get(), application.sites.get()
    assert (change.old, change.new, place.name, place.address, place.division) == (
        "样例考点",
        "样例新考点",
        "样例新考点",
        "样例路 20 号",
        "220104",
    )


@pytest.mark.requirement("FIL-02")
def test_a_group_lists_its_subsidiaries_with_their_papers():
    make_tree()
    application, manager = make_application(state="ready", kind="first")
    assert "subsidiaries" not in {item.key for item in checks.items(application, DAY)}
    group, manager = make_employer()
    told = {"actor": manager, "at": at("2026-03-02"), "application": group}
    item = next(each for each in checks.items(group, DAY) if each.key == "subsidiaries")
    assert ([cite.key for cite in item.cites], item.met) == (["JL-2025-1§6(6)"], True)
    with pytest.raises(Refused) as excinfo:
        actions.set_subsidiaries(**told, rows=[("样例子公司", "123"), ("样例本公司", group.applicant.credit_code)])
    assert excinfo.value.codes == ("credit-code-length", "subsidiary-twice")
    actions.set_subsidiaries(**told, rows=[("样例子公司", "91350100M000100Y43")])
    assert "no-subsidiary-proof" in gaps(group, DAY)
    add(group, manager, kind="subsidiary_proof")
    assert "no-subsidiary-proof" not in gaps(group, DAY)


def make_employer():
    from tests.filing_factories import make_applicant, make_draft

    unit, manager = make_applicant(kind="employer")
    return make_draft(unit, manager), manager


@pytest.mark.requirement("FIL-02")
def test_an_answer_takes_its_own_counts_only(draft):
    application, manager = draft
    told = {"actor": manager, "at": at("2026-03-02"), "application": application}
    wrong = [("staff", {"cameras": 1}, "count"), ("staff", {"staff": -1}, "count"), ("x", {}, "condition-unknown")]
    for condition, numbers, code in wrong:
        with pytest.raises(Refused) as excinfo:
            actions.answer_condition(**told, condition=condition, numbers=numbers)
        assert excinfo.value.codes == (code,)
    actions.answer_condition(**told, condition="staff", numbers={"staff": 4})
    actions.answer_condition(**told, condition="staff", numbers={"staff": 6}, text="含 2 名考务")
    assert [(each.numbers, each.text) for each in application.answers.all()] == [({"staff": 6}, "含 2 名考务")]
