"""Sheets: each expert alone, sealed, and opened all at once."""

from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.evaluation.panels import (
    BEGUN,
    OPENED,
    SEALED,
    VISIT,
    arrive_all,
    full_marks,
    make_begun,
    make_opened,
    panel_of,
    place_of_letter,
    seal_all,
    write,
    write_and_seal,
)
from tests.evaluation_factories import expert_actor, make_evaluation, make_expert, make_officer
from tests.factories import at, make_actor, make_catalogue, make_tree

from gongjiang.accounts.queries import actor_for
from gongjiang.evaluation import actions
from gongjiang.evaluation.models import Evaluation, Mark, Panelist, Sheet
from gongjiang.evaluation.queries import summary
from gongjiang.evaluation.sealing import Finding, Head, content_of, seal_of
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("FIL-04"), pytest.mark.requirement("FIL-05")]


@pytest.fixture
def tree(db):
    return make_tree()


@pytest.fixture
def officer(tree):
    return make_officer(tree["province"])


@pytest.fixture
def begun(tree, officer):
    return make_begun(tree["province"], officer=officer)


def refused(call, **given) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        call(**given)
    return caught.value.codes


def test_the_experts_begin_once_everybody_has_confirmed(tree, officer):
    evaluation = make_evaluation(tree["province"], officer=officer)
    first, *others = panel_of(evaluation)
    for each in others:
        actions.confirm(actor=expert_actor(each), at=at("2026-05-13 09:00"), panelist=each)
    assert refused(actions.begin, actor=officer, at=BEGUN, evaluation=evaluation) == ("not-confirmed",)
    assert refused(actions.confirm, actor=expert_actor(others[0]), at=BEGUN, panelist=first) == ("not-own-place",)
    actions.confirm(actor=expert_actor(first), at=at("2026-05-13 10:00"), panelist=first)
    actions.confirm(actor=expert_actor(first), at=at("2026-05-13 11:00"), panelist=first)
    first.refresh_from_db()
    assert first.confirmed_at == at("2026-05-13 10:00")
    assert AuditEntry.objects.filter(action="panel.confirm").count() == 5
    assert actions.begin(actor=officer, at=BEGUN, evaluation=evaluation).state == "visit"


def test_only_the_panel_and_its_officers_begin(tree, officer):
    evaluation = make_evaluation(tree["province"], officer=officer)
    outsider = actor_for(make_expert(tree["province"], user=True).user, on=at("2026-06-01").date())
    for actor in (outsider, make_actor(tree["changchun"], "city_officer")):
        with pytest.raises(NotAllowed):
            actions.begin(actor=actor, at=BEGUN, evaluation=evaluation)


def test_the_site_opens_after_the_papers_and_to_who_signed_in(begun, officer):
    first = panel_of(begun)[0]
    arriving = {"actor": expert_actor(first), "at": VISIT, "panelist": first}
    somewhere = actions.Whereabouts(where="三层 305")
    assert refused(actions.arrive, **arriving, place=somewhere) == ("wrong-stage",)
    seal_all(begun, "preliminary")
    actions.open_sheets(actor=officer, at=BEGUN, evaluation=begun, stage="preliminary")
    begun.refresh_from_db()
    assert begun.state == "visit"
    assert refused(write, panelist=first, stage="technical", marks=[]) == ("not-arrived",)
    assert refused(actions.arrive, **{**arriving, "at": BEGUN}, place=somewhere) == ("not-the-day",)
    assert refused(actions.arrive, **arriving, place=actions.Whereabouts()) == ("place-missing",)
    actions.arrive(**arriving, place=actions.Whereabouts(latitude=Decimal("43.88"), longitude=Decimal("125.32")))
    actions.arrive(**{**arriving, "at": SEALED}, place=somewhere)
    first.refresh_from_db()
    assert (first.arrived_at, first.arrived_where, first.arrived_latitude) == (VISIT, "", Decimal("43.880000"))
    assert write(first, "technical", []).version == 1


def test_a_draft_is_saved_once_however_often_it_is_sent(begun):
    one = panel_of(begun)[0]
    marks = [actions.MarkSpec("1.1", met=False, reason="无设立文件")]
    first = write(one, "preliminary", marks, key="k1")
    again = write(one, "preliminary", marks, key="k1")
    assert first == again
    sheet = Sheet.objects.get(panelist=one)
    assert (sheet.version, sheet.opinion, sheet.marks.get().reason) == (1, "符合开展认定的要求", "无设立文件")
    assert AuditEntry.objects.filter(action="sheet.save").count() == 1


