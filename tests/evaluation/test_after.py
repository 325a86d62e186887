"""After the opening: consensus, mending, and what stands in the way of the opinion."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader
from tests.evaluation.panels import OPENED, agree, make_begun, make_opened, panel_of, place_of_letter
from tests.evaluation_factories import ELECTRICIAN, expert_actor, make_officer
from tests.factories import at, make_actor, make_body, make_tree

from gongjiang.evaluation import access, actions, scoring
from gongjiang.evaluation.models import Consensus, Mark, Rectification
from gongjiang.evaluation.queries import against_concluding, summary
from gongjiang.kernel import files
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("FIL-05")]
LATER = at("2026-05-21 09:00")
DUE = date(2026, 5, 27)
WORDS = "专家组认为具备开展认定的条件。"


@pytest.fixture
def tree(db):
    return make_tree()


@pytest.fixture
def officer(tree):
    return make_officer(tree["province"])


@pytest.fixture
def opened(tree, officer):
    return make_opened(tree["province"], officer=officer)


@pytest.fixture
def applicant(tree):
    """The manager of a body on file that has the applicant's credit code."""
    body = make_body(tree["changchun"], scope=((ELECTRICIAN, "4"),))
    return make_actor(body.organisation, "body_manager")


def jpeg(colour: str = "grey") -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, format="JPEG")
    return out.getvalue()


def codes(call, **given) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        call(**given)
    return caught.value.codes


def order(evaluation, actor, **changes):
    told = {"what": "保育师实训室 2 号机位有死角", "due_on": DUE, **changes}
    spec = actions.OrderSpec(**told)
    return actions.order_rectification(actor=actor, at=LATER, evaluation=evaluation, spec=spec)


def answer(row, actor, *, day: str = "2026-05-25 10:00", key: str = "a1", **changes):
    told = {"answer": "已补装两台摄像机", "proof": jpeg(), **changes}
    return actions.answer_rectification(actor=actor, at=at(day), rectification=row, key=key, **told)


def recheck(row, panelist, *, met: bool = True):
    actor = expert_actor(panelist)
    return actions.recheck(actor=actor, at=at("2026-05-26 10:00"), rectification=row, met=met, note="看过现场画面")


def test_marks_that_lie_apart_need_everybodys_word_and_stay(opened, officer):
    marks = list(Mark.objects.order_by("pk").values_list("points", "met", "reason"))
    lead, second, *rest = panel_of(opened)
    assert lead.is_lead
    writing = {"at": LATER, "evaluation": opened, "text": "题量须补足"}
    bank, staff = (opened.criteria.criteria.get(code=code) for code in ("3", "1"))
    assert [ground.code for ground in against_concluding(opened, LATER)] == ["no-consensus"]
    assert codes(actions.write_consensus, actor=expert_actor(lead), criterion=staff, **writing) == ("not-apart",)
    assert codes(actions.write_consensus, actor=expert_actor(second), criterion=bank, **writing) == ("not-lead",)
    with pytest.raises(NotAllowed):
        actions.write_consensus(actor=officer, criterion=bank, **writing)
    row = actions.write_consensus(actor=expert_actor(lead), criterion=bank, **writing)
    signing = {"at": LATER, "consensus": row, "written_at": row.written_at}
    actions.sign_consensus(actor=expert_actor(second), **signing)
    actions.sign_consensus(actor=expert_actor(second), **signing)
    assert [ground.code for ground in against_concluding(opened, LATER)] == ["consensus-unsigned"]
    again = actions.write_consensus(
        actor=expert_actor(lead), at=OPENED, evaluation=opened, criterion=bank, text="题量须在备案前补足"
    )
    assert list(again.signed_by.all()) == [lead]
    assert codes(actions.sign_consensus, actor=expert_actor(second), **signing) == ("text-changed",)
    for each in (second, *rest):
        actions.sign_consensus(actor=expert_actor(each), at=LATER, consensus=again, written_at=again.written_at)
    assert against_concluding(opened, LATER) == []
    assert list(Mark.objects.order_by("pk").values_list("points", "met", "reason")) == marks


