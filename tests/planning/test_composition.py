"""How the parts of a line are assessed: by the methods of the law that fit the standard's parts, and none other."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.factories import FEE, at, make_actor, make_body, make_tree, make_user

from gongjiang.kernel.refusal import Refused
from gongjiang.law.places import JILIN, JILIN_PILOT, XINZHOU
from gongjiang.planning import actions, composition, documents
from gongjiang.planning.forms import PlanForm
from gongjiang.planning.models import Batch, LinePart
from gongjiang.results.queries import required_parts
from gongjiang.standards.models import StandardPart
from gongjiang.standards.queries import occupation_by_code

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("CAT-04")]
DAY = date(2026, 3, 30)
ELECTRICIAN = "6-31-01-03"


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def pilot(tree):
    scope = ((ELECTRICIAN, "2"), (ELECTRICIAN, "4"))
    own = {"code": "Y000022999018", "credit_code": "91440300708461136T", "name": "别家（样例）"}
    return make_body(tree["changchun"], scope=scope, kind="employer", regime="22-2019", **own)


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"], scope=((ELECTRICIAN, "2"), (ELECTRICIAN, "4")))


def plan(body, level="2", at_="2026-03-30 09:00", **told):
    """Plan a batch of one line."""
    spec = actions.LineSpec(occupation_by_code(ELECTRICIAN), level, FEE, **told)
    made = actions.BatchPlan(
        title="2026 年第 1 批",
        site=body.sites.get(),
        lines=[spec],
        enrolment_from=date(2026, 4, 13),
        enrolment_until=date(2026, 4, 30),
        exam_from=date(2026, 5, 30),
        exam_until=date(2026, 5, 30),
    )
    clerk = make_actor(body.organisation, "exam_clerk")
    return actions.plan_batch(actor=clerk, at=at(at_), body=body, plan=made, key=f"{level} {told}"[:80])


def ways(batch):
    return {part.kind: part.way for part in LinePart.objects.filter(line__batch=batch)}


def test_a_line_is_assessed_by_the_three_parts_of_its_standard(body):
    batch = plan(body)

    assert ways(batch) == {
        "theory": "theory_exam",
        "practical": "practical_exam",
        "panel": "work_record_review",
    }
    told = composition.frozen(batch.lines.get())["parts"]
    assert [(part["minutes"] > 0, part["pass_mark"], part["full_mark"]) for part in told] == [(True, "60", "100")] * 3


def test_the_body_chooses_among_the_methods_of_its_law(body, pilot):
    assert ways(plan(pilot, ways={"panel": "thesis_defence"}))["panel"] == "thesis_defence"
    assert ways(plan(body, ways={"practical": "continuous_assessment"}))["practical"] == "continuous_assessment"

    with pytest.raises(Refused) as refused:
        plan(body, ways={"panel": "thesis_defence"})
    (ground,) = refused.value.grounds
    assert (ground.code, [cite.key for cite in ground.cites]) == ("method-not-in-law", ["JL-2024-5§11"])
    assert "论文答辩" in ground.why
    assert "工作业绩评审" in ground.way_on


@pytest.mark.parametrize(
    ("level", "told", "codes"),
    [
        pytest.param("2", {"ways": {"theory": "practical_exam"}}, ("method-not-for-part",), id="doesn't fit"),
        pytest.param("2", {"ways": {"theory": "dice"}}, ("method-not-for-part",), id="no method"),
        pytest.param("4", {"ways": {"panel": "work_record_review"}}, ("part-not-asked",), id="no such part"),
        pytest.param("4", {"ways": {"viva": "thesis_defence"}}, ("part-not-asked",), id="no part at all"),
        pytest.param("4", {"talent_type": "genius"}, ("talent-type-unknown-here",), id="no such type"),
    ],
)
def test_another_method_is_refused_with_the_article(body, level, told, codes):
    with pytest.raises(Refused) as refused:
        plan(body, level, **told)

    assert refused.value.codes == codes
    assert Batch.everything.count() == 0


def test_a_type_of_skilled_people_brings_the_stress_that_the_article_names(body):
    line = plan(body, talent_type="knowledge").lines.get()

    shown = composition.shown(composition.frozen(line), JILIN, DAY)
    assert shown["talent_type"] == "知识技能型"
    assert shown["emphasis"] == "掌握运用理论知识指导生产实践、创造性开展工作"
    assert [cite.key for cite in shown["emphasis_cites"]] == ["JL-2024-5§11"]


def test_where_the_law_tells_no_types_none_is_taken(tree):
    assert sorted(composition.types_here(JILIN, DAY)) == ["composite", "knowledge", "technical"]
    assert composition.types_here(XINZHOU, DAY) == {}
    assert "thesis_defence" in composition.ways_for("panel", JILIN_PILOT, DAY)
    assert "thesis_defence" not in composition.ways_for("panel", XINZHOU, DAY)


def test_what_is_planned_stands_whatever_becomes_of_the_standard(body):
    batch = plan(body)
    StandardPart.objects.filter(standard_level__standard=batch.lines.get().standard).update(pass_mark=80)

    (parts,) = required_parts(batch).values()
    assert [f"{part.pass_mark:f}" for part in parts] == ["60.00", "60.00", "60.00"]


def test_the_announcement_freezes_the_methods_and_shows_them(body):
    batch = plan(body, ways={"practical": "continuous_assessment"}, talent_type="technical")
    announcement = actions.announce(
        actor=make_actor(body.organisation, "exam_clerk"), at=at("2026-04-07 09:00"), batch=batch
    )

    (told,) = announcement.elements["assessment"]
    assert (told["talent_type"], [part["way"] for part in told["parts"]]) == (
        "technical",
        ["theory_exam", "continuous_assessment", "work_record_review"],
    )
    LinePart.objects.update(way="theory_exam")
    text = Client(HTTP_ACCEPT_LANGUAGE="zh-hans").get(f"/announcements/{batch.number}/").content.decode()
    for words in ("过程考核", "工作业绩评审", "技术技能型", "解决关键生产技术难题", "第11条"):
        assert words in text
    assert documents.announcement_pdf(announcement).startswith(b"%PDF")


def test_a_method_that_the_law_no_longer_knows_isn_t_announced(body):
    batch = plan(body)
    LinePart.objects.filter(line__batch=batch, kind="panel").update(way="thesis_defence")

    with pytest.raises(Refused) as refused:
        actions.announce(actor=make_actor(body.organisation, "exam_clerk"), at=at("2026-04-07 09:00"), batch=batch)
    assert refused.value.codes == ("method-not-in-law",)


def test_an_announcement_from_before_has_no_methods_and_is_shown(body):
    batch = plan(body)
    announcement = actions.announce(
        actor=make_actor(body.organisation, "exam_clerk"), at=at("2026-04-07 09:00"), batch=batch
    )
    del announcement.elements["assessment"]
    announcement.save()

    assert Client().get(f"/announcements/{batch.number}/").status_code == 200


def test_the_form_offers_what_the_place_knows(body, pilot):
    ours, theirs = PlanForm(body, DAY), PlanForm(pilot, DAY)

    def keys(form, name):
        return [key for key, _label in form.fields[name].choices]

    assert keys(ours, "way_panel") == ["", "work_record_review", "continuous_assessment"]
    assert keys(theirs, "way_panel") == ["", "work_record_review", "thesis_defence", "continuous_assessment"]
    assert keys(ours, "talent_type") == ["", "technical", "knowledge", "composite"]


def test_a_plan_is_filled_in_and_its_page_shows_the_parts(body):
    client = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    client.force_login(make_user(body.organisation, "exam_clerk"))
    cells = PlanForm(body, DAY).cells
    days = {"enrolment_from": "2100-04-13", "enrolment_until": "2100-04-30"}
    form = PlanForm(
        body,
        DAY,
        {
            "key": "k",
            "title": "x",
            "site": body.sites.get().pk,
            "lines": list(cells),
            "fee": "1",
            "way_panel": "continuous_assessment",
            "talent_type": "technical",
            **days,
            "exam_from": "2026-05-30",
            "exam_until": "2026-05-30",
        },
    )
    assert form.is_valid(), form.errors
    assert [(spec.level, dict(spec.ways), spec.talent_type) for spec in form.plan().lines] == [
        ("4", {}, "technical"),
        ("2", {"panel": "continuous_assessment"}, "technical"),
    ]
    text = client.get(f"/batches/{plan(body).pk}/").content.decode()
    assert text.count('class="b own"') == 3
    assert "评价方式" in text


@pytest.mark.databases
def test_the_database_keeps_one_part_of_a_kind_and_known_methods(body):
    line = plan(body).lines.get()
    same = {"content": "ability", "minutes": 90, "pass_mark": 60, "full_mark": 100}

    for wrong in (
        {"kind": "theory", "way": "theory_exam", **same},
        {"kind": "viva", "way": "dice", **same},
        {"kind": "viva", "way": "theory_exam", **same, "content": "charm"},
        {"kind": "viva", "way": "theory_exam", **same, "pass_mark": 101},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            LinePart.objects.create(line=line, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(line).objects.filter(pk=line.pk).update(talent_type="genius")
