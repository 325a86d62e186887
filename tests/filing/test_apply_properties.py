"""What holds for every application: routing is total, a difference mirrors, and nothing missing means taken."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import make_tree
from tests.filing_factories import hand_in, make_application, make_xinzhou

from gongjiang.bodies.models import Affiliation
from gongjiang.filing import checks, snapshots
from gongjiang.filing.models import ConditionAnswer, Material
from gongjiang.filing.routing import authority_for, law_of
from gongjiang.kernel.refusal import Refused

DAY = date(2026, 3, 2)
names = st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=3)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
contents = st.fixed_dictionaries(
    {
        "applicant": st.fixed_dictionaries({"name": names, "address": names}),
        "summary": st.text(max_size=5),
        "serves_others": st.booleans(),
        "sites": st.lists(st.tuples(names, names, st.just("220102"), st.booleans()).map(list), max_size=3),
        "scope": st.lists(st.tuples(names, names, st.sampled_from("54321"), names).map(list), max_size=3),
        "given_up": st.just([]),
        "changes": st.lists(st.tuples(st.sampled_from(["name"]), names, names, names).map(list), max_size=1),
        "subsidiaries": st.lists(st.tuples(names, names).map(list), max_size=2),
        "answers": st.dictionaries(
            st.sampled_from(["staff", "unit"]),
            st.tuples(names, st.dictionaries(st.just("staff"), st.integers(0, 9))).map(list),
        ),
        "materials": st.lists(
            st.tuples(st.sampled_from(["assets"]), st.just(""), names, digests, names, st.just(""), st.none()).map(
                list
            ),
            max_size=2,
        ),
    }
)


@given(contents)
def test_a_snapshot_does_not_differ_from_itself(content):
    assert snapshots.difference(content, content) == ()


@given(contents, contents)
def test_a_difference_mirrors(before, after):
    there, back = snapshots.difference(before, after), snapshots.difference(after, before)
    assert [(d.section, d.label, d.before, d.after) for d in there] == [
        (d.section, d.label, d.after, d.before) for d in back
    ]
    assert all(d.before != d.after for d in there)


@pytest.mark.django_db
@pytest.mark.requirement("GOV-03")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    affiliation=st.sampled_from(Affiliation.values),
    city=st.sampled_from(["2201", "2202", "1409"]),
    county=st.sampled_from(["", "02", "22", "81"]),
    pilot=st.booleans(),
)
def test_routing_is_total_and_deterministic(db, affiliation, city, county, pilot):
    from gongjiang.accounts.models import Organisation

    if not Organisation.objects.filter(kind="province").exists():
        make_tree()
        make_xinzhou()
    regime = "22-2019" if pilot and city.startswith("22") else law_of(city + county).code
    routes = [authority_for(affiliation, city + county, regime, on=DAY) for _each in range(2)]
    assert routes[0] == routes[1]
    assert (routes[0].organisation.place_code in {city, city[:2]}, len(routes[0].cites)) == (True, 1)
    assert (routes[0].organisation.kind == "province") == (routes[0].level == "province")


@pytest.mark.django_db
@pytest.mark.requirement("FIL-02")
@pytest.mark.parametrize("kept", ["all", "no answer", "no paper", "no scope"])
def test_nothing_missing_is_the_same_as_taken(kept):
    make_tree()
    application, manager = make_application(state="ready")
    if kept == "no answer":
        ConditionAnswer.objects.filter(application=application, condition="staff").delete()
    elif kept == "no paper":
        Material.objects.filter(application=application, kind="assets").delete()
    elif kept == "no scope":
        application.scope.all().delete()
    lacking = checks.missing(application, DAY)
    if kept == "all":
        assert (lacking, hand_in(application, manager).state) == ((), "submitted")
        return
    with pytest.raises(Refused) as excinfo:
        hand_in(application, manager)
    assert excinfo.value.grounds == lacking != ()