def test_a_second_device_is_told_that_the_sheet_moved_on(begun):
    one = panel_of(begun)[0]
    write(one, "preliminary", [actions.MarkSpec("1.1", met=True)], key="tablet")
    with pytest.raises(actions.SheetMoved):
        write(one, "preliminary", [actions.MarkSpec("1.1", met=False, reason="无")], key="phone")
    assert Mark.objects.get().met is True
    assert write(one, "preliminary", [actions.MarkSpec("1.2", met=True)], version=1).version == 2
    assert sorted(Mark.objects.values_list("criterion__code", "met")) == [("1.1", True), ("1.2", True)]


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        (actions.MarkSpec("1.1", points=Decimal("4.1")), "points"),
        (actions.MarkSpec("1.1", points=Decimal("-0.5")), "points"),
        (actions.MarkSpec("1.1", points=Decimal("NaN")), "number"),
        (actions.MarkSpec("1.1", points=Decimal("3.25")), "points-fine"),
        (actions.MarkSpec("V1", points=Decimal(1)), "no-points-here"),
        (actions.MarkSpec("9.9", points=Decimal(1)), "unknown-item"),
        (actions.MarkSpec("1.1", points=Decimal(3), reason="长" * 301), "reason-long"),
    ],
)
def test_impossible_marks_are_refused(tree, mark, code):
    evaluation = make_begun(tree["province"], stages=["technical"])
    arrive_all(evaluation)
    one = panel_of(evaluation)[0]
    assert refused(write, panelist=one, stage="technical", marks=[mark]) == (code,)
    assert Mark.objects.count() == 0


def test_a_sheet_is_sealed_whole_and_stays(tree):
    evaluation = make_begun(tree["province"], stages=["technical"])
    arrive_all(evaluation)
    one = panel_of(evaluation)[0]
    marks = full_marks(evaluation, "technical", g3=17)
    bare = [actions.MarkSpec(m.code, m.points, m.met) for m in marks if m.code != "1.1"]
    saved = write(one, "technical", bare, opinion="")
    sealing = {"actor": expert_actor(one), "at": SEALED, "panelist": one, "stage": "technical"}
    assert refused(actions.seal, **sealing, version=1) == ("not-judged", "reason-missing", "opinion-missing")
    saved = write(one, "technical", marks, version=saved.version)
    with pytest.raises(actions.SheetMoved):
        actions.seal(**sealing, version=1)
    sheet = actions.seal(**sealing, version=saved.version)
    assert actions.seal(**sealing, version=saved.version).seal == sheet.seal
    assert refused(write, panelist=one, stage="technical", marks=marks, version=2) == ("sealed",)
    assert AuditEntry.objects.get(action="sheet.seal").facts["seal"] == sheet.seal


def test_all_sheets_open_at_one_instant_with_their_seals_compared(tree, officer):
    evaluation = make_begun(tree["province"], officer=officer, stages=["technical"])
    arrive_all(evaluation)
    opening = {"actor": officer, "at": OPENED, "evaluation": evaluation, "stage": "technical"}
    panel = panel_of(evaluation)
    for each in panel[:4]:
        write_and_seal(each, "technical", full_marks(evaluation, "technical"))
    assert refused(actions.open_sheets, **opening) == ("unsealed",)
    assert summary(evaluation).rows == ()
    write_and_seal(panel[4], "technical", full_marks(evaluation, "technical", g1=10))
    opened = actions.open_sheets(**opening)
    assert (opened.state, opened.average) == ("opened", Decimal("98.00"))
    assert set(Sheet.objects.values_list("opened_at", flat=True)) == {OPENED}
    seals = {each.panelist.letter: each.seal for each in Sheet.objects.select_related("panelist")}
    assert AuditEntry.objects.get(action="evaluation.open_sheets").facts["seals"] == seals


