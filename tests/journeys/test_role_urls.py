"""The answers agree with the role × URL table, address by address and role by role."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver
from tests.architecture.test_urls import table
from tests.factories import make_user
from tests.journeys.conftest import make_user_without_roles, sign_in
from tests.journeys.test_foreign_clerk import NUMBERED, patterns

from gongjiang.kernel.roles import AUTHORITY_ROLES, STAFF_ROLES

pytestmark = pytest.mark.django_db
WORDS = {"model": "certificates.certificate", "field": "identity", "kind": "tickets", "part": "theory", "sheet": "data",
         "name": "photo.profile", "key": "JL-2024-5", "code": "none", "number": "none", "path": "none"}  # fmt: skip
OURS = {name: who for name, who in table().items() if isinstance(who, list)}


def address_of(route: str) -> str:
    """Return the address with a record that doesn't exist: roles are asked before records."""
    return "/" + NUMBERED.sub(lambda found: str(WORDS.get(found[2], 9_999_999)), route)


def routes() -> dict[str, str]:
    return dict(patterns(get_resolver("gongjiang.config.urls")))


def asked(client: Client, address: str):
    """Return the answer to a look, or where only sending is possible to an empty form."""
    answer = client.get(address, HTTP_ACCEPT="application/json")
    return client.post(address, HTTP_ACCEPT="application/json") if answer.status_code == 405 else answer


@pytest.fixture
def signed(tree, body):
    """Return a way to a browser in which somebody with the one role is signed in."""
    user = {
        role: make_user(tree["province"] if role in AUTHORITY_ROLES else body.organisation, role)
        for role in STAFF_ROLES
    }
    candidate = make_user_without_roles("考生")
    candidate.person_key = "f" * 64
    candidate.save()
    return {**{role: sign_in(each) for role, each in user.items()}, "candidate": sign_in(candidate)}


@pytest.mark.requirement("GOV-01")
def test_each_role_opens_what_the_table_says_and_nothing_else(signed):
    wrong = []
    for name, roles in OURS.items():
        address = address_of(routes()[name])
        for role, client in signed.items():
            answer = asked(client, address)
            if is_turned_away(answer) == (role in roles):
                wrong.append(f"{name}, {role}: {answer.status_code}, the table says {role in roles}")
    assert wrong == []


def test_strangers_are_asked_to_sign_in(db):
    client = Client()
    found = {name: asked(client, address_of(routes()[name])) for name in OURS}
    led = {name: answer.headers.get("Location", "") for name, answer in found.items()}
    assert [name for name, where in led.items() if not where.startswith(f"{_login()}?next=")] == []


def test_public_addresses_ask_nobody_to_sign_in(db):
    public = [name for name, who in table().items() if who == "public" and not name.startswith(("account_", "mfa_"))]
    client = Client()
    led = {name: asked(client, address_of(routes()[name])) for name in public if name in routes()}
    assert [name for name, answer in led.items() if answer.headers.get("Location", "").startswith(_login())] == []
    assert {name: answer.status_code for name, answer in led.items() if answer.status_code >= 500} == {}


def is_turned_away(answer) -> bool:
    """Tell a page that is closed to the role from an act that a record's state doesn't allow."""
    return answer.status_code == 403 and {each["code"] for each in answer.json()["grounds"]} == {"wrong-role"}


def _login() -> str:
    from django.urls import reverse

    return reverse(settings.LOGIN_URL)
