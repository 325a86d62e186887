"""Who a user is on a day: roles in force, one organisation at a time, the part of the tree that it sees."""

from datetime import date

import pytest
from tests.factories import make_body, make_tree, make_user

from gongjiang.accounts.models import RoleAssignment, User
from gongjiang.accounts.queries import actor_for, colleagues_of, organisations_of
from gongjiang.bodies.queries import bodies_for

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture
def tree():
    return make_tree()


def hold(user, organisation, role, since, until=None):
    return RoleAssignment.objects.create(user=user, organisation=organisation, role=role, since=since, until=until)


@pytest.mark.parametrize(
    ("since", "until", "roles"),
    [
        (date(2026, 6, 1), None, {"city_officer"}),
        (date(2026, 6, 2), None, set()),
        (date(2026, 1, 1), date(2026, 6, 2), {"city_officer"}),
        (date(2026, 1, 1), date(2026, 6, 1), set()),
        (date(2026, 6, 1), date(2026, 6, 1), set()),
    ],
)
def test_a_role_holds_from_its_first_day_until_before_its_last(tree, since, until, roles):
    user = make_user(tree["changchun"])
    hold(user, tree["changchun"], "city_officer", since, until)
    actor = actor_for(user, on=DAY)
    assert (actor.kind, actor.roles, actor.user_id) == ("staff", frozenset(roles), user.pk)
    assert actor.path == (tree["changchun"].path if roles else "")


def test_without_a_role_one_is_signed_in_and_sees_nothing(tree):
    make_body(tree["changchun"])
    actor = actor_for(make_user(tree["province"]), on=DAY)
    assert (actor.is_signed_in, actor.roles, actor.organisation_id) == (True, frozenset(), None)
    assert list(bodies_for(actor)) == []


def test_a_candidate_is_nothing_else_whatever_roles_are_written(tree):
    user = make_user(tree["province"], "provincial_officer")
    User.objects.filter(pk=user.pk).update(person_key="k" * 64)
    user.refresh_from_db()
    actor = actor_for(user, on=DAY)
    assert (actor.kind, actor.roles, actor.path, actor.organisation_id) == (
        "candidate",
        frozenset({"candidate"}),
        "",
        None,
    )
    assert actor.person_key == "k" * 64


@pytest.mark.requirement("GOV-01")
def test_a_centre_sees_its_parents_part_of_the_tree_and_no_other(tree):
    body = make_body(tree["changchun"])
    centre = actor_for(make_user(tree["centre"], "centre_officer"), on=DAY)
    assert (centre.path, centre.organisation_id) == (tree["province"].path, tree["centre"].pk)
    assert list(bodies_for(centre)) == [body]
    other = actor_for(make_user(tree["jilin_city"], "city_officer"), on=DAY)
    assert list(bodies_for(other)) == []


def test_somebody_with_roles_in_two_organisations_acts_for_one_at_a_time(tree):
    user = make_user(tree["changchun"], "city_officer")
    hold(user, tree["jilin_city"], "supervisor", date(2026, 1, 1))
    first = actor_for(user, on=DAY)
    second = actor_for(user, on=DAY, organisation_id=tree["jilin_city"].pk)
    foreign = actor_for(user, on=DAY, organisation_id=tree["province"].pk)
    assert (first.roles, first.path) == (frozenset({"city_officer"}), tree["changchun"].path)
    assert (second.roles, second.path) == (frozenset({"supervisor"}), tree["jilin_city"].path)
    assert foreign == first
    assert organisations_of(user, on=DAY) == [tree["changchun"], tree["jilin_city"]]


def test_two_roles_in_one_organisation_are_held_together(tree):
    user = make_user(tree["province"], "provincial_officer", "supervisor")
    assert actor_for(user, on=DAY).roles == frozenset({"provincial_officer", "supervisor"})


def test_colleagues_are_of_the_same_organisation_and_of_today(tree):
    clerk = make_user(tree["changchun"], "city_officer")
    make_user(tree["jilin_city"], "city_officer")
    gone = make_user(tree["changchun"])
    hold(gone, tree["changchun"], "city_officer", date(2025, 1, 1), date(2026, 1, 1))
    actor = actor_for(clerk, on=DAY)
    assert list(colleagues_of(actor, role="city_officer", on=DAY)) == [clerk]
    assert list(colleagues_of(actor_for(make_user(tree["changchun"]), on=DAY), role="city_officer", on=DAY)) == []


def test_an_organisation_below_does_not_share_a_path_by_its_digits(tree):
    """/1/4/ is no prefix of /1/40/: the slash at the end says so."""
    assert all(each.path.endswith(f"/{each.pk}/") for each in tree.values())
    actor = actor_for(make_user(tree["changchun"], "city_officer"), on=DAY)
    assert not actor.sees(tree["changchun"].path[:-1] + "0/")
