"""Reissue, correction and revocation: the number stays, the old copy shows what became of it."""

import io
import zipfile
from datetime import date

import pytest
from django.db import transaction
from tests.certificates.drawn import portrait
from tests.factories import at, invented_identity, make_actor, make_certificates, make_confirmed_batch

from gongjiang.certificates import actions, queries, signing
from gongjiang.certificates.corrections import Correction
from gongjiang.certificates.exports import correction_report
from gongjiang.certificates.models import CertificateRequest
from gongjiang.certificates.offline import verify
from gongjiang.certificates.status_list import read_status, status_json
from gongjiang.enrolment.models import Candidate, Enrolment
from gongjiang.kernel import files
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import AuditEntry, Message
from gongjiang.kernel.refusal import NotAllowed, Refused

LATER = at("2026-07-06 10:00")
PROOF = portrait()


@pytest.fixture
def certificate(world):
    return make_certificates(make_confirmed_batch(world.body, world.clerk, passed=1), world.clerk)[0]


def holder(certificate):
    return Actor(kind="candidate", user_id=None, roles=frozenset({"candidate"}), person_key=certificate.person_key)


def ask_correction(world, certificate, *, key="c", actor=None, reason="户口簿登记为准", proof=PROOF, **what):
    return actions.request_correction(
        actor=actor or world.clerk,
        at=LATER,
        certificate=certificate,
        correction=Correction(**what),
        proof=proof,
        reason=reason,
        key=key,
    )


def decide(world, request, approve=True, reason="", actor=None):
    return actions.decide_request(
        actor=actor or world.manager, at=LATER, request=request, approve=approve, reason=reason
    )


def statuses(certificate):
    """Return what each copy's PDF says by the register, and by the signed list without it."""
    keys = signing.key_set()
    text = status_json(queries.ended_copies(), as_of=LATER, salt=b"s" * 16, key=signing.token_key())
    listed = read_status(text, keys)
    found = []
    for copy in certificate.copies.select_related("file"):
        pdf = files.read(copy.file)
        by_register = verify(pdf, keys=keys, register=queries.Register(LATER)).status
        found.append((by_register, verify(pdf, keys=keys, status=listed).status))
    return found


@pytest.mark.requirement("COR-01")
def test_a_lost_certificate_gets_a_new_copy_and_the_old_one_shows_as_replaced(world, certificate):
    number = certificate.number
    request = actions.request_reissue(
        actor=holder(certificate), at=LATER, certificate=certificate, reason="遗失", key="r"
    )
    assert statuses(certificate) == [("valid", "valid")]
    decide(world, request)
    certificate.refresh_from_db()
    assert (certificate.number, certificate.generation, certificate.state) == (number, 2, "valid")
    assert [(copy.generation, copy.cause) for copy in certificate.copies.all()] == [(1, "issue"), (2, "reissue")]
    assert statuses(certificate) == [("superseded", "superseded"), ("valid", "valid")]
    assert queries.public_status(certificate, 1)[0] == "superseded"
    entry = AuditEntry.objects.get(action="certificate.reissue")
    assert (entry.cites, entry.facts["generation"]) == (["JL-2024-5§29"], 2)
    assert Message.objects.filter(person_key=certificate.person_key).count() == 1


def test_asking_twice_with_the_key_is_one_request_and_a_second_open_one_is_refused(world, certificate):
    def ask(key):
        return actions.request_reissue(actor=world.clerk, at=LATER, certificate=certificate, reason="遗失", key=key)

    assert ask("r").pk == ask("r").pk
    with pytest.raises(Refused) as caught:
        ask("s")
    assert caught.value.codes == ("request-open",)
    assert CertificateRequest.everything.count() == 1


def test_a_stranger_asks_for_nothing_and_a_reason_is_needed(world, certificate):
    somebody = Actor(kind="candidate", roles=frozenset({"candidate"}), person_key="x" * 64)
    for actor in (somebody, make_actor(world.body.organisation, "scorer")):
        with pytest.raises(NotAllowed):
            actions.request_reissue(actor=actor, at=LATER, certificate=certificate, reason="遗失", key="r")
    with pytest.raises(Refused) as caught:
        actions.request_reissue(actor=world.clerk, at=LATER, certificate=certificate, reason="  ", key="r")
    assert caught.value.codes == ("reason-missing",)


