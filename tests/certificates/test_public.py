"""Public verification: what is shown, what isn't, and how little a guess learns."""

import io
import json
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pypdf import PdfReader, PdfWriter
from tests.certificates.drawn import portrait
from tests.factories import at, make_certificates, make_confirmed_batch

from gongjiang.certificates import actions, queries, verification
from gongjiang.certificates.corrections import Correction
from gongjiang.certificates.documents import token_fields, verify_address
from gongjiang.certificates.models import MissedLookUp
from gongjiang.certificates.signing import token_key
from gongjiang.certificates.token import make_token, token_url
from gongjiang.kernel import files
from gongjiang.kernel.documents.qr import qr_png

pytestmark = pytest.mark.requirement("QRY-01")
LATER = at("2026-07-06 10:00")


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def certificate(world):
    photo = files.store(portrait(), at=LATER, allow=[files.JPEG])
    return make_certificates(make_confirmed_batch(world.body, world.clerk, passed=1, photo=photo), world.clerk)[0]


def ask(number="", name="", client=None, **more):
    return (client or Client()).post("/verify/", {"number": number, "name": name, **more})


def pdf_of(certificate, generation=1):
    return files.read(certificate.copies.get(generation=generation).file)


def drop(data, name="certificate.pdf"):
    upload = io.BytesIO(data)
    upload.name = name
    return Client().post("/verify/", {"file": upload})


def status(response):
    return response.context["answer"].status


def test_number_and_name_show_every_field_to_compare_and_the_identity_masked(certificate):
    response = ask(certificate.number, certificate.holder_name)
    text = response.content.decode()
    assert (response.status_code, status(response)) == (200, "valid")
    for shown in (
        certificate.holder_name,
        certificate.identity_masked,
        "居民身份证",
        "电工",
        "6-31-01-03",
        "四级/中级工",
        "2026-06-15",
        certificate.body_name,
        "78",
        "83.5",
        "data:image/jpeg;base64,",
    ):
        assert shown in text, shown
    assert certificate.identity not in text
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("number", [" s000022999017264000001 ", "Ｓ０００022 999017 26 4 000001"])
def test_blanks_small_letters_and_full_width_are_put_right(certificate, number):
    assert status(ask(number, f" {certificate.holder_name[0]}　{certificate.holder_name[1:]} ")) == "valid"


def test_a_wrong_name_is_told_exactly_like_a_wrong_number(certificate):
    wrong_name = ask(certificate.number, "甲子无")
    wrong_number = ask("S000022999017264999999", certificate.holder_name)
    assert status(wrong_name) == status(wrong_number) == "unknown"
    texts = [response.content.decode() for response in (wrong_name, wrong_number)]
    said = [re.sub(r"[0-9:. -]+</span>", "", text.split("<main", 1)[1].split("</main>", 1)[0]) for text in texts]
    assert said[0] == said[1]
    for text in texts:
        assert certificate.identity_masked not in text
        assert certificate.holder_name not in text


def test_a_hit_is_one_look_up_and_every_miss_costs_the_same(certificate):
    def count(number, name):
        with CaptureQueriesContext(
            connection,
        ) as found:
            verification.by_number(number, name, at=LATER)
        return len(found)

    assert count(certificate.number, certificate.holder_name) == 1
    assert count(certificate.number, "甲子无") == count("S000022999017264999999", "甲子无") == 2


def test_the_look_up_uses_the_index(certificate):
    with CaptureQueriesContext(connection) as found:
        queries.find(certificate.number, certificate.holder_name)
    sql = found[0]["sql"]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = " ".join(str(row) for row in cursor.fetchall())
            assert "SCAN" not in plan
            assert "number=?" in plan


def test_a_certificate_without_its_paper_is_unknown(world):
    batch = make_confirmed_batch(world.body, world.clerk, passed=1)
    found = actions.number_certificates(actor=world.clerk, at=LATER, batch=batch, key="k")[0]
    assert status(ask(found.number, found.holder_name)) == "unknown"


def test_an_old_sixteen_digit_number_is_recognised_and_sent_on(db):
    response = ask("1522003000400123", "甲子安")
    assert status(response) == "former_system"
    assert "zscx.osta.org.cn" in response.content.decode()