def test_what_is_to_be_mended_is_answered_and_looked_at_again(tree, officer, applicant):
    evaluation = make_opened(tree["province"], officer=officer, vetoes={"丙": "V4"})
    agree(evaluation)
    camera = evaluation.criteria.criteria.get(code="V4")
    third = place_of_letter(evaluation, "丙")
    assert [ground.code for ground in against_concluding(evaluation, LATER)] == ["veto"]
    assert codes(order, evaluation=evaluation, actor=officer, due_on=LATER.date(), what="") == (
        "text-missing",
        "due-past",
    )
    row = order(evaluation, expert_actor(panel_of(evaluation)[0]), criterion=camera)
    assert codes(order, evaluation=evaluation, actor=officer, criterion=camera) == ("ordered-already",)
    with pytest.raises(NotAllowed):
        order(evaluation, expert_actor(third))
    grounds = against_concluding(evaluation, LATER)
    assert [ground.code for ground in grounds] == ["rectification-open"]
    assert [g.code for g in against_concluding(evaluation, LATER, verdict=False)] == ["rectification-open"]
    told = summary(evaluation, on=date(2026, 5, 28))
    assert [(each.state, each.late) for each in told.mendings] == [("ordered", True)]
    assert [(line.criterion.code, line.state, line.due_on) for line in told.vetoes_open] == [("V4", "waiting", DUE)]
    assert told.conditions["video"] == ("ok", "wait")

    assert codes(recheck, row=row, panelist=third) == ("not-answered",)
    assert codes(answer, row=row, actor=applicant, proof=b"", answer=" ") == ("text-missing", "proof-missing")
    answer(row, applicant)
    answer(row, applicant)
    assert AuditEntry.objects.filter(action="rectification.answer").count() == 1
    assert [ground.code for ground in against_concluding(evaluation, LATER)] == ["not-rechecked"]
    recheck(row, third, met=False)
    assert [ground.code for ground in against_concluding(evaluation, LATER)] == ["not-mended"]
    assert against_concluding(evaluation, LATER, verdict=False) == []
    assert codes(answer, row=row, actor=applicant, key="a2") == ("rechecked",)
    second = order(evaluation, officer, criterion=camera, instead_of=row)
    answer(second, applicant, key="a3", day="2026-05-29 10:00")
    recheck(second, third)
    told = summary(evaluation, on=date(2026, 6, 1))
    assert [(each.state, each.late) for each in told.mendings] == [("followed", False), ("met", True)]
    assert told.vetoes_open == ()
    assert against_concluding(evaluation, LATER) == []


def test_only_who_answers_for_the_applicant_answers(tree, opened, officer, applicant):
    row = order(opened, officer)
    stranger = make_body(
        tree["jilin_city"], name="吉林墨斗技能评价中心（样例）", code="S000022999018", credit_code="12100000400000624D"
    )
    clerk = make_actor(stranger.organisation, "body_manager")
    for actor in (clerk, officer, expert_actor(panel_of(opened)[0])):
        with pytest.raises(NotAllowed):
            answer(row, actor)
    assert access.credit_codes_of(applicant) == {opened.credit_code}
    assert access.credit_codes_of(clerk) == {"12100000400000624D"}
    assert answer(row, applicant).proof.media_type == files.JPEG


def test_who_wasnt_at_the_site_doesnt_look_again(opened, officer, applicant):
    row = order(opened, officer)
    answer(row, applicant)
    absent = place_of_letter(opened, "丁")
    absent.arrived_at = None
    absent.save()
    assert codes(recheck, row=row, panelist=absent) == ("not-there",)


