"""One candidate by form: the same checks; papers kept by what they contain."""

import io
import threading

import pytest
from django.db import connection
from PIL import Image
from tests.enrolment.people import OPEN, jpeg, person
from tests.factories import at, make_actor, make_enrolment

from gongjiang.enrolment import actions, queries
from gongjiang.enrolment.models import Candidate, Enrolment, Evidence
from gongjiang.kernel import files
from gongjiang.kernel.models import AuditEntry, StoredFile
from gongjiang.kernel.refusal import NotAllowed, Refused

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("ENR-01")
def test_one_candidate_is_enrolled_with_photo(batch, clerk):
    enrolment = make_enrolment(batch, clerk, person(0), photo=jpeg())

    assert (enrolment.name, enrolment.candidate.identity) == (person(0)["name"], person(0)["identity"])
    assert files.read(enrolment.photo)[:3] == b"\xff\xd8\xff"
    entry = AuditEntry.objects.get(action="enrolment.enrol")
    assert (entry.subject_id, entry.state_hash) == (str(enrolment.pk), enrolment.state_hash())
    assert str(person(0)["identity"]) not in str(entry.facts)


@pytest.mark.requirement("ENR-01")
def test_a_form_is_told_all_its_problems_with_articles(batch, clerk):
    with pytest.raises(Refused) as refused:
        make_enrolment(batch, clerk, person(0, phone="1", identity="229", own_since="2025-01"))

    assert refused.value.codes == ("identity.identity", "phone.phone")
    with pytest.raises(Refused) as late:
        make_enrolment(batch, clerk, person(0, own_since="2025-01"))
    assert [(ground.code, ground.cites[0].key) for ground in late.value.grounds] == [
        ("clause.not_eligible", "JL-2024-5§17")
    ]
    assert Enrolment.everything.count() == Candidate.objects.count() == 0


@pytest.mark.requirement("ENR-01")
def test_nobody_is_enrolled_twice_in_a_batch_but_again_after_withdrawing(batch, clerk):
    first = make_enrolment(batch, clerk, person(0))
    with pytest.raises(Refused) as refused:
        make_enrolment(batch, clerk, person(0))
    assert refused.value.codes == ("identity.already_enrolled",)

    actions.withdraw(actor=clerk, at=at(OPEN), enrolment=first, reason="考生来电撤回")
    second = make_enrolment(batch, clerk, person(0))

    assert (first.candidate_id, Enrolment.everything.count()) == (second.candidate_id, 2)


def test_the_same_form_sent_twice_enrols_once(batch, clerk):
    line = batch.lines.get(level="4")
    send = {"actor": clerk, "at": at(OPEN), "line": line, "row": person(0), "key": "once"}

    assert actions.enrol(**send).pk == actions.enrol(**send).pk
    assert Enrolment.everything.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.databases
@pytest.mark.requirement("ENR-01")
def test_many_forms_at_once_enrol_the_person_once(batch, clerk):
    """Abuse case 4: one row, the others are refused."""
    line = batch.lines.get(level="4")
    outcomes = []

    def send(serial: int) -> None:
        try:
            actions.enrol(actor=clerk, at=at(OPEN), line=line, row=person(0), key=f"race-{serial}")
            outcomes.append("enrolled")
        except Refused as refused:
            outcomes.append(refused.codes[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[n]) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["enrolled", *["identity.already_enrolled"] * 11]
    assert Enrolment.everything.count() == Candidate.objects.count() == 1


def test_a_withdrawal_needs_a_reason_and_its_time(batch, clerk):
    enrolment = make_enrolment(batch, clerk, person(0))
    batch.state = "exam"
    batch.save()
    enrolment.refresh_from_db()

    with pytest.raises(Refused) as refused:
        actions.withdraw(actor=clerk, at=at(OPEN), enrolment=enrolment, reason=" ")
    assert refused.value.codes == ("reason-missing", "too-late")


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 400), "white").save(out, "PNG")
    return out.getvalue()


