"""The difference between two editions: what it says, and that it says the same the other way round."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.standards import queries
from gongjiang.standards.difference import Change, compare

entry = st.tuples(st.sampled_from("甲乙丙丁戊"), st.sampled_from("子丑寅卯辰"))
edition = st.sets(entry, max_size=8)
TURNED = {"added": "removed", "removed": "added", "renamed": "renamed", "moved": "moved"}


@pytest.mark.requirement("CAT-01")
def test_tells_added_removed_renamed_and_moved():
    old = [("1", "电工"), ("2", "保育员"), ("3", "游泳救生员"), ("4", "育婴员")]
    new = [("1", "电工"), ("2", "保育师"), ("9", "游泳救生员"), ("5", "网络主播")]

    assert compare(old, new) == [
        Change("renamed", ("2", "保育员"), ("2", "保育师")),
        Change("moved", ("3", "游泳救生员"), ("9", "游泳救生员")),
        Change("removed", ("4", "育婴员"), None),
        Change("added", None, ("5", "网络主播")),
    ]


@given(edition, edition)
def test_is_the_same_turned_about(old, new):
    forth = {(TURNED[each.kind], each.new, each.old) for each in compare(old, new)}

    assert forth == {(each.kind, each.old, each.new) for each in compare(new, old)}


@given(edition, edition)
def test_leads_from_the_old_edition_to_the_new_one(old, new):
    changes = compare(old, new)
    gone = {each.old for each in changes if each.old}
    come = {each.new for each in changes if each.new}

    assert (old - gone) | come == new
    assert gone <= old
    assert not come & old


@given(edition)
def test_an_edition_differs_from_itself_in_nothing(one):
    assert compare(one, one) == []


@pytest.mark.django_db
@pytest.mark.requirement("CAT-01")
def test_the_examples_of_2015_against_2022():
    told = {(each.kind, each.old) for each in queries.difference(2015, 2022) if each.old}

    assert told == {
        ("moved", ("4-07-05-03", "智能楼宇管理员")),
        ("removed", ("4-10-01-02", "育婴员")),
        ("renamed", ("4-10-01-03", "保育员")),
        ("moved", ("4-13-04-03", "游泳救生员")),
        ("renamed", ("4-14-02-01", "公共营养师")),
        ("renamed", ("4-14-03-03", "眼镜验光员")),
        ("renamed", ("6-02-06-11", "评茶员")),
        ("renamed", ("6-25-04-07", "广电和通信设备电子装接工")),
    }