def test_the_sealed_pdf_the_qr_picture_and_the_token_are_valid(certificate):
    assert status(drop(pdf_of(certificate))) == "valid"
    token = make_token(token_fields(certificate), token_key())
    assert status(Client().post("/v", {"token": token})) == "valid"
    picture = qr_png(token_url(verify_address(), token))
    assert status(drop(picture, "qr.png")) == "valid"
    photo = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").save(photo, "JPEG", quality=80)
    assert status(drop(photo.getvalue(), "qr.jpg")) == "valid"


def test_the_qr_code_opens_a_page_that_never_sees_the_token_in_its_address(certificate):
    page = Client().get("/v")
    assert page.status_code == 200
    assert b"data-token" in page.content
    assert b"gongjiang/verify.js" in page.content


def test_one_changed_byte_is_found_and_the_fields_stand_beside_the_register(certificate):
    pdf = bytearray(pdf_of(certificate))
    pdf[len(pdf) // 3] ^= 1
    response = drop(bytes(pdf))
    assert status(response) == "altered"
    assert response.context["answer"].certificate.pk == certificate.pk


def test_a_pdf_that_was_written_to_after_the_seal_is_altered(certificate):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of(certificate))))
    writer.add_metadata({"/Title": "x"})
    out = io.BytesIO()
    writer.write(out)
    assert status(drop(out.getvalue())) == "altered"


def test_another_level_printed_is_told_field_by_field(certificate):

    from gongjiang.certificates.seal import sign_pdf
    from gongjiang.certificates.signing import seal_key
    from gongjiang.kernel.documents.papers import CertificatePaper, certificate_pdf

    fields = token_fields(certificate)
    token = make_token(fields, token_key())
    paper = CertificatePaper(
        number=fields.number.replace("264000", "262000"),
        name=fields.name,
        identity_type="居民身份证",
        identity=fields.identity,
        occupation=fields.occupation,
        job_type="",
        level="2",
        body=fields.body,
        issued_on=fields.issued_on,
        qr=token_url(verify_address(), token),
        token=token,
        at=LATER,
    )
    page = certificate_pdf(paper)
    for data in (page, sign_pdf(page, key=seal_key("样例"), at=LATER, reason="x")):
        response = drop(data)
        assert status(response) == "altered"
        compared = response.context["answer"].compared
        assert [each.field for each in compared if each.same is False] == ["level", "number"]
        assert {each.field for each in compared if each.same} >= {"name", "identity", "occupation", "body", "issued_on"}
        text = response.content.decode()
        assert "<del>2</del>" in text
        assert "<b>4</b>" in text


def test_a_forged_code_shows_nothing_of_the_register_unless_number_and_name_fit(certificate):
    from dataclasses import replace

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = token_key()
    genuine = make_token(token_fields(certificate), key)
    stranger = make_token(replace(token_fields(certificate), name="甲子无"), Ed25519PrivateKey.generate())
    response = Client().post("/v", {"token": stranger})
    assert status(response) == "unknown"
    assert certificate.identity_masked not in response.content.decode()
    assert response.context["certificate"] is None
    assert status(Client().post("/v", {"token": genuine})) == "valid"


def test_a_replaced_copy_shows_what_changed_and_what_counts_now(world, certificate):
    old_name = certificate.holder_name
    request = actions.request_correction(
        actor=world.clerk,
        at=LATER,
        certificate=certificate,
        correction=Correction(name="乙丑甯"),
        proof=portrait(),
        reason="户口簿",
        key="c",
    )
    actions.decide_request(actor=world.manager, at=LATER, request=request, approve=True)
    response = drop(pdf_of(certificate))
    assert status(response) == "superseded"
    text = response.content.decode()
    assert "乙丑甯" in text
    assert status(ask(certificate.number, "乙丑甯")) == "valid"
    assert status(ask(certificate.number, old_name)) == "superseded"
    assert status(drop(pdf_of(certificate, 2))) == "valid"


@pytest.mark.requirement("COR-03")
def test_a_revoked_certificate_is_seen_as_revoked(world, certificate):
    actions.revoke(actor=world.manager, at=LATER, certificate=certificate, reason="样例原因", decision="样例 1 号")
    response = ask(certificate.number, certificate.holder_name)
    assert status(response) == "revoked"
    assert "2026-07-06" in response.content.decode()
    assert "样例原因" not in response.content.decode()
    assert status(drop(pdf_of(certificate))) == "revoked"


HOSTILE = [b" ", b"%PDF-1.7 nothing", b"\x89PNG\r\n\x1a\n", b"GIF89a", "甲子".encode(), b"\x00" * 500]


