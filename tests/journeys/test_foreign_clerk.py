"""A clerk of another body tries every address that names a record: nothing opens or shows, all is written down."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests.architecture.test_urls import table
from tests.journeys.conftest import FOREIGN, sign_in

from gongjiang.bodies.models import PeriodicReport
from gongjiang.kernel.models import AuditEntry
from gongjiang.sittings.models import Duty, Seat

pytestmark = pytest.mark.django_db
NUMBERED = re.compile(r"<(?:(\w+):)?(\w+)>")
LISTS = ("/batches/", "/enrolments/", "/exams/", "/exams/rooms/", "/exams/staff/", "/objections/", "/certificates/",
         "/reports/", "/staff/", "/search/?q=外市", "/home/", "/inbox/", "/batches/new/")  # fmt: skip
OF_NO_BODY = {"mfa_remove_webauthn", "mfa_edit_webauthn"}  # one's own keys, by the sign-in package


def patterns(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Yield the full name and the route of every address."""
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield f"{space}{each.name}", route
        else:
            yield from patterns(each, route, f"{space}{each.namespace}:" if each.namespace else space)


def numbered() -> list[tuple[str, str]]:
    """Return every address that names a record by number and isn't open to the public."""
    public = {name for name, who in table().items() if who == "public"}
    found = [(name, route) for name, route in patterns(get_resolver("gongjiang.config.urls")) if "<int:" in route]
    return [(name, route) for name, route in found if name not in public | OF_NO_BODY]


def periodic_report(body) -> PeriodicReport:
    return PeriodicReport.everything.create(
        body=body, kind="plan", period="2026", since=date(2026, 1, 1), until=date(2027, 1, 1), text="外市计划",
        due_on=date(2026, 3, 31), due_source="样例", state="submitted", submitted_on=date(2026, 3, 1),
    )  # fmt: skip


@pytest.fixture
def records(foreign):
    """What stands behind the first number of an address, by how the address begins."""
    batches = [batch.pk for batch in foreign.batches]
    role = foreign.user.roles.first()
    return {
        "batches": batches,
        "enrolments": [foreign.enrolment.pk],
        "imports": [foreign.run.pk],
        "overrides": [1],
        "appeals": [1],
        "score-sheets": [foreign.sheet.pk],
        "results": [foreign.result.pk],
        "objections": [foreign.objection.pk],
        "certificates/requests": [foreign.request.pk],
        "certificates": [foreign.certificate.pk],
        "reports": [foreign.package.pk],
        "bodies": [foreign.body.pk],
        "periodic-reports": [periodic_report(foreign.body).pk],
        "staff/roles": [role.pk],
        "staff": [foreign.user.pk],
        "mine/ticket": [foreign.enrolment.pk],
        "mine": [foreign.enrolment.pk],
        "reveal": [foreign.certificate.pk, foreign.enrolment.candidate_id],
    }


@pytest.fixture
def others(foreign):
    """What the later numbers and words of an address may be."""
    return {
        "paper": 1,
        "duty_pk": Duty.objects.filter(batch=foreign.arranged).first().pk,
        "seat_pk": Seat.objects.filter(arrangement__batch=foreign.arranged).first().pk,
        "part": "theory",
        "kind": "tickets",
        "period": "2026",
        "generation": 1,
        "row": 1,
        "sheet": "data",
        "model": "certificates.certificate",
        "field": "identity",
    }


def addresses(records: dict[str, list[int]], others: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Yield each address with each foreign record in it; one whose beginning nobody listed fails the test."""
    for name, route in numbered():
        beginning = next((each for each in records if route.startswith(f"{each}/")), None)
        assert beginning is not None, f"whose record does {route} name? add it to the list of this test"
        for pk in records[beginning]:
            yield name, "/" + NUMBERED.sub(lambda found, pk=pk: str(others.get(found[2], pk)), route)


@pytest.mark.requirement("GOV-01")
def test_every_address_is_closed_to_another_body_and_every_try_is_recorded(
    foreign, clerk_of_all, records, others, set_clock
):
    set_clock("2026-06-17 10:24")
    client = sign_in(clerk_of_all)
    secret = [FOREIGN, "外市", foreign.certificate.holder_name, foreign.enrolment.name, foreign.certificate.number]
    opened, shown, tries = [], [], 0
    for name, address in addresses(records, others):
        for send in (client.get, client.post):
            answer = send(address, **({"data": {"purpose": "查看"}} if send == client.post else {}))
            if answer.status_code == 405:
                continue
            tries += 1
            if answer.status_code not in (403, 404, 409):
                opened.append(f"{name} {address} {answer.status_code}")
            text = answer.content.decode(errors="replace")
            shown += [f"{name} {address}: {word}" for word in secret if word in text]
    assert opened == []
    assert shown == []
    mine = AuditEntry.objects.filter(actor_id=clerk_of_all.pk, outcome="refused")
    assert tries > 150
    assert mine.count() == tries


@pytest.mark.requirement("GOV-01")
def test_no_list_names_what_another_body_has(foreign, clerk_of_all, set_clock):
    set_clock("2026-06-17 10:24")
    client = sign_in(clerk_of_all)
    pages = {address: client.get(address) for address in LISTS}
    assert {address: page.status_code for address, page in pages.items()} == dict.fromkeys(LISTS, 200)
    secret = (FOREIGN, "外市公示批次", "外市编排批次", "外市报名批次", foreign.certificate.number)
    texts = {address: page.content.decode() for address, page in pages.items()}
    assert [f"{address}: {word}" for address, text in texts.items() for word in secret if word in text] == []


def test_the_officer_of_the_city_sees_what_the_clerk_could_not(foreign, tree, set_clock):
    """The marks exist: the same pages show them to whoever may see them."""
    from tests.factories import make_user

    set_clock("2026-06-17 10:24")
    client = sign_in(make_user(tree["jilin_city"], "city_officer"))
    assert "外市公示批次" in client.get("/batches/").content.decode()
    assert client.get(f"/batches/{foreign.batches[1].pk}/").status_code == 200
    assert client.get(f"/certificates/{foreign.certificate.pk}/").status_code == 200