def test_nobody_decides_on_a_request_entered_oneself(world, certificate):
    request = actions.request_reissue(actor=world.clerk, at=LATER, certificate=certificate, reason="遗失", key="r")
    with pytest.raises(Refused) as caught:
        decide(world, request, actor=world.clerk)
    assert caught.value.codes == ("own-request",)
    assert decide(world, request).state == "approved"


@pytest.mark.requirement("COR-02")
def test_a_corrected_name_stands_on_the_new_copy_and_the_old_one_shows_the_difference(world, certificate):
    was = certificate.holder_name
    request = ask_correction(world, certificate, name="乙丑甯")
    decide(world, request)
    certificate.refresh_from_db()
    assert (certificate.holder_name, certificate.generation) == ("乙丑甯", 2)
    assert queries.find(certificate.number, "乙丑甯").pk == certificate.pk
    assert queries.find(certificate.number, was) is None
    assert queries.find_former(certificate.number, was).pk == certificate.pk
    old = files.read(certificate.copies.get(generation=1).file)
    found = verify(old, keys=signing.key_set(), register=queries.Register(LATER))
    assert found.status == "superseded"
    assert found.differences == (("name", was, "乙丑甯"), ("generation", "1", "2"))
    assert AuditEntry.objects.get(action="certificate.correct").facts["fields"] == ["name"]


@pytest.mark.requirement("COR-02")
def test_a_correction_that_contradicts_eligibility_is_refused_with_the_clause(world, certificate):
    request = ask_correction(world, certificate, facts={"own_since": "2025-12-01"})
    with pytest.raises(Refused) as caught:
        decide(world, request)
    assert caught.value.codes == ("contradicts-eligibility",)
    assert [cite.key for cite in caught.value.cites] == ["JL-2024-5§30"]
    assert "18-4-" in caught.value.grounds[0].why or "4-" in caught.value.grounds[0].why
    request.refresh_from_db()
    certificate.refresh_from_db()
    assert (request.state, certificate.generation) == ("submitted", 1)
    assert decide(world, request, approve=False, reason="更正后不符合申报条件").state == "refused"
    assert certificate.copies.count() == 1


@pytest.mark.requirement("COR-02")
def test_a_corrected_fact_that_still_satisfies_a_clause_is_approved(world, certificate):
    request = ask_correction(world, certificate, facts={"own_since": "2016-03-01"})
    assert request.changes == {"facts": {"own_since": ["2015-03-01", "2016-03-01"]}}
    assert decide(world, request).state == "approved"
    assert Enrolment.everything.get().facts == {"own_since": "2015-03-01"}


@pytest.mark.requirement("COR-02")
def test_a_corrected_identity_number_names_another_person_and_stays_encrypted(world, certificate):
    number = invented_identity(4711)
    request = ask_correction(world, certificate, identity=number.lower())
    assert number not in str(request.changes)
    assert request.changes["identity"][1] == f"{number[:3]}{'*' * 11}{number[-4:]}"
    decide(world, request)
    certificate.refresh_from_db()
    assert certificate.identity == number
    assert certificate.candidate == Candidate.objects.get(person_key=certificate.person_key)
    assert str(AuditEntry.objects.values_list("facts", flat=True)).count(number) == 0


@pytest.mark.requirement("COR-02")
def test_what_is_wrong_with_the_request_itself_is_told_at_once(world, certificate):
    cases = {
        ("nothing-changed",): {"name": certificate.holder_name},
        ("nothing-changed", "proof-missing"): {"name": "", "proof": b""},
        ("identity",): {"identity": "229104199001010017"},
    }
    for codes, what in cases.items():
        with pytest.raises(Refused) as caught:
            ask_correction(world, certificate, **what)
        assert caught.value.codes == codes
    assert CertificateRequest.everything.count() == 0