@pytest.mark.parametrize("data", HOSTILE)
def test_hostile_files_are_answered_calmly(db, data):
    response = drop(data)
    assert response.status_code == 200
    assert status(response) == "unknown"


def test_guessing_is_stopped_and_a_hit_is_refused_too(certificate, settings):
    settings.VERIFY_MISSES_AN_HOUR = 3
    client = Client(REMOTE_ADDR="192.0.2.7")
    for _ in range(3):
        assert status(ask("S000022999017264999999", "甲子安", client)) == "unknown"
    blocked = ask(certificate.number, certificate.holder_name, client)
    assert blocked.status_code == 429
    assert certificate.identity_masked not in blocked.content.decode()
    assert status(ask(certificate.number, certificate.holder_name, Client(REMOTE_ADDR="192.0.2.8"))) == "valid"
    row = MissedLookUp.objects.get()
    assert (row.count, "192.0.2" in row.address) == (3, False)


def test_another_process_learns_of_the_misses_at_the_first_it_counts(db, settings):
    settings.VERIFY_MISSES_AN_HOUR = 3
    client = Client(REMOTE_ADDR="192.0.2.7")
    for _ in range(3):
        ask("S000022999017264999999", "甲子安", client)
    cache.clear()  # another process has a cache of its own
    assert ask("S000022999017264999999", "甲子安", client).status_code == 200
    assert ask("S000022999017264999999", "甲子安", client).status_code == 429


def test_who_asks_too_fast_waits_until_the_next_minute(certificate, settings, monkeypatch):
    settings.VERIFY_LOOK_UPS_A_MINUTE = 2
    client = Client(REMOTE_ADDR="192.0.2.9")

    def code(now):
        monkeypatch.setattr("gongjiang.kernel.clock.now", lambda: at(now))
        return ask(certificate.number, certificate.holder_name, client).status_code

    assert [code(f"2026-07-06 10:00:0{n}") for n in range(3)] == [200, 200, 429]
    assert code("2026-07-06 10:01:00") == 200


def test_the_machine_interface_answers_and_limits_the_same(certificate, settings):
    def call(**body):
        return Client(REMOTE_ADDR="192.0.2.1").post("/api/verify/", json.dumps(body), content_type="application/json")

    found = call(number=certificate.number, name=certificate.holder_name).json()
    assert (found["status"], found["certificate"]["identity"]) == ("valid", certificate.identity_masked)
    assert found["certificate"]["level"] == "4"
    assert certificate.identity not in json.dumps(found)
    token = make_token(token_fields(certificate), token_key())
    assert call(token=token).json()["status"] == "valid"
    settings.VERIFY_MISSES_AN_HOUR = 1
    assert call(number=certificate.number, name="甲子无").json()["certificate"] is None
    refused = call(number=certificate.number, name=certificate.holder_name)
    assert (refused.status_code, refused.json()["refused"]) == (429, True)


def test_the_answer_is_as_its_schema_says(certificate):
    from gongjiang.certificates.api import Found

    body = json.dumps({"number": certificate.number, "name": certificate.holder_name})
    answer = Client().post("/api/verify/", body, content_type="application/json").json()
    assert Found(**answer).model_dump(mode="json").keys() == answer.keys()
    assert Found(**answer).certificate.model_dump(mode="json") == answer["certificate"]


def test_keys_and_list_are_public_and_hold_no_number_and_no_name(world, certificate):
    actions.revoke(actor=world.manager, at=LATER, certificate=certificate, reason="样例", decision="样例 1 号")
    keys, listed = Client().get("/verify/keys.json"), Client().get("/verify/status.json")
    from gongjiang.certificates.offline import verify
    from gongjiang.certificates.status_list import read_keys, read_status

    held = read_keys(keys.content)
    found = read_status(listed.content, held)
    assert len(found.entries) == 1
    assert verify(pdf_of(certificate), keys=held, status=found).status == "revoked"
    for secret in (certificate.number, certificate.holder_name, certificate.identity_masked):
        assert secret not in listed.content.decode()


def test_neither_number_nor_name_is_taken_from_the_address(certificate):
    response = Client().get("/verify/", {"number": certificate.number, "name": certificate.holder_name})
    assert certificate.identity_masked not in response.content.decode()
    assert "answer" not in response.context


def test_the_forms_carry_protection_against_foreign_posts(db):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/verify/", {"number": "x", "name": "y"}).status_code == 403
    assert strict.post("/v", {"token": "x"}).status_code == 403
