"""Settings of a place: the nearest one that holds on the day, with its source; else the national default."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import AuditEntry, PlaceSetting
from gongjiang.kernel.place_settings_registry import REGISTRY
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.kernel.settings_of_place import history, may_set, set_setting, setting, settings_for
from gongjiang.law.places import CHANGCHUN, CHINA, JILIN, SHANXI

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 15, 1, 0, tzinfo=UTC)
OFFICER = Actor(kind="staff", user_id=3, roles=frozenset({"provincial_officer"}), path="/1/", place_code="22")
CLERK = Actor(kind="staff", user_id=7, roles=frozenset({"exam_clerk"}), path="/1/4/", place_code="22")


def put(value=20, place="22", since=date(2026, 7, 1), **changed):
    kwargs = {"name": "room.size", "source": "吉林样例通知", "actor": OFFICER, "at": AT, **changed}
    return set_setting(value=value, place=place, since=since, **kwargs)


def held(place, day):
    value = setting("room.size", place=place, day=day)
    return value.value, value.place, value.source, value.since


def test_the_default_holds_everywhere_until_a_place_sets_its_own():
    default = (30, CHINA, REGISTRY["room.size"].source, date(2019, 1, 1))
    assert held(CHANGCHUN, date(2026, 6, 30)) == default
    put()
    assert held(CHANGCHUN, date(2026, 6, 30)) == default
    assert held("2201", date(2026, 7, 1)) == (20, JILIN, "吉林样例通知", date(2026, 7, 1))
    assert held(SHANXI, date(2026, 7, 1)) == default


def test_the_nearest_place_and_the_day_decide():
    put(20)
    put(25, place="2201", since=date(2026, 8, 1), source="长春样例通知")
    put(28, since=date(2026, 9, 1))
    days = [date(2026, 7, 31), date(2026, 8, 1), date(2026, 9, 1)]
    assert [held(CHANGCHUN, day)[0] for day in days] == [20, 25, 25]
    assert [held(JILIN, day)[0] for day in days] == [20, 20, 28]
    rows = list(PlaceSetting.objects.values_list("place_code", "value", "since", "until"))
    assert rows == [
        ("22", 20, date(2026, 7, 1), date(2026, 9, 1)),
        ("22", 28, date(2026, 9, 1), None),
        ("2201", 25, date(2026, 8, 1), None),
    ]
    assert [row.value for row in history("room.size", place="2201")] == [28, 25, 20]


def test_a_value_set_before_a_later_one_ends_where_that_begins():
    put(28, since=date(2026, 9, 1))
    put(20, since=date(2026, 7, 1))
    assert [held(JILIN, day)[0] for day in (date(2026, 8, 31), date(2026, 9, 1))] == [20, 28]


def test_it_stands_in_the_trail():
    row = put()
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject_id, entry.actor_id) == ("setting.set", str(row.pk), 3)
    assert entry.facts == {
        "name": "room.size",
        "place": "22",
        "value": 20,
        "since": "2026-07-01",
        "source": "吉林样例通知",
    }


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"value": 0}, ("value",)),
        ({"value": "20"}, ("value",)),
        ({"value": True}, ("value",)),
        ({"source": " "}, ("source",)),
        ({"since": date(2026, 6, 14)}, ("past",)),
        ({"value": -1, "source": "", "since": date(2026, 1, 1)}, ("value", "source", "past")),
        ({"name": "eligibility.policy", "value": "none"}, ("value",)),
        ({"name": "certificate.query_urls", "value": {"certificate": "javascript:x", "body": "http://a"}}, ("value",)),
        ({"name": "photo.profile", "value": {"min_width": 240}}, ("value",)),
    ],
)
def test_what_isnt_a_value_a_source_or_a_coming_day_is_refused(changed, codes):
    with pytest.raises(Refused) as refused:
        put(**changed)
    assert refused.value.codes == codes
    assert PlaceSetting.objects.count() == AuditEntry.objects.count() == 0


def test_a_day_is_set_once():
    put()
    with pytest.raises(Refused) as refused:
        put(21)
    assert refused.value.codes == ("day-taken",)


def test_only_an_officer_of_the_place_or_above_it_may_set():
    for actor, place in [(CLERK, "22"), (OFFICER, "14"), (OFFICER, "00")]:
        with pytest.raises(NotAllowed):
            put(actor=actor, place=place)
    assert [may_set(OFFICER, place) for place in (JILIN, CHANGCHUN, CHINA, SHANXI)] == [True, True, False, False]


def test_several_are_asked_with_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = settings_for(REGISTRY, place="2201", day=date(2026, 6, 15))
    assert {name: value.value for name, value in found.items()} == {
        name: definition.default for name, definition in REGISTRY.items()
    }


@pytest.mark.parametrize("definition", REGISTRY.values(), ids=list(REGISTRY))
def test_every_default_is_a_value_the_setting_may_have_and_names_its_source(definition):
    assert definition.kind.problem(definition.default) == ""
    assert len(definition.source) > 8
    with translation.override("en"):
        assert str(definition.label)
        assert str(definition.about)
