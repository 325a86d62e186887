"""The pages of certificates: who opens them, what they cost, and what a stranger gets."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.certificates.drawn import portrait
from tests.factories import at, make_certificates, make_confirmed_batch, make_user

from gongjiang.certificates import actions
from gongjiang.certificates.corrections import Correction
from gongjiang.certificates.models import Certificate, CertificateRequest
from gongjiang.kernel import files
from gongjiang.kernel.models import AuditEntry

LATER = at("2026-07-06 10:00")


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def clerk(world):
    return signed_in(make_user(world.body.organisation, "certificate_clerk", "exam_clerk"))


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_lists_cost_the_same_for_one_row_and_for_three(world, clerk):
    one = make_confirmed_batch(world.body, world.clerk, passed=1)
    make_certificates(one, world.clerk)
    alone = [queries(clerk, url) for url in ("/certificates/", f"/batches/{one.pk}/certificates/")]
    three = make_confirmed_batch(world.body, world.clerk, passed=3, start=50)
    make_certificates(three, world.clerk, on="2026-06-16 10:00")
    again = [queries(clerk, url) for url in ("/certificates/", f"/batches/{three.pk}/certificates/")]
    assert alone == again


def test_a_stranger_gets_404_everywhere_and_it_is_written_down(world):
    certificate = make_certificates(make_confirmed_batch(world.body, world.clerk, passed=1), world.clerk)[0]
    request = actions.request_reissue(actor=world.clerk, at=LATER, certificate=certificate, reason="遗失", key="r")
    other = world.tree["jilin_city"].children.get()
    stranger = signed_in(make_user(other, "certificate_clerk", "body_manager"))
    pk, batch = certificate.pk, certificate.batch_id
    for url in (
        f"/certificates/{pk}/",
        f"/certificates/{pk}/copies/1/",
        f"/certificates/{pk}/reissue/",
        f"/certificates/{pk}/correct/",
        f"/certificates/{pk}/revoke/",
        f"/certificates/requests/{request.pk}/",
        f"/certificates/requests/{request.pk}/export/",
        f"/certificates/requests/{request.pk}/proof/",
        f"/batches/{batch}/certificates/",
        f"/batches/{batch}/certificates/progress/",
    ):
        assert stranger.get(url).status_code == 404, url
    for url in (f"/batches/{batch}/issue/", f"/certificates/requests/{request.pk}/decide/"):
        assert stranger.post(url, {"decision": "approve"}).status_code == 404, url
    assert AuditEntry.objects.filter(action="scope.not_found").count() == 12
    found = stranger.post("/certificates/", {"number": certificate.number})
    assert found.status_code == 409
    assert certificate.holder_name not in found.content.decode()


def test_the_public_is_asked_to_sign_in(world):
    certificate = make_certificates(make_confirmed_batch(world.body, world.clerk, passed=1), world.clerk)[0]
    for url in ("/certificates/", f"/certificates/{certificate.pk}/copies/1/"):
        assert Client().get(url).status_code == 302


def test_issuing_from_the_page_makes_papers_and_a_second_press_changes_nothing(world, clerk):
    batch = make_confirmed_batch(world.body, world.clerk, passed=2)
    assert "颁发证书" in clerk.get(f"/batches/{batch.pk}/").content.decode()
    for _ in range(2):
        assert clerk.post(f"/batches/{batch.pk}/issue/").status_code == 302
    assert Certificate.everything.filter(state="valid").count() == 2
    page = clerk.get(f"/batches/{batch.pk}/certificates/").content.decode()
    assert "已发证 2 份" in page


def test_a_refusal_says_why_with_the_article_and_is_recorded(world, clerk):
    batch = make_confirmed_batch(world.body, world.clerk, passed=1)
    world.body.scope.all().delete()
    response = clerk.post(f"/batches/{batch.pk}/issue/")
    assert response.status_code == 409
    assert Certificate.everything.count() == 0
    entry = AuditEntry.objects.get(outcome="refused")
    assert entry.facts["codes"] == ["not-in-scope"]


def test_the_record_masks_the_number_and_the_pdf_is_the_stored_one(world, clerk):
    certificate = make_certificates(make_confirmed_batch(world.body, world.clerk, passed=1), world.clerk)[0]
    page = clerk.get(f"/certificates/{certificate.pk}/").content.decode()
    assert certificate.identity_masked in page
    assert certificate.identity not in page
    response = clerk.get(f"/certificates/{certificate.pk}/copies/1/")
    assert response.content == files.read(certificate.copies.get().file)
    assert response["Content-Type"] == "application/pdf"
    assert clerk.get(f"/certificates/{certificate.pk}/copies/2/").status_code == 404


@pytest.mark.requirement("COR-01")
def test_a_holder_asks_online_and_sees_only_the_own_certificate(world):
    first, second = make_certificates(make_confirmed_batch(world.body, world.clerk, passed=2), world.clerk)
    user = make_user(world.body.organisation)
    user.person_key = first.person_key
    user.save()
    holder = signed_in(user)
    assert holder.get(f"/certificates/{first.pk}/").status_code == 200
    assert holder.get(f"/certificates/{second.pk}/").status_code == 404
    form = {"key": "holder-1", "reason": "遗失"}
    for _ in range(2):
        assert holder.post(f"/certificates/{first.pk}/reissue/", form).status_code == 302
    assert holder.post(f"/certificates/{second.pk}/reissue/", form).status_code == 404
    assert CertificateRequest.everything.get().certificate_id == first.pk


@pytest.mark.requirement("COR-02")
def test_the_request_page_shows_which_clause_lacks_what(world):
    certificate = make_certificates(make_confirmed_batch(world.body, world.clerk, passed=1), world.clerk)[0]
    request = actions.request_correction(
        actor=world.clerk,
        at=LATER,
        certificate=certificate,
        correction=Correction(facts={"own_since": "2025-12-01"}),
        proof=portrait(),
        reason="样例",
        key="c",
    )
    manager = signed_in(make_user(world.body.organisation, "body_manager"))
    page = manager.get(f"/certificates/requests/{request.pk}/").content.decode()
    assert "不予更正" in page
    assert "18-4-2" in page
    url = f"/certificates/requests/{request.pk}/decide/"
    assert manager.post(url, {"decision": "approve"}).status_code == 409
    assert manager.post(url, {"decision": "refuse", "reason": "不符合申报条件"}).status_code == 302
    request.refresh_from_db()
    assert request.state == "refused"


def test_revoking_from_the_page(world):
    certificate = make_certificates(make_confirmed_batch(world.body, world.clerk, passed=1), world.clerk)[0]
    manager = signed_in(make_user(world.body.organisation, "body_manager"))
    url = f"/certificates/{certificate.pk}/revoke/"
    assert manager.get(url).status_code == 200
    assert manager.post(url, {"reason": "样例", "decision": "样例 1 号"}).status_code == 302
    certificate.refresh_from_db()
    assert certificate.state == "revoked"
    assert manager.post(url, {"reason": "样例", "decision": "样例 1 号"}).status_code == 403


def test_a_clerk_finds_by_number_without_the_number_in_the_address(world, clerk):
    certificate = make_certificates(make_confirmed_batch(world.body, world.clerk, passed=1), world.clerk)[0]
    response = clerk.post("/certificates/", {"number": f" {certificate.number.lower()} "})
    assert response.headers["Location"] == f"/certificates/{certificate.pk}/"


def test_what_waits_stands_in_the_queue(world):
    from gongjiang.kernel.queue import items_for

    batch = make_confirmed_batch(world.body, world.clerk, passed=1)
    waiting = [item.what for item in items_for(world.clerk, LATER.date()) if item.subject == batch.title]
    assert "颁发证书" in waiting or "Issue the certificates" in waiting
    assert not [item for item in items_for(world.stranger, LATER.date()) if item.subject == batch.title]
