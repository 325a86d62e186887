"""Accounts and roles are given from above or beside, never to oneself, and never beyond what one answers for."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import at, make_actor, make_body, make_organisation, make_tree, make_user

from gongjiang.accounts import actions, passwords, permissions, queries_staff
from gongjiang.accounts.models import Organisation, RoleAssignment, User
from gongjiang.accounts.queries import actor_for
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.actor import Actor, system
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.kernel.roles import ROLES, STAFF_ROLES

pytestmark = pytest.mark.django_db
NOW = at("2026-06-01 09:00")
DAY = NOW.date()


@pytest.fixture
def tree():
    found = make_tree()
    found["body"] = make_organisation("body", "样例榫卯", "2201", found["changchun"])
    found["other"] = make_organisation("body", "样例墨斗", "2202", found["jilin_city"])
    return found


@pytest.fixture
def actor(tree):
    return lambda place, *roles: actor_for(make_user(tree[place], *roles), on=DAY)


def add(by, organisation, role, username="dingmaochun"):
    person = actions.NewUser(username, "丁卯春", "")
    return actions.add_user(actor=by, at=NOW, organisation=organisation, role=role, person=person)


def code_of(refusal):
    return refusal.value.codes


def test_a_manager_opens_an_account_with_a_one_time_password(tree, actor):
    manager = actor("body", "body_manager")
    user, password = add(manager, tree["body"], "exam_clerk")
    stored = User.objects.get(pk=user.pk)
    assert (stored.must_change_password, stored.check_password(password), str(stored)) == (True, True, "丁卯春")
    assert actor_for(stored, on=DAY).roles == frozenset({"exam_clerk"})
    entry = AuditEntry.objects.get(action="account.add")
    assert (entry.actor_id, entry.subject_id, entry.about_id) == (manager.user_id, str(user.pk), str(tree["body"].pk))
    assert entry.facts == {"role": "exam_clerk", "organisation": tree["body"].pk}
    assert password not in str(AuditEntry.objects.values_list())


def test_one_time_passwords_are_long_and_differ():
    made = {passwords.one_time_password() for _each in range(200)}
    assert len(made) == 200
    assert {len(each.replace("-", "")) for each in made} == {16}
    assert set("".join(made)) <= set(passwords.ALPHABET + "-")


CITY = {"city_officer", "supervisor", "expert"}
PROVINCE = {"provincial_officer", "supervisor", "expert"}
CENTRE = {"centre_officer", "supervisor", "expert"}
GIVEN = {
    ("province", "provincial_approver"): {
        "province": {*PROVINCE, "provincial_approver"},
        "centre": CENTRE,
        "changchun": {*CITY, "city_approver"},
        "body": {"body_manager"},
    },
    ("province", "provincial_officer"): {
        "province": PROVINCE,
        "centre": CENTRE,
        "changchun": CITY,
        "body": {"body_manager"},
    },
    ("changchun", "city_approver"): {"changchun": {*CITY, "city_approver"}, "body": {"body_manager"}},
    ("changchun", "city_officer"): {"changchun": CITY, "body": {"body_manager"}},
    ("centre", "centre_officer"): {"centre": CENTRE},
    ("body", "body_manager"): {
        "body": {
            "body_manager",
            "exam_clerk",
            "eligibility_reviewer",
            "scorer",
            "certificate_clerk",
            "invigilator",
            "assessor",
            "internal_supervisor",
        }
    },
}
GIVERS = [("province", role) for role in ("provincial_approver", "provincial_officer", "supervisor")]
GIVERS += [("changchun", role) for role in ("city_officer", "city_approver", "supervisor")]
GIVERS += [("centre", "centre_officer"), ("body", "body_manager"), ("body", "exam_clerk"), ("body", "scorer")]


@pytest.mark.parametrize(("place", "role"), GIVERS)
def test_who_gives_which_role_where_is_exactly_this_table(tree, actor, place, role):
    by = actor(place, role)
    path = queries_staff.own_path(by)
    found = {
        name: given
        for name, organisation in tree.items()
        if (given := set(permissions.roles_to_give(by, organisation, own_path=path)))
    }
    expected = GIVEN.get((place, role), {})
    if place == "province" and expected:
        expected = {**expected, "jilin_city": expected["changchun"], "other": expected["body"]}
    assert found == expected


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    held=st.sets(st.sampled_from(STAFF_ROLES), max_size=4),
    role=st.sampled_from(list(ROLES)),
    kind=st.sampled_from(["ministry", "province", "city", "centre", "body"]),
    own=st.sampled_from(["", "/1/", "/1/2/", "/1/2/3/"]),
    there=st.sampled_from(["/1/", "/1/2/", "/1/22/", "/9/"]),
)
def test_no_mixture_of_roles_gives_a_role_of_another_kind_or_outside(held, role, kind, own, there):
    """A body's roles never lead to an authority's role, whatever is mixed, and nobody reaches beside or above."""
    by = Actor(kind="staff", user_id=1, roles=frozenset(held), organisation_id=1, path="/")
    allowed = permissions.may_give(by, role, Organisation(kind=kind, path=there), own_path=own)
    if not own or not there.startswith(own):
        assert allowed is False
    if allowed:
        assert role in permissions.ROLES_OF_KIND[kind]
        assert held & set(permissions.ADMINISTRATORS)
        assert role != "provincial_approver" or "provincial_approver" in held
        assert role in permissions.BODY_ROLES or held - set(permissions.BODY_ROLES)


@pytest.mark.parametrize(
    ("place", "role", "into", "wanted"),
    [
        ("body", "body_manager", "body", "city_officer"),
        ("body", "body_manager", "other", "exam_clerk"),
        ("body", "body_manager", "changchun", "city_officer"),
        ("body", "exam_clerk", "body", "scorer"),
        ("changchun", "city_officer", "province", "provincial_officer"),
        ("changchun", "city_officer", "other", "body_manager"),
        ("changchun", "city_officer", "body", "certificate_clerk"),
        ("province", "provincial_officer", "province", "provincial_approver"),
        ("centre", "centre_officer", "changchun", "city_officer"),
        ("body", "body_manager", "body", "system"),
        ("body", "body_manager", "body", "candidate"),
    ],
)
def test_a_role_beyond_ones_own_is_refused_and_leaves_nothing(tree, actor, place, role, into, wanted):
    by = actor(place, role)
    before = (User.objects.count(), RoleAssignment.objects.count())
    with pytest.raises(NotAllowed) as refusal:
        add(by, tree[into], wanted)
    assert code_of(refusal) == ("role-not-yours",)
    assert (User.objects.count(), RoleAssignment.objects.count()) == before
    someone = make_user(tree[into])
    with pytest.raises(NotAllowed):
        actions.give_role(actor=by, at=NOW, user=someone, organisation=tree[into], role=wanted)
    assert not someone.roles.exists()


def test_nobody_gives_ends_or_renews_their_own(tree, actor):
    manager = actor("body", "body_manager")
    me = User.objects.get(pk=manager.user_id)
    acts = [
        lambda: actions.give_role(actor=manager, at=NOW, user=me, organisation=tree["body"], role="scorer"),
        lambda: actions.end_role(actor=manager, at=NOW, assignment=me.roles.get(), reason="样例"),
        lambda: actions.renew_sign_in(actor=manager, at=NOW, user=me, reason="样例"),
    ]
    for act in acts:
        with pytest.raises(NotAllowed) as refusal:
            act()
        assert code_of(refusal) == ("own-account",)
    assert [each.role for each in me.roles.filter(until=None)] == ["body_manager"]


def test_a_role_given_ended_and_given_again_on_one_day(tree, actor):
    manager = actor("body", "body_manager")
    clerk = make_user(tree["body"], "exam_clerk")

    def give():
        return actions.give_role(actor=manager, at=NOW, user=clerk, organisation=tree["body"], role="scorer")

    given_role = give()
    assert give() == given_role
    actions.end_role(actor=manager, at=NOW, assignment=given_role, reason="样例")
    assert actor_for(clerk, on=DAY).roles == frozenset({"exam_clerk"})
    actions.end_role(actor=manager, at=NOW, assignment=given_role, reason="样例")
    assert give().pk == given_role.pk
    assert actor_for(clerk, on=DAY).roles == frozenset({"exam_clerk", "scorer"})
    acts = list(AuditEntry.objects.order_by("seq").values_list("action", flat=True))
    assert acts == ["account.give_role", "account.end_role", "account.give_role"]


def test_a_role_that_was_held_ends_before_today_and_stays_on_record(tree, actor):
    clerk = make_user(tree["body"], "exam_clerk")
    actions.end_role(actor=actor("body", "body_manager"), at=NOW, assignment=clerk.roles.get(), reason="离职（样例）")
    assert clerk.roles.get().until == DAY
    assert actor_for(clerk, on=DAY).roles == frozenset()
    assert actor_for(clerk, on=date(2026, 5, 31)).roles == frozenset({"exam_clerk"})
    assert AuditEntry.objects.get(action="account.end_role").reason == "离职（样例）"


def test_a_candidates_account_bears_no_staff_role(tree, actor):
    candidate = make_user(tree["body"])
    User.objects.filter(pk=candidate.pk).update(person_key="k" * 64)
    candidate.refresh_from_db()
    with pytest.raises(NotAllowed) as refusal:
        actions.give_role(
            actor=actor("body", "body_manager"), at=NOW, user=candidate, organisation=tree["body"], role="scorer"
        )
    assert code_of(refusal) == ("candidate",)


def test_a_taken_username_is_refused_and_opens_nothing(tree, actor):
    manager = actor("body", "body_manager")
    add(manager, tree["body"], "exam_clerk")
    with pytest.raises(Refused) as refusal:
        add(manager, tree["body"], "scorer")
    assert code_of(refusal) == ("username-taken",)
    assert RoleAssignment.objects.filter(role="scorer").count() == 0


def test_a_renewed_sign_in_ends_password_and_second_factor(tree, actor):
    clerk = make_user(tree["body"], "exam_clerk")
    Authenticator.objects.create(user=clerk, type="totp", data={"secret": "x"})
    password = actions.renew_sign_in(actor=actor("body", "body_manager"), at=NOW, user=clerk, reason="手机遗失（样例）")
    clerk.refresh_from_db()
    assert (clerk.check_password("joiner-and-seal-1"), clerk.check_password(password)) == (False, True)
    assert clerk.must_change_password is True
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("beyond", ["city role", "other body", "future role", "no role", "candidate"])
def test_an_account_that_opens_more_than_ones_own_isnt_taken_over(tree, actor, beyond):
    """A manager who could renew an officer's sign-in would be the officer."""
    user = make_user(tree["body"], *(() if beyond == "no role" else ("exam_clerk",)))
    if beyond == "city role":
        RoleAssignment.objects.create(user=user, organisation=tree["changchun"], role="city_officer", since=DAY)
    if beyond == "other body":
        RoleAssignment.objects.create(user=user, organisation=tree["other"], role="exam_clerk", since=DAY)
    if beyond == "future role":
        RoleAssignment.objects.create(
            user=user, organisation=tree["changchun"], role="city_officer", since=date(2027, 1, 1)
        )
    if beyond == "candidate":
        User.objects.filter(pk=user.pk).update(person_key="k" * 64)
    with pytest.raises(NotAllowed) as refusal:
        actions.renew_sign_in(actor=actor("body", "body_manager"), at=NOW, user=user, reason="样例")
    assert code_of(refusal) == ("beyond-own-roles",)
    user.refresh_from_db()
    assert user.check_password("joiner-and-seal-1")


