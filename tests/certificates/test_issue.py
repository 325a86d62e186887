"""Numbers and papers: who gets one, in what order, and everything that stands against it."""

import io
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader
from tests.factories import at, make_actor, make_certificates, make_confirmed_batch

from gongjiang.bodies.models import Suspension
from gongjiang.certificates import actions, numbering, queries, signing
from gongjiang.certificates.models import Certificate, CertificateCopy, NumberApplication, NumberCounter
from gongjiang.certificates.offline import verify
from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel import files
from gongjiang.kernel.actor import system
from gongjiang.kernel.models import AuditEntry, PublicNotice
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.kernel.settings_of_place import set_setting
from gongjiang.planning.models import Batch
from gongjiang.results.models import Result

ISSUE = at("2026-06-15 10:00")
CODE = "S000022999017"


def number(world, batch, key="k", when=ISSUE, actor=None):
    return actions.number_certificates(actor=actor or world.clerk, at=when, batch=batch, key=key)


def refused(world, batch, when=ISSUE, **more):
    with pytest.raises(Refused) as caught:
        number(world, batch, when=when, **more)
    assert Certificate.everything.count() == 0
    assert not NumberCounter.objects.exclude(last=0).exists()
    return caught.value


@pytest.mark.requirement("CRT-01")
@pytest.mark.requirement("CRT-02")
def test_who_passed_gets_the_next_number_and_nobody_else(world):
    batch = make_confirmed_batch(world.body, world.clerk, passed=3, failed=2)
    found = number(world, batch)
    passed = list(Result.everything.filter(outcome="passed").order_by("enrolment_id").values_list("pk", flat=True))
    assert [each.number for each in found] == [f"{CODE}26400000{n}" for n in (1, 2, 3)]
    assert [each.result_id for each in found] == passed
    assert {each.state for each in found} == {"numbered"}
    assert (batch.state, batch.issued_on) == ("issued", date(2026, 6, 15))
    assert {each.issued_on for each in found} == {date(2026, 6, 15)}


def test_the_next_batch_goes_on_where_the_last_one_stopped_and_each_level_counts_for_itself(world):
    from tests.factories import make_body

    body = make_body(
        world.tree["changchun"],
        scope=(("6-31-01-03", "4"), ("6-31-01-03", "3")),
        name="长春规尺技能评价中心（样例）",
        code="Y000022999021",
        credit_code="91110000802100433B",
        kind="employer",
    )
    clerk = make_actor(body.organisation, "exam_clerk", "certificate_clerk")
    lines = (("6-31-01-03", "4"), ("6-31-01-03", "3"))
    first = make_confirmed_batch(body, clerk, passed=4, lines=lines)
    second = make_confirmed_batch(body, clerk, passed=2, start=50, lines=lines)
    actions.number_certificates(actor=clerk, at=ISSUE, batch=first, key="a")
    actions.number_certificates(actor=clerk, at=at("2026-06-16 09:00"), batch=second, key="b")
    assert sorted(Certificate.everything.values_list("number", flat=True)) == [
        *(f"Y00002299902126300000{n}" for n in (1, 2, 3)),
        *(f"Y00002299902126400000{n}" for n in (1, 2, 3)),
    ]


def test_the_same_key_gives_the_same_numbers_and_a_second_issue_is_refused(world):
    batch = make_confirmed_batch(world.body, world.clerk)
    first = [each.pk for each in number(world, batch)]
    assert [each.pk for each in number(world, batch)] == first
    with pytest.raises(NotAllowed) as caught:
        number(world, batch, key="another")
    assert caught.value.codes == ("wrong-state",)
    assert Certificate.everything.count() == 3


