"""A correction that breaks eligibility isn't made; one that doesn't gives a new copy under the old number."""

import io

import pytest
from tests.enrolment.people import jpeg
from tests.factories import make_actor, make_certificate, make_user
from tests.journeys.conftest import candidate_user, sign_in

from gongjiang.certificates import actions
from gongjiang.certificates.models import CertificateRequest
from gongjiang.kernel.actor import system
from gongjiang.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db


def proof() -> io.BytesIO:
    found = io.BytesIO(jpeg())
    found.name = "household.jpg"
    return found


@pytest.fixture
def certificate(body):
    clerk = make_actor(body.organisation, "exam_clerk", "certificate_clerk")
    made = make_certificate(clerk, body, start=40)
    return made


@pytest.fixture
def manager(body):
    return sign_in(make_user(body.organisation, "body_manager"))


@pytest.mark.requirement("COR-03")
def test_a_correction_that_would_not_have_been_admitted_is_refused_with_the_article(certificate, manager, set_clock):
    set_clock("2026-06-17 10:24")
    holder = sign_in(candidate_user(certificate.result.enrolment))
    asked = {
        "fact": "own_since",
        "value": "2024-05-01",
        "reason": "从业起始年月填早了。",
        "proof": proof(),
        "key": "c-1",
    }
    assert holder.post(f"/certificates/{certificate.pk}/correct/", asked).status_code == 302
    request = CertificateRequest.everything.get()
    page = manager.get(f"/certificates/requests/{request.pk}/")
    assert page.status_code == 200
    refused = manager.post(f"/certificates/requests/{request.pk}/decide/", {"decision": "approve"})
    assert refused.status_code == 409
    assert "第30条" in refused.content.decode()
    request.refresh_from_db()
    certificate.refresh_from_db()
    assert (request.state, certificate.generation, certificate.copies.count()) == ("submitted", 1, 1)
    entry = AuditEntry.objects.filter(outcome="refused").get()
    assert "JL-2024-5§30" in entry.cites

    said = {"decision": "refuse", "reason": "更正后不符合申报条件，不予更正。"}
    assert manager.post(f"/certificates/requests/{request.pk}/decide/", said).status_code == 302
    request.refresh_from_db()
    assert request.state == "refused"
    assert "不予更正" in holder.get("/inbox/").content.decode()


@pytest.mark.requirement("COR-02")
def test_a_name_is_put_right_and_the_old_copy_shows_as_replaced(certificate, manager, set_clock, client):
    set_clock("2026-06-17 10:24")
    old = certificate.copies.get()
    holder = sign_in(candidate_user(certificate.result.enrolment))
    asked = {"name": "甲子翰", "reason": "末字写错。", "proof": proof(), "key": "c-2"}
    assert holder.post(f"/certificates/{certificate.pk}/correct/", asked).status_code == 302
    request = CertificateRequest.everything.get()
    assert manager.post(f"/certificates/requests/{request.pk}/decide/", {"decision": "approve"}).status_code == 302
    request.refresh_from_db()
    actions.make_copy(actor=system("test"), at=request.decided_at, request=request)
    number = certificate.number
    certificate.refresh_from_db()
    assert (certificate.number, certificate.holder_name, certificate.generation) == (number, "甲子翰", 2)
    old.refresh_from_db()
    assert old.superseded_on is not None
    shown = client.post("/verify/", {"number": number, "name": "甲子翰"})
    assert shown.context["answer"].status == "valid"


def test_who_asked_does_not_decide(certificate, body, set_clock):
    set_clock("2026-06-17 10:24")
    clerk = sign_in(make_user(body.organisation, "certificate_clerk"))
    asked = {"name": "甲子翰", "reason": "末字写错。", "proof": proof(), "key": "c-3"}
    assert clerk.post(f"/certificates/{certificate.pk}/correct/", asked).status_code == 302
    request = CertificateRequest.everything.get()
    decided = clerk.post(f"/certificates/requests/{request.pk}/decide/", {"decision": "approve"})
    assert decided.status_code == 409
    request.refresh_from_db()
    assert request.state == "submitted"
