"""What every answer carries, whatever it is about (abuse case 43), and that production starts safe only (55)."""

import os
import re
import subprocess
import sys

import pytest
from django.urls import reverse
from tests.security.test_role_url import ADDRESSES, CLOSED, OPEN, SIGNED_IN, ask, text_of

pytestmark = pytest.mark.django_db
HANDLER = re.compile(r"<[^>]+\son[a-z]+\s*=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")[^>]*>", re.IGNORECASE)


def directives(answer) -> dict[str, list[str]]:
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";") if part.strip()]
    return {part[0]: part[1:] for part in parts}


def check(answer) -> None:
    """Assert the headers of one answer, and that its page has nothing that the policy would have to allow."""
    policy = directives(answer)
    scripts = policy.get("script-src", policy["default-src"])
    assert scripts in (["'self'"], ["'none'"])
    assert (policy["frame-ancestors"], policy["base-uri"]) == (["'none'"], ["'none'"])
    assert policy.get("object-src", policy["default-src"]) == ["'none'"]
    assert policy.get("form-action", ["'none'"]) in (["'self'"], ["'none'"])
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    if answer["Content-Type"].startswith("text/html"):
        page = text_of(answer)
        assert INLINE_SCRIPT.findall(page) == []
        assert HANDLER.findall(page) == []


@pytest.mark.parametrize("name", OPEN)
def test_a_public_answer_carries_every_header(world, name, client):
    check(ask(client, reverse(name, kwargs=world.own.args(name, ADDRESSES[name]))))


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_signup"])
def test_the_pages_of_signing_in_carry_them_too(client, name):
    check(client.get(reverse(name)))


def test_closed_pages_and_refusals_carry_them_too(world, client):
    clerk = world.clients["exam_clerk"]
    for name in [*SIGNED_IN, *CLOSED[::5]]:
        check(ask(clerk, reverse(name, kwargs=world.own.args(name, ADDRESSES[name]))))
    check(client.get("/no-such-page/"))
    check(clerk.get("/bodies/"))


def test_the_forms_token_stays_on_this_site(client):
    client.get("/account/login/")
    cookie = client.cookies["csrftoken"]
    assert (cookie["samesite"], cookie["path"]) == ("Lax", "/")


def test_a_session_cookie_is_http_only_of_this_site_and_ends_with_the_browser(client, django_user_model):
    user = django_user_model.objects.create_user(username="dingmao", password="joiner-and-seal-1")
    client.post("/account/login/", {"login": user.username, "password": "joiner-and-seal-1"})
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def manage(*arguments, **environment):
    """Run a management command of the platform as production would."""
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "GONGJIANG_SECRET_KEY": "k" * 10 + os.urandom(32).hex(),
        "GONGJIANG_FIELD_KEY": os.urandom(32).hex(),
        "GONGJIANG_INDEX_KEY": os.urandom(32).hex(),
        "GONGJIANG_ALLOWED_HOSTS": "pingjia.example",
        "GONGJIANG_PUBLIC_URL": "https://pingjia.example",
        **environment,
    }
    command = [sys.executable, "-m", "gongjiang", "manage", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, cwd=environment["GONGJIANG_DATA_DIR"])


def test_djangos_own_check_for_deployment_finds_nothing(tmp_path):
    run = manage("check", "--deploy", "--fail-level", "WARNING", GONGJIANG_DATA_DIR=str(tmp_path))
    assert (run.returncode, "no issues" in run.stdout) == (0, True), run.stdout + run.stderr


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"GONGJIANG_FIELD_KEY": ""}, "kernel.E002"),
        ({"GONGJIANG_PUBLIC_URL": "http://pingjia.example"}, "kernel.E006"),
        ({"GONGJIANG_ALLOWED_HOSTS": "*"}, "kernel.E005"),
    ],
)
def test_the_check_names_what_is_unsafe(tmp_path, changed, code):
    run = manage("check", "--deploy", "--fail-level", "WARNING", GONGJIANG_DATA_DIR=str(tmp_path), **changed)
    assert (run.returncode, code in run.stderr) == (1, True)


def test_productions_cookies_travel_over_https_only(tmp_path):
    words = "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT REQUIRE_SECOND_FACTOR AXES_ENABLED DEBUG"
    code = f"from django.conf import settings; print(*[getattr(settings, name) for name in '{words}'.split()])"
    run = manage("shell", "--no-imports", "-c", code, GONGJIANG_DATA_DIR=str(tmp_path))
    assert run.stdout.split() == ["True"] * 5 + ["False"], run.stderr


def test_djangos_admin_isnt_installed(settings):
    """It would go around the actions."""
    assert [app for app in settings.INSTALLED_APPS if "admin" in app] == []
    assert [name for name in ADDRESSES if "admin" in name] == []