def test_every_number_is_accounted_for_in_the_trail(world):
    batch = make_confirmed_batch(world.body, world.clerk)
    found = number(world, batch)
    counter = NumberCounter.objects.get()
    taken = AuditEntry.objects.get(action="certificate_counter.take")
    assert taken.facts == {"first": 1, "last": 3, "year": 2026, "level": "4"}
    assert (counter.last, taken.state_hash) == (3, counter.state_hash())
    entries = AuditEntry.objects.filter(action="certificate.number").order_by("seq")
    assert [each.subject_id for each in entries] == [str(each.pk) for each in found]
    assert {each.about_id for each in entries} == {str(batch.pk)}
    assert [each.state_hash for each in entries] == [each.state_hash() for each in found]
    assert AuditEntry.objects.filter(action="batch.issue", cites=["JL-2024-5§26"]).count() == 1


def test_a_stopped_transaction_takes_no_number(world):
    batch = make_confirmed_batch(world.body, world.clerk)

    def stopped():
        with transaction.atomic():
            number(world, batch)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stopped()
    assert Certificate.everything.count() == NumberCounter.objects.count() == 0
    batch.refresh_from_db()
    assert [each.number[-6:] for each in number(world, batch)] == ["000001", "000002", "000003"]


def test_only_the_clerk_or_the_manager_issues(world):
    batch = make_confirmed_batch(world.body, world.clerk)
    for actor in (make_actor(world.body.organisation, "exam_clerk"), world.centre, world.approver):
        assert isinstance(refused(world, batch, actor=actor), NotAllowed)
    assert len(number(world, batch, actor=world.manager)) == 3


@pytest.mark.requirement("CRT-02")
def test_nothing_is_issued_before_results_are_confirmed(world):
    batch = make_confirmed_batch(world.body, world.clerk)
    Batch.everything.filter(pk=batch.pk).update(state="on_notice", confirmed_on=None)
    assert refused(world, batch).codes == ("wrong-state",)


@pytest.mark.requirement("CRT-02")
def test_an_unconfirmed_pass_or_a_running_notice_stands_against_it(world):
    batch = make_confirmed_batch(world.body, world.clerk)
    Result.everything.filter(pk=Result.everything.first().pk).update(confirmed_on=None)
    PublicNotice.objects.create(
        kind="result",
        subject_kind="enrolment.enrolment",
        subject_id=str(Enrolment.everything.first().pk),
        title="样例",
        place_code="2201",
        posted_on=date(2026, 6, 12),
        working_days=5,
        last_day=date(2026, 6, 22),
        cites=["JL-2024-5§25"],
    )
    found = refused(world, batch)
    assert found.codes == ("results-unconfirmed", "notice-running")
    assert {cite.key for cite in found.cites} == {"JL-2024-5§26"}
    assert "2026-06-22" in found.grounds[1].why


@pytest.mark.requirement("CRT-02")
def test_scope_is_asked_again_on_the_day_of_issue(world):
    batch = make_confirmed_batch(world.body, world.clerk)
    Suspension.objects.create(body=world.body, since=date(2026, 6, 14), reason="样例", decision="样例 1 号")
    assert refused(world, batch).codes == ("suspended",)
    Suspension.objects.all().delete()
    world.body.scope.update(until=date(2026, 6, 15))
    assert refused(world, batch).codes == ("not-in-scope",)
    world.body.scope.update(until=date(2026, 6, 16))
    assert len(number(world, batch)) == 3


def test_a_clock_that_went_back_is_refused(world):
    first = make_confirmed_batch(world.body, world.clerk)
    second = make_confirmed_batch(world.body, world.clerk, start=50)
    number(world, first)
    with pytest.raises(Refused) as caught:
        number(world, second, key="b", when=at("2026-06-15 09:59"))
    assert caught.value.codes == ("clock-behind",)
    assert len(number(world, second, key="b", when=ISSUE)) == 3


def test_a_full_counter_is_refused_whole(world):
    batch = make_confirmed_batch(world.body, world.clerk)
    NumberCounter.objects.create(body_code=CODE, year=2026, level="4", last=999_997)
    with pytest.raises(Refused) as caught:
        number(world, batch)
    assert caught.value.codes == ("numbers-used-up",)
    assert (Certificate.everything.count(), NumberCounter.objects.get().last) == (0, 999_997)


