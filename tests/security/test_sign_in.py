"""Guessing passwords, stolen sessions, forged requests (abuse cases 41 to 43)."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from tests.factories import make_tree, make_user

from gongjiang.kernel.http import client_address

pytestmark = pytest.mark.django_db
PASSWORD = "joiner-and-seal-1"


@pytest.fixture(autouse=True)
def _counted(settings):
    settings.AXES_ENABLED = True
    cache.clear()


@pytest.fixture
def user():
    return make_user(make_tree()["province"], "provincial_officer")


def try_(client, username, password="wrong-joiner-1", **headers):
    return client.post("/account/login/", {"login": username, "password": password}, **headers)


def without_username(answer, username):
    """Return the page without what differs for good reason: the name typed back and the token of the form."""
    page = answer.content.decode().replace(username, "USER")
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+|(hx-headers=)[^>]+', "", page)


def test_ten_wrong_passwords_lock_and_the_right_one_waits_too(client, user):
    answers = [try_(client, user.username).status_code for _each in range(10)]
    assert answers == [200] * 9 + [429]
    locked = try_(client, user.username, PASSWORD)
    assert (locked.status_code, "_auth_user_id" in client.session) == (429, False)
    assert "15 分钟" in locked.content.decode()


def test_known_and_unknown_names_get_the_same_answers(user):
    def answers(username):
        client = Client()
        return [try_(client, username) for _each in range(11)]

    cache.clear()
    known = answers(user.username)
    cache.clear()
    unknown = answers("nobody-here")
    for one, other in zip(known, unknown, strict=True):
        assert one.status_code == other.status_code
        assert without_username(one, user.username) == without_username(other, "nobody-here")


def test_other_addresses_share_the_accounts_limit(user):
    """The pair of account and address is counted on disk, the account over all addresses in memory."""
    codes = [try_(Client(REMOTE_ADDR=f"198.51.100.{n}"), user.username).status_code for n in range(12)]
    assert codes == [200] * 10 + [429] * 2
    assert try_(Client(REMOTE_ADDR="198.51.100.99"), user.username, PASSWORD).status_code == 429


def test_a_neighbours_account_stays_open(user):
    other = make_user(make_tree()["province"], "provincial_officer")
    for n in range(10):
        try_(Client(REMOTE_ADDR=f"198.51.100.{n}"), user.username)
    assert try_(Client(REMOTE_ADDR="198.51.100.1"), other.username, PASSWORD).status_code == 302


def test_a_forged_forwarding_header_doesnt_open_a_locked_pair(client, user):
    codes = [try_(client, user.username, HTTP_X_FORWARDED_FOR=f"203.0.113.{n}").status_code for n in range(1, 12)]
    assert codes == [200] * 9 + [429] * 2


def test_the_addresses_seen_behind_a_trusted_proxy_are_the_clients(settings, rf):
    settings.TRUSTED_PROXIES = ["192.0.2.0/24"]
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="10.0.0.9, 203.0.113.7")
    assert client_address(request) == "203.0.113.7"
    from allauth.account.adapter import get_adapter
    from axes.helpers import get_client_ip_address

    assert get_adapter(request).get_client_ip(request) == "203.0.113.7"
    assert get_client_ip_address(request) == "203.0.113.7"


def test_the_session_gets_a_new_id_at_sign_in(client, user):
    client.get("/account/login/")
    session = client.session
    session["seen"] = 1
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    assert try_(client, user.username, PASSWORD).status_code == 302
    after = client.cookies["sessionid"].value
    assert after != before
    assert not Session.objects.filter(session_key=before).exists()


def test_signing_out_ends_the_session_on_the_server(client, user):
    try_(client, user.username, PASSWORD)
    stolen = Client()
    stolen.cookies["sessionid"] = client.cookies["sessionid"].value
    assert stolen.get("/settings/calendar/").status_code == 200
    client.post("/account/logout/")
    assert stolen.get("/settings/calendar/")["Location"].startswith("/account/login/")
    assert Session.objects.count() == 0


def test_a_session_ends_after_eight_hours(settings):
    assert settings.SESSION_COOKIE_AGE == 8 * 3600


def test_a_post_without_the_forms_token_is_refused(user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    for url in ("/account/login/", "/inbox/", "/staff/new/", "/settings/calendar/", "/account/logout/"):
        assert (url, client.post(url).status_code) == (url, 403)
    assert client.get("/settings/calendar/").status_code == 200


def test_a_get_changes_nothing_and_doesnt_sign_out(client, user):
    client.force_login(user)
    assert client.get("/account/logout/").status_code == 200
    assert client.get("/settings/calendar/").status_code == 200


@pytest.mark.parametrize(
    "url", ["https://evil.example/", "//evil.example/", "https:evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(client, user, url):
    """Abuse case 39: no redirect leaves the platform."""
    answer = client.post(f"/account/login/?next={url}", {"login": user.username, "password": PASSWORD, "next": url})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith("//")
    assert "evil" not in answer["Location"]


def test_changing_the_language_leads_nowhere_else(client):
    answer = client.post("/i18n/setlang/", {"language": "en", "next": "https://evil.example/"})
    assert answer["Location"] == "/"
