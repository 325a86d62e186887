"""A clerk of another body tries every address that names a record: nothing opens or shows, all is written down."""

import pytest
from django.urls import reverse
from tests.architecture.test_urls import table
from tests.factories import make_user
from tests.journeys.conftest import FOREIGN, sign_in
from tests.security.test_role_url import addresses
from tests.security.world import build

from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.roles import BODY_ROLES

pytestmark = pytest.mark.django_db
LISTS = ("/batches/", "/enrolments/", "/exams/", "/exams/rooms/", "/exams/staff/", "/objections/", "/certificates/",
         "/reports/", "/staff/", "/search/?q=外市", "/home/", "/inbox/", "/batches/new/")  # fmt: skip


def of_records() -> dict[str, dict[str, type]]:
    """Return the addresses that name a record by number and aren't open to the public, with their parameters."""
    public = {name for name, who in table().items() if who == "public"}
    return {name: kinds for name, kinds in addresses() if int in kinds.values() and name not in public}


@pytest.mark.requirement("GOV-01")
def test_every_address_is_closed_to_another_body_and_every_try_is_recorded():
    world = build()
    clerk_of_all = make_user(world.own.records["body"].organisation, *BODY_ROLES, name="本市经办人")
    client = sign_in(clerk_of_all)
    opened, shown, tries = [], [], 0
    for name, kinds in of_records().items():
        address = reverse(name, kwargs=world.foreign.args(name, kinds))
        for send in (client.get, client.post):
            answer = send(address, **({"data": {"purpose": "查看"}} if send == client.post else {}))
            if answer.status_code == 405:
                continue
            tries += 1
            if answer.status_code not in (403, 404, 409):
                opened.append(f"{name} {address} {answer.status_code}")
            text = answer.content.decode(errors="replace")
            shown += [f"{name} {address}: {word}" for word in world.foreign.markers if word in text]
    assert opened == []
    assert shown == []
    mine = AuditEntry.objects.filter(actor_id=clerk_of_all.pk, outcome="refused")
    assert tries > 200
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

    set_clock("2026-06-17 10:24")
    client = sign_in(make_user(tree["jilin_city"], "city_officer"))
    assert "外市公示批次" in client.get("/batches/").content.decode()
    assert client.get(f"/batches/{foreign.batches[1].pk}/").status_code == 200
    assert client.get(f"/certificates/{foreign.certificate.pk}/").status_code == 200