@pytest.mark.requirement("COR-02")
def test_correction_and_proof_go_to_the_centre(world, certificate):
    request = ask_correction(world, certificate, name="乙丑甯")
    with pytest.raises(Refused):
        actions.report_correction(actor=world.clerk, at=LATER, request=request)
    decide(world, request)
    request = queries.request_for(world.clerk, request.pk)
    with zipfile.ZipFile(io.BytesIO(correction_report(request))) as packed:
        assert sorted(packed.namelist()) == ["更正.xlsx", "证明材料.jpg"]
        assert packed.read("证明材料.jpg") == files.read(request.proof)
    assert actions.report_correction(actor=world.clerk, at=LATER, request=request).reported_on == LATER.date()
    actions.report_correction(actor=world.clerk, at=at("2026-07-09"), request=request)
    request.refresh_from_db()
    assert request.reported_on == LATER.date()
    assert AuditEntry.objects.get(action="certificate_request.report").cites == ["JL-2024-5§30"]


@pytest.mark.requirement("COR-03")
def test_a_revoked_certificate_shows_as_revoked_at_once_everywhere_and_the_holder_is_told(world, certificate):
    actions.revoke(
        actor=world.manager,
        at=LATER,
        certificate=certificate,
        reason="核查发现替考",
        decision="样例撤〔2026〕1 号",
        paper=PROOF,
    )
    assert (certificate.state, certificate.revoked_on) == ("revoked", date(2026, 7, 6))
    assert statuses(certificate) == [("revoked", "revoked")]
    assert queries.find(certificate.number, certificate.holder_name).state == "revoked"
    entry = AuditEntry.objects.get(action="certificate.revoke")
    assert (entry.cites, entry.reason, entry.state_hash) == (
        ["JL-2025-1§12"],
        "核查发现替考",
        certificate.state_hash(),
    )
    message = Message.objects.get(person_key=certificate.person_key)
    assert "样例撤〔2026〕1 号" in message.text


@pytest.mark.requirement("COR-03")
def test_revoking_needs_role_reason_and_decision_and_happens_once(world, certificate):
    def revoke(actor, reason="样例", decision="样例 1 号"):
        return actions.revoke(actor=actor, at=LATER, certificate=certificate, reason=reason, decision=decision)

    with pytest.raises(NotAllowed):
        revoke(world.clerk)
    with pytest.raises(Refused) as caught:
        revoke(world.manager, " ", "")
    assert caught.value.codes == ("reason-missing", "decision-missing")
    revoke(world.approver)
    with pytest.raises(NotAllowed):
        revoke(world.manager)


@pytest.mark.requirement("COR-03")
def test_every_copy_of_a_revoked_certificate_is_revoked_the_replaced_one_too(world, certificate):
    request = actions.request_reissue(actor=world.clerk, at=LATER, certificate=certificate, reason="遗失", key="r")
    decide(world, request)
    actions.revoke(actor=world.manager, at=LATER, certificate=certificate, reason="样例", decision="样例 1 号")
    assert statuses(certificate) == [("revoked", "revoked")] * 2
    with pytest.raises(Refused) as caught:
        actions.request_reissue(actor=world.clerk, at=LATER, certificate=certificate, reason="遗失", key="s")
    assert caught.value.codes == ("not-valid",)


def test_a_copy_is_made_whole_or_not_at_all_and_only_once(world, certificate, monkeypatch):
    request = actions.request_reissue(actor=world.clerk, at=LATER, certificate=certificate, reason="遗失", key="r")
    with transaction.atomic():
        CertificateRequest.everything.filter(pk=request.pk).update(state="approved")
    request.refresh_from_db()
    monkeypatch.setattr(actions.papers.workflow, "apply", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.make_copy(actor=world.clerk, at=LATER, request=request)
    monkeypatch.undo()
    certificate.refresh_from_db()
    request = CertificateRequest.everything.get()
    assert (certificate.generation, certificate.copies.count(), request.copy) == (1, 1, None)
    first = actions.make_copy(actor=world.clerk, at=LATER, request=request)
    again = actions.make_copy(actor=world.clerk, at=LATER, request=CertificateRequest.everything.get())
    assert (first.pk, certificate.copies.count()) == (again.pk, 2)
