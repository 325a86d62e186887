"""Every address answers each role as the table of tests/architecture says, and shows nothing of another body (GOV-01).

A row of the table opens an address to its roles. Everybody else is refused or asked to sign in; they never get 200.
Who belongs there is never told that the role is wrong. A record of another body is 404, shows none of its words, and
the try stands in the trail.
"""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import IntConverter
from tests.security.world import AUTHORITIES

from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.roles import BODY_ROLES

TABLE = tomllib.loads((Path(__file__).parents[1] / "architecture/role_url.toml").read_text())["urls"]
# Sign-in is allauth's own; test_sign_in and test_second_factor go through it.
ELSEWHERE = ("account_", "mfa_", "set_language")
EVERYBODY = (*AUTHORITIES, *BODY_ROLES, "candidate")
# Whose role the address is for, but not at this body: it gives its certificates' numbers itself.
NOT_HERE = {("batch-give-numbers", "centre_officer")}
pytestmark = [pytest.mark.django_db, pytest.mark.requirement("GOV-01")]


def addresses(resolver=None, namespace: str = "") -> Iterator[tuple[str, dict[str, type]]]:
    """Yield the full name of every address with its parameters: whole numbers or words."""
    for each in (resolver or get_resolver("gongjiang.config.urls")).url_patterns:
        if not isinstance(each, URLPattern):
            yield from addresses(each, f"{namespace}{each.namespace}:" if each.namespace else namespace)
        elif not f"{namespace}{each.name}".startswith(ELSEWHERE):
            kinds = {
                key: int if isinstance(kind, IntConverter) else str for key, kind in each.pattern.converters.items()
            }
            yield f"{namespace}{each.name}", kinds


ADDRESSES = dict(addresses())
CLOSED = sorted(name for name in ADDRESSES if isinstance(TABLE.get(name), list))
OPEN = sorted(name for name in ADDRESSES if TABLE.get(name) in ("public", "demo"))
SIGNED_IN = sorted(name for name in ADDRESSES if TABLE.get(name) == "signed in")


def ask(client: Client, url: str):
    """Ask for the address, by an empty form where it takes forms only, and undo what that did."""
    accepts = {"headers": {"accept": "application/json, text/html;q=0.9"}}
    undone = transaction.atomic()
    undone._from_testcase = True
    with undone:
        answer = client.get(url, **accepts)
        if answer.status_code == 405:
            answer = client.post(url, {}, **accepts)
        answer.tries = AuditEntry.objects.filter(action="scope.not_found", outcome="refused").count()
        transaction.set_rollback(True)
    return answer


def text_of(answer) -> str:
    """Return the answer's words, and nothing of what is no text."""
    if "text" not in answer.get("Content-Type", "") and "json" not in answer.get("Content-Type", ""):
        return ""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


def wrong_role(answer) -> bool:
    """Say whether the answer refuses the role itself."""
    if answer.status_code != 403 or "json" not in answer["Content-Type"]:
        return False
    return any(ground["code"] == "wrong-role" for ground in json.loads(text_of(answer))["grounds"])


def leads_to_sign_in(answer) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("name", CLOSED)
def test_it_opens_to_its_roles_and_to_nobody_else(world, name):
    url = reverse(name, kwargs=world.own.args(name, ADDRESSES[name]))
    wrong = {}
    if not leads_to_sign_in(answer := ask(Client(), url)):
        wrong["nobody"] = answer.status_code
    for role in EVERYBODY:
        answer = ask(world.clients[role], url)
        belongs = role in TABLE[name] and (name, role) not in NOT_HERE
        if belongs and (wrong_role(answer) or leads_to_sign_in(answer) or answer.status_code >= 500):
            wrong[role] = answer.status_code
        if not belongs and answer.status_code not in (403, 404):
            wrong[role] = answer.status_code
        if shown := [each for each in world.own.identities if each in text_of(answer)]:
            wrong[f"{role} sees"] = shown
    assert wrong == {}


@pytest.mark.parametrize("name", OPEN)
def test_it_opens_to_anybody(world, name):
    url = reverse(name, kwargs=world.own.args(name, ADDRESSES[name]))
    for user in (Client(), world.clients["exam_clerk"], world.clients["candidate"]):
        answer = ask(user, url)
        assert (leads_to_sign_in(answer), wrong_role(answer), answer.status_code >= 500) == (False, False, False)
        assert [each for each in world.own.identities + world.foreign.identities if each in text_of(answer)] == []


@pytest.mark.parametrize("name", SIGNED_IN)
def test_it_opens_to_whoever_signed_in(world, name):
    url = reverse(name, kwargs=world.own.args(name, ADDRESSES[name]))
    assert leads_to_sign_in(ask(Client(), url))
    for role in EVERYBODY:
        answer = ask(world.clients[role], url)
        assert (role, answer.status_code in (200, 302, 303, 400)) == (role, True)
        assert [each for each in world.own.identities if each in text_of(answer)] == []


WITH_A_RECORD = [name for name in CLOSED if int in ADDRESSES[name].values()]


@pytest.mark.parametrize("name", WITH_A_RECORD)
def test_another_bodys_record_is_not_found_and_the_try_is_recorded(world, name):
    """Abuse cases 1 and 2: every role of a body, its city's officer, and a candidate."""
    url = reverse(name, kwargs=world.foreign.args(name, ADDRESSES[name]))
    wrong = {}
    for role in (*BODY_ROLES, "city_officer", "candidate"):
        answer = ask(world.clients[role], url)
        expected = 404 if role in TABLE[name] else 403
        seen = [each for each in world.foreign.markers if each in text_of(answer)]
        if answer.status_code not in {expected, 404} or seen or (expected == 404 and answer.tries != 1):
            wrong[role] = (answer.status_code, seen, answer.tries)
    assert wrong == {}


LISTS = sorted(name for name in CLOSED if not ADDRESSES[name])


@pytest.mark.parametrize("name", LISTS)
def test_no_list_shows_another_bodys_words(world, name):
    for role in (*BODY_ROLES, "city_officer", "candidate"):
        page = text_of(ask(world.clients[role], reverse(name)))
        assert (role, [each for each in world.foreign.markers if each in page]) == (role, [])


def test_the_world_has_words_that_could_leak(world):
    """A leak test needs data that could leak: who belongs there does see them."""
    page = text_of(ask(world.clients["provincial_officer"], reverse("body-list")))
    assert "吉林墨斗技能评价中心（样例）" in page
    assert len(world.own.identities) == len(set(world.own.identities)) == 10
    assert len(WITH_A_RECORD) > 100