@pytest.mark.requirement("CRT-01")
def test_a_character_that_no_font_has_is_named_before_a_number_is_given(world):
    batch = make_confirmed_batch(world.body, world.clerk)
    enrolment = Enrolment.everything.first()
    enrolment.name = "甲子\U0003134f"
    enrolment.save()
    found = refused(world, batch)
    assert found.codes == ("glyph-missing",)
    assert "U+3134F" in found.grounds[0].why
    assert enrolment.name in found.grounds[0].why
    assert "GONGJIANG_FONT_DIRS" in found.grounds[0].way_on


def test_numbers_may_count_over_all_of_the_body_and_a_change_of_the_setting_makes_no_double(world):
    officer = make_actor(world.tree["province"], "provincial_officer")
    number(world, make_confirmed_batch(world.body, world.clerk), key="a")
    name = "certificate.number_scope"
    set_setting(
        name=name, place="22", value="global", since=date(2026, 6, 16), source="样例通知", actor=officer, at=ISSUE
    )
    later = at("2026-06-16 10:00")
    number(world, make_confirmed_batch(world.body, world.clerk, start=50), key="b", when=later)
    assert list(NumberCounter.objects.order_by("year").values_list("year", "level", "last")) == [
        (0, "0", 6),
        (2026, "4", 3),
    ]
    set_setting(
        name=name,
        place="22",
        value="site-year-level",
        since=date(2026, 6, 17),
        source="样例通知",
        actor=officer,
        at=later,
    )
    last = make_confirmed_batch(world.body, world.clerk, start=90)
    found = number(world, last, key="c", when=at("2026-06-17 10:00"))
    assert [each.number[-6:] for each in found] == ["000007", "000008", "000009"]


def test_numbers_are_taken_inside_a_transaction_only():
    with pytest.raises(transaction.TransactionManagementError):
        numbering.lock_counters(None, ["4"], year=2026, policy="site-year-level")


@pytest.mark.django_db
def test_the_database_refuses_a_double_and_a_wrong_form(world):
    batch = make_confirmed_batch(world.body, world.clerk)
    first, second, _third = number(world, batch)
    for wrong in (first.number, "S00002299901726400000", "X000022999017264000009"):
        second.number = wrong
        with pytest.raises(IntegrityError), transaction.atomic():
            second.save()


@pytest.mark.requirement("CRT-01")
def test_in_the_pilot_the_centre_gives_the_numbers_on_the_bodys_application(world):
    batch = make_confirmed_batch(world.body, world.clerk)
    Batch.everything.filter(pk=batch.pk).update(regime="22-2019")
    batch.refresh_from_db()
    assert refused(world, batch).codes == ("centre-gives-numbers",)
    with pytest.raises(Refused) as caught:
        actions.give_numbers(actor=world.centre, at=ISSUE, batch=batch, key="c")
    assert caught.value.codes == ("not-applied-for",)
    application = actions.apply_for_numbers(actor=world.clerk, at=ISSUE, batch=batch)
    assert actions.apply_for_numbers(actor=world.clerk, at=ISSUE, batch=batch).pk == application.pk
    assert application.count == 3
    with pytest.raises(NotAllowed):
        actions.give_numbers(actor=world.clerk, at=ISSUE, batch=batch, key="c")
    found = actions.issue(actor=world.centre, at=ISSUE, batch=batch, key="c")
    assert [each.number for each in found] == [f"{CODE}26400000{n}" for n in (1, 2, 3)]
    assert NumberApplication.objects.get().given_at == ISSUE
    assert AuditEntry.objects.filter(action="batch.give_numbers").count() == 1


def test_where_the_body_numbers_itself_nobody_applies(world):
    batch = make_confirmed_batch(world.body, world.clerk)
    with pytest.raises(Refused) as caught:
        actions.apply_for_numbers(actor=world.clerk, at=ISSUE, batch=batch)
    assert caught.value.codes == ("body-gives-numbers",)
    assert NumberApplication.objects.count() == 0


