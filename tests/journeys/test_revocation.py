"""A revocation seen by the public: by number, by the PDF itself, and offline with the status file."""

import io
import json

import pytest
from django.core.cache import cache
from tests.factories import make_actor, make_certificate, make_user
from tests.journeys.conftest import candidate_user, sign_in

from gongjiang.certificates import offline
from gongjiang.certificates.status_list import read_keys, read_status
from gongjiang.kernel import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(body):
    return make_certificate(make_actor(body.organisation, "exam_clerk", "certificate_clerk"), body, start=60)


def offline_answer(client, paper: bytes) -> str:
    """Verify with nothing but what the platform publishes."""
    cache.clear()
    keys = read_keys(client.get("/verify/keys.json").content.decode())
    status = read_status(client.get("/verify/status.json").content.decode(), keys)
    return offline.verify(paper, keys=keys, status=status).status


@pytest.mark.requirement("QRY-01")
def test_from_the_same_instant_everybody_sees_it(certificate, tree, client, set_clock):
    set_clock("2026-06-17 10:24")
    paper = files.read(certificate.copies.get().file)
    asked = {"number": certificate.number, "name": certificate.holder_name}
    assert client.post("/verify/", asked).context["answer"].status == "valid"
    assert offline_answer(client, paper) == "valid"

    approver = sign_in(make_user(tree["province"], "provincial_approver"))
    said = {"reason": "经核查系他人替考取得。", "decision": "吉人社撤〔2026〕2 号（样例）"}
    assert approver.post(f"/certificates/{certificate.pk}/revoke/", said).status_code == 302

    by_number = client.post("/verify/", asked)
    assert by_number.context["answer"].status == "revoked"
    upload = io.BytesIO(paper)
    upload.name = "certificate.pdf"
    assert client.post("/verify/", {"file": upload}).context["answer"].status == "revoked"
    assert offline_answer(client, paper) == "revoked"
    text = client.get("/verify/status.json").content.decode()
    assert certificate.number not in text
    assert certificate.holder_name not in text
    assert json.loads(text)

    holder = sign_in(candidate_user(certificate.result.enrolment))
    assert "吉人社撤〔2026〕2 号" in holder.get("/inbox/").content.decode()


def test_a_clerk_revokes_nothing_and_an_approver_gives_a_reason(certificate, body, tree, set_clock):
    set_clock("2026-06-17 10:24")
    clerk = sign_in(make_user(body.organisation, "certificate_clerk"))
    said = {"reason": "录错。", "decision": "1 号"}
    assert clerk.post(f"/certificates/{certificate.pk}/revoke/", said).status_code == 403
    approver = sign_in(make_user(tree["province"], "provincial_approver"))
    empty = approver.post(f"/certificates/{certificate.pk}/revoke/", {"reason": "", "decision": ""})
    assert empty.status_code in (200, 400, 409)
    certificate.refresh_from_db()
    assert certificate.state == "valid"