def test_only_the_holder_chooses_a_password(tree, actor):
    clerk = make_user(tree["body"], "exam_clerk")
    with pytest.raises(NotAllowed):
        actions.choose_password(actor=actor("body", "body_manager"), at=NOW, user=clerk, password="x" * 12)
    clerk.refresh_from_db()
    assert clerk.check_password("joiner-and-seal-1")


@pytest.mark.requirement("GOV-01")
def test_each_administers_only_the_staff_of_the_own_organisation_and_below(tree, actor):
    clerk = make_user(tree["body"], "exam_clerk")
    foreign = make_user(tree["other"], "exam_clerk")
    officer = make_user(tree["changchun"], "city_officer")
    manager = actor("body", "body_manager")
    assert set(queries_staff.users_for(manager)) == {clerk, User.objects.get(pk=manager.user_id)}
    with pytest.raises(User.DoesNotExist):
        queries_staff.user_for(manager, foreign.pk)
    assert set(queries_staff.users_for(actor_for(officer, on=DAY))) == {
        clerk,
        officer,
        User.objects.get(pk=manager.user_id),
    }
    assert list(queries_staff.users_for(actor("body", "exam_clerk"))) == []
    assert set(queries_staff.users_for(actor("centre", "centre_officer"))) == set(
        User.objects.filter(roles__organisation=tree["centre"])
    )
    assert foreign in queries_staff.users_for(system("test"))


def test_the_database_refuses_a_role_that_ends_before_it_begins(tree):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(
            user=make_user(tree["body"]), organisation=tree["body"], role="scorer", since=DAY, until=date(2026, 5, 31)
        )


@pytest.mark.django_db
def test_an_expert_sees_nothing_of_the_authoritys_tree():
    tree = make_tree()
    expert = make_actor(tree["province"], "expert")
    both = make_actor(tree["province"], "expert", "provincial_officer")
    body = make_body(tree["changchun"])
    assert (expert.path, expert.organisation_id) == ("", tree["province"].pk)
    assert list(AssessmentBody.objects.for_actor(expert)) == []
    assert list(AssessmentBody.objects.for_actor(both)) == [body]
