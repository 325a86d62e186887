"""Evaluation standards: a hundred points, frozen once published, copied to be changed, carried as a marked demo."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from tests.evaluation_factories import make_criteria
from tests.factories import at, make_actor, make_tree

from gongjiang.evaluation import exports
from gongjiang.evaluation.actions import (
    VersionSpec,
    change_line,
    draft_criteria,
    import_criteria,
    load_demo_criteria,
    publish_criteria,
    remove_line,
)
from gongjiang.evaluation.conditions import CONDITIONS
from gongjiang.evaluation.models import CriteriaVersion, Criterion
from gongjiang.evaluation.queries import newest_criteria
from gongjiang.evaluation.rules_criteria import Node, diff, nodes_of, wrong_with
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.law import questions as ask
from gongjiang.law.places import JILIN

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("FIL-05")]
HEAD = VersionSpec("技术评估标准", "2026-1", "样例通知 3 号", Decimal(80))
NOW = at("2026-05-04 10:00")
TODAY = date(2026, 5, 4)


@pytest.fixture
def tree(db):
    return make_tree()


@pytest.fixture
def setter(tree):
    return make_actor(tree["province"], "provincial_officer")


@pytest.fixture
def draft(setter):
    return draft_criteria(actor=setter, at=NOW, place="22", spec=HEAD, copy_of=make_criteria("22"))


def points_of(version) -> dict[str, Decimal]:
    groups = version.criteria.filter(parent=None, is_veto=False)
    return {each.title: sum(item.points for item in each.children.all()) for each in groups}


def test_the_demo_standard_has_six_groups_of_a_hundred_and_six_vetoes_and_says_what_it_is(setter):
    version = load_demo_criteria(actor=setter, at=NOW, place="22")
    vetoes = [*version.criteria.filter(is_veto=True).values_list("title", flat=True)]
    items = version.criteria.exclude(parent=None)
    assert points_of(version) == {
        "组织与人员": 20,
        "场地与设备": 25,
        "题库与命题": 20,
        "考务与监控": 15,
        "质量与档案": 10,
        "收费与服务": 10,
    }
    assert vetoes == ["材料虚假", "法定代表人失信", "消防未验收", "监控有死角", "无题库", "场地非自有或租期不足"]
    assert (items.count(), items.filter(evidence="").count(), items.filter(deduction="").count()) == (25, 0, 0)
    assert version.criteria.filter(condition="").count() == len(points_of(version))
    assert (version.is_demo, "演示" in version.title, "未取得" in version.source) == (True, True, True)
    assert load_demo_criteria(actor=setter, at=NOW, place="22") == version


def test_the_conditions_are_those_of_the_law():
    kinds = (ask.EMPLOYER, ask.COLLEGE, ask.SOCIAL)
    told = {name for kind in kinds for name in ask.APPLICANT_CONDITIONS.at(place=JILIN, day=TODAY, kind=kind).value}
    assert CONDITIONS.keys() == told


def test_a_published_version_is_frozen_in_the_database_too(setter, draft):
    publish_criteria(actor=setter, at=NOW, version=draft, since=TODAY)
    line = draft.criteria.get(code="1.1")
    with pytest.raises(Refused) as changed:
        change_line(actor=setter, at=NOW, version=draft, node=Node("1.1", "换一个"), code="1.1")
    with pytest.raises(Refused) as removed:
        remove_line(actor=setter, at=NOW, version=draft, code="1.1")
    assert (changed.value.codes, removed.value.codes) == (("published",), ("published",))
    for change in (
        lambda: Criterion.objects.filter(pk=line.pk).update(points=5),
        lambda: Criterion.objects.create(version=draft, code="9", title="x", order=99),
        lambda: CriteriaVersion.objects.filter(pk=draft.pk).update(pass_mark=60),
        lambda: CriteriaVersion.objects.filter(pk=draft.pk).update(published_at=None),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert CriteriaVersion.objects.filter(pk=draft.pk).update(until=date(2030, 1, 1)) == 1


def test_points_that_do_not_come_to_a_hundred_are_not_published(setter, draft):
    node = next(node for node in nodes_of(draft) if node.code == "1.1")
    change_line(actor=setter, at=NOW, version=draft, node=replace(node, points=Decimal("4.5")), code="1.1")
    remove_line(actor=setter, at=NOW, version=draft, code="6")
    change_line(actor=setter, at=NOW, version=draft, node=Node("7", "空的一组"))
    with pytest.raises(Refused) as refused:
        publish_criteria(actor=setter, at=NOW, version=draft, since=date(2026, 5, 1))
    assert refused.value.codes == ("points-total", "empty-group", "past")
    assert "90.5" in refused.value.grounds[0].why
    assert draft.criteria.filter(parent__code="6").count() == 0


def test_a_line_must_be_whole(setter, draft):
    with pytest.raises(Refused) as refused:
        change_line(
            actor=setter, at=NOW, version=draft, node=Node("2.1", "", "X", Decimal("0.3"), condition="luck"), code="1.1"
        )
    assert refused.value.codes == ("missing", "points", "no-evidence", "condition", "code-twice", "no-group")
    with pytest.raises(Refused) as veto:
        change_line(actor=setter, at=NOW, version=draft, node=Node("V7", "一票", points=Decimal(5), is_veto=True))
    assert veto.value.codes == ("points",)


def test_the_newest_published_version_of_the_nearest_place_holds(setter, draft, tree):
    demo = CriteriaVersion.objects.get(version="demo-1")
    publish_criteria(actor=setter, at=NOW, version=draft, since=date(2026, 6, 1))
    city = make_criteria("2201")
    days = [newest_criteria("2202", day) for day in (date(2026, 5, 31), date(2026, 6, 1))]
    assert days == [demo, draft]
    assert newest_criteria("2201", date(2026, 6, 1)) == city
    assert newest_criteria("1409", date(2026, 6, 1)) is None
    assert newest_criteria("22", date(2024, 12, 31)) is None
    late = draft_criteria(actor=setter, at=NOW, place="22", spec=replace(HEAD, version="2026-2"), copy_of=draft)
    with pytest.raises(Refused) as taken:
        publish_criteria(actor=setter, at=NOW, version=late, since=date(2026, 6, 1))
    assert taken.value.codes == ("day-taken",)


def test_the_difference_of_two_versions_names_each_line(setter, draft):
    demo = CriteriaVersion.objects.get(version="demo-1")
    assert diff(demo, draft) == []
    node = next(node for node in nodes_of(draft) if node.code == "1.1")
    change_line(actor=setter, at=NOW, version=draft, node=replace(node, points=Decimal(5)), code="1.1")
    remove_line(actor=setter, at=NOW, version=draft, code="6.4")
    change_line(actor=setter, at=NOW, version=draft, node=Node("V7", "拒绝查看", is_veto=True, evidence="现场记录"))
    assert [(each.code, each.before is None, each.after is None, each.fields) for each in diff(demo, draft)] == [
        ("1.1", False, False, ("points",)),
        ("V7", True, False, ()),
        ("6.4", False, True, ()),
    ]


def test_what_is_downloaded_can_be_taken_in(setter, draft):
    told = exports.criteria_json(draft)
    content = json.dumps({**told, "version": "2026-3"}).encode()
    made = import_criteria(actor=setter, at=NOW, place="22", content=content)
    assert (nodes_of(made), wrong_with(nodes_of(made)), made.published_at) == (nodes_of(draft), [], None)
    for broken in (b"[]", b"{", json.dumps({**told, "groups": [{"code": "1"}]}).encode()):
        with pytest.raises(Refused) as refused:
            import_criteria(actor=setter, at=NOW, place="22", content=broken)
        assert refused.value.codes == ("form",)
    with pytest.raises(Refused) as again:
        import_criteria(actor=setter, at=NOW, place="22", content=content)
    assert again.value.codes == ("version-taken",)


def test_only_the_authority_of_the_place_sets_its_standard(tree, draft):
    city = make_actor(tree["changchun"], "city_officer")
    with pytest.raises(NotAllowed):
        publish_criteria(actor=city, at=NOW, version=draft, since=TODAY)
    with pytest.raises(NotAllowed):
        draft_criteria(actor=make_actor(tree["province"], "centre_officer"), at=NOW, place="22", spec=HEAD)
    assert draft_criteria(actor=city, at=NOW, place="2201", spec=HEAD).place_code == "2201"


def test_a_head_without_source_or_with_wrong_numbers_is_refused(setter):
    with pytest.raises(Refused) as refused:
        draft_criteria(actor=setter, at=NOW, place="22", spec=VersionSpec("", "1", "", Decimal(101)))
    assert refused.value.codes == ("missing", "source", "numbers")
