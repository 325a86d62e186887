"""The staff pages: what a manager does there, and that a form can't ask for more than the pages offer."""

import re
from datetime import date

import pytest
from django.test import Client
from tests.factories import make_organisation, make_tree, make_user

from gongjiang.accounts.models import RoleAssignment, User
from gongjiang.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    found = make_tree()
    found["body"] = make_organisation("body", "样例榫卯", "2201", found["changchun"])
    found["other"] = make_organisation("body", "样例墨斗", "2202", found["jilin_city"])
    return found


@pytest.fixture
def manager(client, tree):
    client.force_login(make_user(tree["body"], "body_manager", name="丁卯春"))
    return client


def new_user(tree, **changes):
    data = {"username": "wuchenxia", "display_name": "戊辰夏", "email": "", "place": f"{tree['body'].pk}:exam_clerk"}
    return {**data, **changes}


def test_the_one_time_password_is_shown_once_and_lets_in_to_choose_an_own_one(manager, tree):
    shown = manager.post("/staff/new/", new_user(tree))
    assert (shown.status_code, shown["Cache-Control"]) == (
        200,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    [password] = re.findall(r"(?:[a-z0-9]{4}-){3}[a-z0-9]{4}", shown.content.decode())
    user = User.objects.get(username="wuchenxia")
    page = manager.get(f"/staff/{user.pk}/").content.decode()
    assert "戊辰夏" in page
    assert password not in page
    theirs = Client()
    assert theirs.post("/account/login/", {"login": "wuchenxia", "password": password}).status_code == 302
    for url in ("/staff/", "/inbox/", "/batches/", "/directory/"):
        assert theirs.get(url)["Location"] == "/account/password/change/"
    own = "own-joiner-and-seal-2"
    answer = theirs.post("/account/password/change/", {"oldpassword": password, "password1": own, "password2": own})
    assert answer.status_code == 302
    assert theirs.get("/batches/").status_code == 200
    user.refresh_from_db()
    assert (user.must_change_password, user.check_password(own)) == (False, True)
    assert AuditEntry.objects.get(action="account.choose_password").actor_id == user.pk


def test_the_same_form_sent_twice_opens_one_account(manager, tree):
    manager.post("/staff/new/", new_user(tree))
    again = manager.post("/staff/new/", new_user(tree))
    assert (again.status_code, User.objects.filter(username="wuchenxia").count()) == (409, 1)


@pytest.mark.parametrize(
    "extra",
    [
        {"is_superuser": "1", "is_staff": "1", "must_change_password": "", "person_key": "k" * 64},
        {"role": "provincial_officer", "organisation": "1", "roles": "provincial_officer"},
    ],
)
def test_extra_fields_of_a_form_change_nothing(manager, tree, extra):
    assert manager.post("/staff/new/", new_user(tree, **extra)).status_code == 200
    user = User.objects.get(username="wuchenxia")
    assert (user.is_superuser, user.is_staff, user.must_change_password, user.person_key) == (False, False, True, "")
    assert [(each.role, each.organisation_id) for each in user.roles.all()] == [("exam_clerk", tree["body"].pk)]


@pytest.mark.parametrize(
    ("place", "role"), [("province", "provincial_officer"), ("other", "exam_clerk"), ("changchun", "city_officer")]
)
def test_a_place_that_the_page_doesnt_offer_isnt_taken(manager, tree, place, role):
    wanted = f"{tree[place].pk}:{role}"
    before = RoleAssignment.objects.count()
    assert manager.post("/staff/new/", new_user(tree, place=wanted)).status_code == 200
    clerk = make_user(tree["body"], "exam_clerk")
    manager.post(f"/staff/{clerk.pk}/roles/", {"place": wanted})
    assert not User.objects.filter(username="wuchenxia").exists()
    assert RoleAssignment.objects.count() == before + 1
    assert f'value="{wanted}"' not in manager.get("/staff/new/").content.decode()


@pytest.mark.parametrize("username", ["229104198001011234", "２２９１０４１９８００１０１１２３４", "a b"])
def test_a_username_is_no_identity_number(manager, tree, username):
    assert manager.post("/staff/new/", new_user(tree, username=username)).status_code == 200
    assert not User.objects.filter(display_name="戊辰夏").exists()


@pytest.mark.requirement("GOV-01")
def test_another_bodys_staff_are_not_found_and_the_try_is_recorded(manager, tree):
    foreign = make_user(tree["other"], "exam_clerk", name="己巳秋")
    assignment = foreign.roles.get()
    tries = [
        manager.get(f"/staff/{foreign.pk}/"),
        manager.get(f"/staff/{foreign.pk}/renew/"),
        manager.post(f"/staff/{foreign.pk}/renew/", {"reason": "样例"}),
        manager.post(f"/staff/{foreign.pk}/roles/", {"place": f"{tree['body'].pk}:scorer"}),
        manager.get(f"/staff/roles/{assignment.pk}/end/"),
        manager.post(f"/staff/roles/{assignment.pk}/end/", {"reason": "样例"}),
    ]
    assert [each.status_code for each in tries] == [404] * 6
    assert all("己巳秋" not in each.content.decode() for each in tries)
    assert AuditEntry.objects.filter(action="scope.not_found", outcome="refused").count() == 6
    foreign.refresh_from_db()
    assert (foreign.must_change_password, foreign.roles.get().until) == (False, None)
    assert "己巳秋" not in manager.get("/staff/").content.decode()


def test_a_role_is_given_and_ended_on_the_page(manager, tree):
    clerk = make_user(tree["body"], "exam_clerk", name="庚午冬")
    assert manager.post(f"/staff/{clerk.pk}/roles/", {"place": f"{tree['body'].pk}:scorer"}).status_code == 302
    given = clerk.roles.get(role="scorer")
    assert manager.get(f"/staff/roles/{given.pk}/end/").status_code == 200
    assert manager.post(f"/staff/roles/{given.pk}/end/", {"reason": "样例"}).status_code == 302
    assert clerk.roles.get(role="scorer").until is not None
    assert "授予了角色" in manager.get(f"/staff/{clerk.pk}/").content.decode()


def test_an_ended_role_closes_a_session_that_is_open(tree):
    clerk = make_user(tree["body"], "exam_clerk")
    theirs = Client()
    theirs.force_login(clerk)
    assert theirs.get("/batches/").status_code == 200
    clerk.roles.update(until=date(2026, 1, 1))
    assert theirs.get("/batches/").status_code == 403


def test_a_renewed_sign_in_closes_open_sessions(manager, tree):
    clerk = make_user(tree["body"], "exam_clerk")
    theirs = Client()
    theirs.force_login(clerk)
    shown = manager.post(f"/staff/{clerk.pk}/renew/", {"reason": "手机遗失（样例）"})
    assert shown.status_code == 200
    assert "joiner-and-seal-1" not in shown.content.decode()
    assert theirs.get("/batches/")["Location"].startswith("/account/login/")


def test_ones_own_page_offers_nothing_to_do(manager, tree):
    me = User.objects.get(display_name="丁卯春")
    page = manager.get(f"/staff/{me.pk}/").content.decode()
    assert "/renew/" not in page
    assert "/end/" not in page
    assert f"/staff/{me.pk}/roles/" not in page


def test_the_list_asks_as_often_for_one_account_as_for_four(manager, tree):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert manager.get("/staff/").status_code == 200
        return len(found)

    queries()
    one = queries()
    for _each in range(3):
        make_user(tree["body"], "exam_clerk", "scorer")
    assert queries() == one
