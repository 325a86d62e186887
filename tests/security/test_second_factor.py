"""Staff sign in with a second factor, candidates without; nothing opens before it is set up (abuse case 42)."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from tests.factories import make_tree, make_user
from tests.security.authenticator import code

from gongjiang.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "joiner-and-seal-1"


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True
    cache.clear()


@pytest.fixture
def clerk():
    return make_user(make_tree()["province"], "provincial_officer", name="丁卯春")


def sign_in(client, user, password=PASSWORD):
    return client.post("/account/login/", {"login": user.username, "password": password})


def activate(client, password=PASSWORD):
    """Set it up as a person does: give the password once more, read the secret from the page, type the code."""
    door = client.get("/account/2fa/totp/activate/")["Location"]
    assert door.startswith("/account/reauthenticate/")
    assert client.post(door, {"password": password})["Location"] == "/account/2fa/totp/activate/"
    page = client.get("/account/2fa/totp/activate/").content.decode()
    [secret] = set(re.findall(r"\b[A-Z2-7]{32}\b", page))
    answer = client.post("/account/2fa/totp/activate/", {"code": code(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def test_the_telephones_code_is_that_of_the_standard(monkeypatch):
    """RFC 6238, appendix B, cut to six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for moment, expected in ((59, "287082"), (1111111109, "081804"), (20000000000, "353130")):
        monkeypatch.setattr("tests.security.authenticator.time.time", lambda moment=moment: moment)
        assert code(secret) == expected


def test_until_it_is_set_up_every_page_leads_to_setting_it_up(client, clerk):
    assert sign_in(client, clerk).status_code == 302
    for url in ("/inbox/", "/settings/", "/batches/", "/directory/", "/audit/", "/staff/", "/no-such-page/"):
        assert (url, client.get(url).get("Location")) == (url, "/account/2fa/totp/activate/")
    assert client.post("/inbox/").get("Location") == "/account/2fa/totp/activate/"
    activate(client)
    assert client.get("/settings/calendar/").status_code == 200


def test_from_then_on_the_password_alone_lets_nobody_in(client, clerk):
    sign_in(client, clerk)
    secret = activate(client)
    cache.clear()  # a code serves once: the telephone's next one would be half a minute away
    fresh = Client()
    assert sign_in(fresh, clerk)["Location"] == "/account/2fa/authenticate/"
    assert "_auth_user_id" not in fresh.session
    assert fresh.get("/settings/calendar/")["Location"].startswith("/account/login/")
    wrong = "000000" if code(secret) != "000000" else "111111"
    assert fresh.post("/account/2fa/authenticate/", {"code": wrong}).status_code == 200
    assert "_auth_user_id" not in fresh.session
    assert fresh.post("/account/2fa/authenticate/", {"code": code(secret)}).status_code == 302
    assert fresh.get("/settings/calendar/").status_code == 200


def test_a_code_serves_once(client, clerk):
    sign_in(client, clerk)
    secret = activate(client)
    cache.clear()
    shown = code(secret)
    answers = []
    for _each in range(2):
        fresh = Client()
        sign_in(fresh, clerk)
        fresh.post("/account/2fa/authenticate/", {"code": shown})
        answers.append("_auth_user_id" in fresh.session)
    assert answers == [True, False]


def test_guessing_codes_stops(client, clerk):
    sign_in(client, clerk)
    secret = activate(client)
    cache.clear()
    fresh = Client()
    sign_in(fresh, clerk)
    for guess in range(12):
        fresh.post("/account/2fa/authenticate/", {"code": f"{guess:06}"})
    fresh.post("/account/2fa/authenticate/", {"code": code(secret)})
    assert "_auth_user_id" not in fresh.session


def test_who_takes_the_second_factor_off_is_held_at_the_door_again(client, clerk):
    sign_in(client, clerk)
    activate(client)
    Authenticator.objects.filter(user=clerk).delete()
    assert client.get("/settings/")["Location"] == "/account/2fa/totp/activate/"


def test_a_one_time_password_comes_first_then_the_second_factor(client, clerk):
    User.objects.filter(pk=clerk.pk).update(must_change_password=True)
    sign_in(client, clerk)
    assert client.get("/settings/")["Location"] == "/account/password/change/"
    own = "own-joiner-and-seal-2"
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": own, "password2": own})
    assert client.get("/settings/")["Location"] == "/account/2fa/totp/activate/"


def test_a_candidate_needs_none(client):
    candidate = make_user(make_tree()["province"])
    User.objects.filter(pk=candidate.pk).update(person_key="k" * 64)
    assert sign_in(client, candidate).status_code == 302
    assert client.get("/inbox/").status_code == 200


def test_the_demo_needs_none(client, clerk, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    assert sign_in(client, clerk).status_code == 302
    assert client.get("/settings/calendar/").status_code == 200


def test_nobody_registers(client):
    page = client.post("/account/signup/", {"username": "own", "password1": PASSWORD, "password2": PASSWORD})
    assert page.status_code == 200
    assert not User.objects.filter(username="own").exists()