@pytest.mark.parametrize(
    "edit",
    [
        lambda sheet: sheet.marks.filter(criterion__code="1.1").update(points=Decimal(2)),
        lambda sheet: sheet.marks.filter(criterion__code="1.1").update(reason="改"),
        lambda sheet: sheet.marks.filter(criterion__code="V1").update(met=True),
        lambda sheet: sheet.marks.filter(criterion__code="1.1").delete(),
        lambda sheet: Sheet.objects.filter(pk=sheet.pk).update(opinion="改"),
        lambda sheet: Sheet.objects.filter(pk=sheet.pk).update(salt="0" * 32),
    ],
)
def test_an_edited_row_breaks_the_seal(tree, officer, edit):
    evaluation = make_begun(tree["province"], officer=officer, stages=["technical"])
    arrive_all(evaluation)
    seal_all(evaluation, "technical")
    edit(Sheet.objects.get(panelist=place_of_letter(evaluation, "丙")))
    with pytest.raises(Refused) as caught:
        actions.open_sheets(actor=officer, at=OPENED, evaluation=evaluation, stage="technical")
    assert caught.value.codes == ("seal-broken",)
    assert "丙" in caught.value.grounds[0].why
    assert Evaluation.everything.get().state == "visit"


def test_a_panel_that_lost_somebody_opens_nothing(tree, officer):
    evaluation = make_begun(tree["province"], officer=officer, stages=["technical"])
    arrive_all(evaluation)
    seal_all(evaluation, "technical")
    Panelist.objects.filter(letter="戊").update(replaced_at=SEALED)
    codes = refused(actions.open_sheets, actor=officer, at=OPENED, evaluation=evaluation, stage="technical")
    assert codes == ("panel-incomplete",)


def test_the_marks_of_the_mock_up_sum_up(tree):
    told = summary(make_opened(tree["province"]))
    assert (told.average, told.highest.letter, told.lowest.letter) == (Decimal("86.40"), "乙", "丙")
    assert [(each.letter, each.points) for each in told.totals] == [
        ("甲", 87), ("乙", 91), ("丙", 82), ("丁", 84), ("戊", 88),
    ]  # fmt: skip
    assert [(row.criterion.title, row.average, row.spread) for row in told.rows] == [
        ("组织与人员", Decimal("18.00"), Decimal("10.0")),
        ("场地与设备", Decimal("20.80"), Decimal("12.0")),
        ("题库与命题", Decimal("16.60"), Decimal("25.0")),
        ("考务与监控", Decimal("12.80"), Decimal("13.3")),
        ("质量与档案", Decimal("9.00"), Decimal("20.0")),
        ("收费与服务", Decimal("9.20"), Decimal("10.0")),
    ]
    assert [row.criterion.code for row in told.apart] == ["3"]
    assert [(each.letter, each.far) for each in told.apart[0].given if each.far] == [("丙", True)]
    assert [(dot.points, dot.count) for dot in told.rows[2].dots] == [(13, 1), (17, 2), (18, 2)]
    assert told.vetoes_clear == 6
    assert told.conditions["video"] == ("ok", "ok")
    assert all(each.is_met for each in told.on_paper)


finding = st.builds(
    Finding,
    code=st.text(min_size=1, max_size=4),
    points=st.none() | st.decimals(0, 100, places=1),
    met=st.none() | st.booleans(),
    reason=st.text(max_size=10),
)


@given(st.lists(finding, unique_by=lambda each: each.code, max_size=8), st.lists(st.text(max_size=8)), st.randoms())
def test_a_seal_doesnt_hang_on_the_order_of_rows(findings, photos, random):
    head = Head("PG-22-2026-0001", "technical", "E1")
    mixed, other = random.sample(findings, len(findings)), random.sample(photos, len(photos))
    assert content_of(head, "可", findings, photos) == content_of(head, "可", mixed, other)
    seal = seal_of("salt", content_of(head, "可", findings, photos))
    assert seal != seal_of("salt", content_of(head, "否", findings, photos))
    if findings:
        assert seal != seal_of("salt", content_of(head, "可", findings[1:], photos))


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_two_saves_at_once_leave_one_version(tree):
    make_catalogue()
    evaluation = make_begun(tree["province"])
    one = panel_of(evaluation)[0]
    barrier, told = Barrier(2), []

    def send(key, met):
        barrier.wait()
        try:
            told.append(write(one, "preliminary", [actions.MarkSpec("1.1", met=met)], key=key).version)
        except Refused as error:
            told.extend(error.codes)
        finally:
            connection.close()

    threads = [Thread(target=send, args=("tablet", True)), Thread(target=send, args=("phone", False))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(map(str, told)) == ["1", "moved-on"]
    assert Sheet.objects.get().version == 1
    assert Mark.objects.count() == 1
