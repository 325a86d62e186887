"""Abuse cases that go across the apps; the table of docs/security.md says where the others are proven."""

import ast
import json
import logging
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.factories import make_actor, make_confirmed_batch
from tests.security.test_role_url import ADDRESSES, CLOSED, OPEN, ask, text_of

from gongjiang.certificates.models import Certificate
from gongjiang.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).parents[2] / "src/gongjiang"
HOSTILE = (
    "password",
    "-password",
    "user__password",
    "' OR 1=1 --",
    "1; DROP TABLE accounts_user",
    "%00",
    "９",
    "-1",
    "1e9",
)
ASKED = (
    "sort",
    "ordering",
    "order",
    "q",
    "text",
    "page",
    "state",
    "division",
    "occupation",
    "level",
    "kind",
    "place",
    "batch",
)
LISTS = sorted(name for name in [*CLOSED, *OPEN] if not ADDRESSES[name])


@pytest.mark.parametrize("name", LISTS)
def test_no_parameter_breaks_a_list_or_sorts_by_what_isnt_offered(world, name):
    """Abuse case 44."""
    clients = [world.clients["city_officer"], world.clients["exam_clerk"]]
    for number, word in enumerate(HOSTILE):
        query = "&".join(f"{key}={word}" for key in ASKED)
        answer = ask(clients[number % 2], f"{reverse(name)}?{query}")
        assert (word, answer.status_code < 500) == (word, True)
        assert [each for each in world.foreign.markers if each in text_of(answer)] == [] or name in OPEN


def test_no_query_is_put_together_from_words():
    """Abuse case 44: raw SQL stands nowhere but in what this list names, and never with a value in its text."""
    found = []
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if is_call and node.func.attr in {"raw", "extra"} and not path.name.startswith("cli"):
                found.append(f"{path.relative_to(SOURCE)}:{node.lineno}")
    assert found == []


def test_the_day_of_issue_is_the_platforms(world):
    """Abuse case 31: a day in the form changes nothing."""
    body = world.own.records["body"]
    clerk = world.clients["certificate_clerk"]
    batch = make_confirmed_batch(body, make_actor(body.organisation, "exam_clerk"), passed=1, start=80)
    form = {"issued_on": "2026-06-01", "issue_date": "2026-06-01", "at": "2026-06-01", "key": "k"}
    assert clerk.post(reverse("batch-issue", args=[batch.pk]), form).status_code == 302
    assert [str(each.issued_on) for each in Certificate.everything.filter(batch=batch)] == ["2026-06-16"]


def test_a_forged_forwarding_header_doesnt_lift_the_limit_of_verification(world, settings):
    """Abuse cases 40 and 41: from one socket, whatever the header says."""
    cache.clear()
    settings.VERIFY_MISSES_AN_HOUR = 5
    client, answers = Client(), []
    for guess in range(8):
        form = {"number": f"S00002299901726400{guess:04}", "name": "丁卯春"}
        answers.append(client.post(reverse("verify"), form, HTTP_X_FORWARDED_FOR=f"203.0.113.{guess}"))
    assert [answer.status_code for answer in answers][-2:] == [429, 429]
    assert [each for each in world.own.markers for answer in answers if each in text_of(answer)] == []


def test_the_platform_fetches_nothing_from_an_address(world):
    """Abuse case 48: no module can, and no form asks for an address."""
    clients_of_http = {"requests", "httpx", "urllib3", "aiohttp", "urllib.request", "http.client", "socket", "ftplib"}
    found = []
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [f"{path.relative_to(SOURCE)}: {name}" for name in names if name in clients_of_http]
            if isinstance(node, ast.Attribute) and node.attr == "URLField":
                found.append(f"{path.relative_to(SOURCE)}: URLField")
    assert sorted(found) == []


@pytest.mark.requirement("ENR-05", "CNF-01")
def test_no_full_number_stands_in_a_page_a_log_or_an_address(world, caplog):
    """A number is shown on asking for it with a purpose, and stands nowhere else even then."""
    caplog.set_level(logging.DEBUG)
    clerk = world.clients["exam_clerk"]
    enrolment = world.own.records["enrolment"]
    number = enrolment.candidate.identity
    for name in (
        "enrolment",
        "batch-enrolments",
        "certificate",
        "batch-certificates",
        "batch-results",
        "enrolment-list",
    ):
        kwargs = world.own.args(name, ADDRESSES[name])
        page = text_of(clerk.get(reverse(name, kwargs=kwargs)))
        assert (name, number in page) == (name, False)
    url = reverse("reveal", kwargs=world.own.args("reveal", ADDRESSES["reveal"]))
    assert number not in url
    shown = clerk.post(url, {"purpose": "核对身份证件"}, headers={"accept": "application/json"})
    assert json.loads(shown.content) == {"value": number}
    assert shown["Cache-Control"].startswith("max-age=0")
    entry = AuditEntry.objects.filter(action="identity.reveal").latest("seq")
    assert (entry.reason, entry.subject_id) == ("核对身份证件", str(enrolment.candidate_id))
    assert [each for each in world.own.identities if each in caplog.text] == []
    assert number not in str(list(AuditEntry.objects.values_list()))


@pytest.mark.requirement("CNF-01")
def test_the_database_file_holds_no_number_in_the_clear(world):
    """Whoever reads the tables without the keys finds no identity or telephone number in any column."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = str(cursor.fetchall())
            found = [each for each in world.own.identities + world.foreign.identities if each in rows]
            assert (table, found) == (table, [])