def test_the_opinion_is_given_once_nothing_stands_against_it(tree, opened, officer):
    giving = {"actor": officer, "at": LATER, "evaluation": opened, "verdict": True}
    assert codes(actions.conclude, **giving, opinion=WORDS) == ("no-consensus",)
    agree(opened)
    assert codes(actions.conclude, **giving, opinion="") == ("text-missing",)
    with pytest.raises(NotAllowed):
        actions.conclude(**{**giving, "actor": make_actor(tree["changchun"], "city_officer")}, opinion=WORDS)
    done = actions.conclude(**giving, opinion=WORDS)
    assert (done.state, done.verdict, done.average, done.concluded_by_id) == (
        "concluded",
        True,
        Decimal("86.40"),
        officer.user_id,
    )
    assert codes(actions.conclude, **giving, opinion=WORDS) == ("wrong-state",)


def test_the_papers_name_experts_by_letters_only(opened, officer):
    agree(opened)
    order(opened, officer)
    Rectification.objects.update(due_on=date(2026, 5, 20))
    done = actions.conclude(actor=officer, at=LATER, evaluation=opened, verdict=False, opinion="整改未完成。")
    dossier, opinion = (words(files.read(each)) for each in (done.dossier, done.opinion_paper))
    names = [each.expert.name for each in panel_of(opened)] + [each.expert.public_id for each in panel_of(opened)]
    assert [name for name in names if name in dossier + opinion] == []
    for text in (dossier, opinion):
        assert "样例准绳职业培训学校" in text
        assert "不合格" in text
        assert "86.4" in text
        assert "期限2026-05-20" in text
    for sheet in done.panel.first().sheets.all():
        assert sheet.seal in dossier
        assert sheet.seal not in opinion
    assert "共同意见" in dossier


def words(pdf: bytes) -> str:
    """Return the PDF's text without spaces and line breaks."""
    return "".join("".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def test_below_the_pass_mark_nothing_favourable_is_said(opened, officer):
    agree(opened)
    assert against_concluding(opened, LATER) == []
    Mark.objects.filter(criterion__parent__code="4").update(points=0)
    assert [ground.code for ground in against_concluding(opened, LATER)] == ["below-pass-mark"]
    assert against_concluding(opened, LATER, verdict=False) == []


def test_unopened_sheets_stand_in_the_way(tree, officer):
    evaluation = make_begun(tree["province"], officer=officer)
    assert [ground.code for ground in against_concluding(evaluation, LATER, verdict=False)] == ["unsealed"]
    giving = {"actor": officer, "at": LATER, "evaluation": evaluation, "verdict": False, "opinion": WORDS}
    assert codes(actions.conclude, **giving) == ("wrong-state",)


def test_an_evaluation_on_papers_alone_rests_on_most_of_the_panel(tree, officer):
    evaluation = make_opened(tree["province"], officer=officer, stages=["preliminary"], site_visit=False)
    assert (evaluation.average, against_concluding(evaluation, LATER)) == (None, [])
    letters = ["甲", "乙", "丙"]
    Mark.objects.filter(sheet__panelist__letter__in=letters, criterion__code="3.1").update(met=False)
    told = summary(evaluation)
    assert [each.criterion.code for each in told.on_paper if not each.is_met] == ["3.1"]
    assert [ground.code for ground in against_concluding(evaluation, LATER)] == ["not-met-on-paper"]


def test_the_consensus_is_one_a_row(opened):
    agree(opened)
    agree(opened)
    assert Consensus.objects.count() == 1


points = st.lists(st.decimals(0, 20, places=1), min_size=1, max_size=9)


@given(points)
def test_an_average_lies_between_lowest_and_highest(given):
    assert min(given) <= scoring.average(given) <= max(given)
    assert scoring.average(given) == scoring.average(given[::-1])
    assert sum(dot.count for dot in scoring.dots(given)) == len(given)


@given(points, st.integers(0, 100))
def test_a_spread_lies_apart_just_when_it_passes_the_limit(given, limit):
    full = Decimal(20)
    exact = (max(given) - min(given)) / full * 100
    assert scoring.lies_apart(given, full, limit) == (exact > limit)
    assert abs(scoring.spread(given, full) - exact) <= Decimal("0.05")
    assert (scoring.outliers(given) == frozenset()) == (len(set(given)) == 1)