@pytest.mark.requirement("CRT-01")
def test_a_paper_is_made_once_sealed_and_verifies_with_and_without_the_register(world):
    batch = make_confirmed_batch(world.body, world.clerk)
    number(world, batch)
    assert actions.make_papers(actor=system("test"), at=ISSUE, batch=batch) == 3
    assert actions.make_papers(actor=system("test"), at=ISSUE, batch=batch) == 0
    copies = list(CertificateCopy.objects.select_related("file"))
    assert [each.generation for each in copies] == [1, 1, 1]
    pdf = files.read(copies[0].file)
    assert verify(pdf, keys=signing.key_set()).status == "authentic"
    found = verify(pdf, keys=signing.key_set(), register=queries.Register(ISSUE))
    assert (found.status, found.differences, found.reasons) == ("valid", (), ("trial",))
    assert found.fields.number == f"{CODE}264000001"
    assert "样" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_making_a_paper_again_gives_the_stored_copy(world):
    certificate = make_certificates(make_confirmed_batch(world.body, world.clerk, passed=1), world.clerk)[0]
    copy = certificate.copies.get()
    again = actions.make_paper(actor=system("test"), at=at("2026-07-01"), certificate=certificate)
    assert (again.pk, CertificateCopy.objects.count()) == (copy.pk, 1)


@pytest.mark.requirement("CRT-01")
def test_a_certificate_without_its_paper_is_seen_by_nobody_outside(world):
    certificate = number(world, make_confirmed_batch(world.body, world.clerk, passed=1))[0]
    holder = holder_of(certificate)
    assert queries.find(certificate.number, certificate.holder_name) is None
    assert list(queries.certificates_for(holder)) == []
    actions.make_paper(actor=system("test"), at=ISSUE, certificate=certificate)
    assert queries.find(certificate.number, certificate.holder_name).pk == certificate.pk
    assert [each.pk for each in queries.certificates_for(holder)] == [certificate.pk]


def holder_of(certificate):
    from gongjiang.kernel.actor import Actor

    return Actor(kind="candidate", roles=frozenset({"candidate"}), person_key=certificate.person_key, user_id=None)


def test_the_queue_makes_the_papers_and_a_failed_run_is_taken_up_again(world, monkeypatch):
    batch = make_confirmed_batch(world.body, world.clerk)
    from gongjiang.kernel.models import JobRun

    real, calls = actions.papers.documents.sealed, []

    def breaks(*args, **kwargs):
        calls.append(1)
        if len(calls) in (2, 3, 4):
            raise OSError("disk full")
        return real(*args, **kwargs)

    monkeypatch.setattr(actions.papers.documents, "sealed", breaks)
    actions.issue(actor=world.clerk, at=ISSUE, batch=batch, key="k")
    run = JobRun.objects.get()
    assert (run.state, run.done, queries.counts_of(batch)["numbered"]) == ("failed", 1, 2)
    actions.resume_papers(actor=world.clerk, at=ISSUE, batch=batch)
    run.refresh_from_db()
    assert (run.state, run.done) == ("done", 3)
    assert queries.counts_of(batch) == {"numbered": 0, "valid": 3, "revoked": 0}
    with pytest.raises(Refused) as caught:
        actions.resume_papers(actor=world.clerk, at=ISSUE, batch=batch)
    assert caught.value.codes == ("all-made",)


def test_a_foreign_body_reaches_none_of_it(world):
    certificate = make_certificates(make_confirmed_batch(world.body, world.clerk, passed=1), world.clerk)[0]
    assert list(queries.certificates_for(world.stranger)) == []
    with pytest.raises(Certificate.DoesNotExist):
        queries.certificate_for(world.stranger, certificate.pk)
    assert queries.certificate_for(world.centre, certificate.pk).pk == certificate.pk