@pytest.mark.requirement("ENR-03")
def test_papers_are_kept_under_their_hash_until_the_decision(batch, clerk, reviewer):
    enrolment = make_enrolment(batch, clerk, person(0))

    paper = actions.add_evidence(actor=clerk, at=at(OPEN), enrolment=enrolment, kind="work_proof", content=picture())
    actions.add_evidence(actor=clerk, at=at(OPEN), enrolment=enrolment, kind="work_proof", content=picture())

    assert Evidence.objects.count() == 1
    entry = AuditEntry.objects.filter(action="evidence.add").first()
    assert entry.facts == {"kind": "work_proof", "sha256": paper.file.sha256}
    assert entry.cites == ["JL-2024-5§17"]
    decision = actions.decide(actor=reviewer, at=at(OPEN), enrolment=enrolment, eligible=True)
    other = make_enrolment(batch, clerk, person(1))
    bare = actions.decide(actor=reviewer, at=at(OPEN), enrolment=other, eligible=True)
    assert decision.digest != bare.digest
    with pytest.raises(Refused) as frozen:
        actions.add_evidence(actor=clerk, at=at(OPEN), enrolment=enrolment, kind="diploma", content=picture())
    assert frozen.value.codes == ("frozen",)


@pytest.mark.requirement("ENR-03")
def test_a_paper_that_two_people_handed_in_is_pointed_out(batch, clerk):
    """Abuse case 5."""
    first, second = (make_enrolment(batch, clerk, person(n)) for n in range(2))
    papers = [
        actions.add_evidence(actor=clerk, at=at(OPEN), enrolment=each, kind="work_proof", content=picture())
        for each in (first, second)
    ]

    assert queries.shared_papers(first) == {papers[0].pk}
    assert queries.shared_papers(second) == {papers[1].pk}


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [("letter", picture(), "evidence-kind"), ("diploma", b"MZ program", "file-kind"), ("diploma", b"", "file-kind")],
)
def test_papers_of_another_kind_are_refused(batch, clerk, kind, content, code):
    enrolment = make_enrolment(batch, clerk, person(0))
    with pytest.raises(Refused) as refused:
        actions.add_evidence(actor=clerk, at=at(OPEN), enrolment=enrolment, kind=kind, content=content)
    assert refused.value.codes == (code,)
    assert StoredFile.objects.count() == 0


def test_a_strangers_role_adds_no_paper(batch, clerk, body):
    enrolment = make_enrolment(batch, clerk, person(0))
    with pytest.raises(NotAllowed):
        actions.add_evidence(
            actor=make_actor(body.organisation, "scorer"), at=at(OPEN), enrolment=enrolment, kind="other", content=b"x"
        )


def test_a_photo_is_changed_until_the_decision_only(batch, clerk, reviewer):
    enrolment = make_enrolment(batch, clerk, person(0), photo=jpeg(10))
    actions.set_photo(actor=clerk, at=at(OPEN), enrolment=enrolment, photo=jpeg(20))
    actions.decide(actor=reviewer, at=at(OPEN), enrolment=enrolment, eligible=True)

    with pytest.raises(Refused) as refused:
        actions.set_photo(actor=clerk, at=at(OPEN), enrolment=enrolment, photo=jpeg(30))
    assert refused.value.codes == ("frozen",)
    with pytest.raises(Refused) as small:
        make_enrolment(batch, clerk, person(1), photo=jpeg(10, (30, 40)))
    assert small.value.codes == ("photo_too_small",)


@pytest.mark.requirement("CAT-02")
def test_the_standard_of_the_line_decides_by_its_own_clauses(batch, clerk):
    enrolment = make_enrolment(batch, clerk, person(0))

    verdict = queries.verdict_of(enrolment)

    assert (enrolment.line.standard.title, verdict.clause_set, verdict.scope) == ("电工", "standard-2018", "own")
    assert {clause.level for clause in verdict.clauses} == {4}
