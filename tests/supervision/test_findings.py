"""Findings: whose they are to record, how they are rectified and re-checked, what waits for whom."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from tests.factories import at, make_actor, make_batch, make_body, make_organisation, make_user

from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.law import questions as ask
from gongjiang.supervision import queries, rules, waiting
from gongjiang.supervision.actions import (
    Found,
    close_finding,
    record_finding,
    reopen_finding,
    report_rectification,
)
from gongjiang.supervision.models import Finding, Subject

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("GOV-02", "SUP-01")]
FOUND = Found("fees", "收费公示与实际收取不一致。", date(2026, 6, 8), date(2026, 6, 30), is_public=True)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def record(actor, body, on: str = "2026-06-10 10:00", evidence=None, **changes) -> Finding:
    found = replace(FOUND, **changes)
    return record_finding(actor=actor, at=at(on), body=body, found=found, evidence=evidence)


def test_the_subjects_are_those_of_the_law():
    assert tuple(Subject.values) == ask.SYSTEM_SUPERVISED + ask.WORK_SUPERVISED


def test_a_finding_goes_from_record_to_rectification_to_close(body, officer, manager):
    finding = record(officer, body, evidence=BytesIO(PDF))
    assert (finding.number, finding.state, finding.cites) == (
        "JC-2026-0001",
        "open",
        ["JL-2024-5§43(2)"],
    )
    report_rectification(actor=manager, at=at("2026-06-20"), finding=finding, text="已按公示标准退还差额。")
    reopen_finding(actor=officer, at=at("2026-06-21"), finding=finding, reason="还有三人未退。")
    report_rectification(
        actor=manager, at=at("2026-07-02"), finding=finding, text="三人已退，附凭证。", file=BytesIO(PDF)
    )
    closed = close_finding(actor=officer, at=at("2026-07-03"), finding=finding, text="已复查。")
    assert (closed.state, closed.rechecked_on, closed.rechecked_by_id) == ("closed", date(2026, 7, 3), officer.user_id)
    entries = AuditEntry.objects.filter(subject_kind="supervision.finding").order_by("seq")
    assert [(each.action, each.cites) for each in entries] == [
        ("finding.record", ["JL-2024-5§43(2)"]),
        *[(f"finding.{verb}", ["JL-2024-5§43"]) for verb in ("report", "reopen", "report", "close")],
    ]
    assert entries[3].facts["late_days"] == 2


@pytest.mark.parametrize(
    ("regime", "subject", "cite"),
    [("2201", "rules", "JL-2024-5§43(1)"), ("2201", "staff", "JL-2024-5§43(2)"), ("1409", "fees", "XZ-2024-2§29")],
)
def test_a_finding_cites_the_article_of_its_place_that_names_the_subject(tree, regime, subject, cite):
    body = make_body(tree["changchun"], regime=regime)
    finding = record(make_actor(tree["changchun"], "supervisor"), body, subject=subject)
    assert finding.cites == [cite]


@pytest.mark.parametrize("place", ["province", "centre"])
def test_who_stands_above_the_authority_may_record_too(tree, body, place):
    role = {"province": "provincial_officer", "centre": "centre_officer"}[place]
    assert record(make_actor(tree[place], role), body).body == body


def test_another_authority_that_sees_the_body_is_refused_and_told_who_is_competent(tree):
    """A provincial body that sits below the city in the tree: the city sees it, the province selected it."""
    body = make_body(tree["changchun"])
    body.authority = tree["province"]
    body.save()
    with pytest.raises(Refused) as refused:
        record(make_actor(tree["changchun"], "city_officer"), body)
    ground = refused.value.grounds[0]
    assert (ground.code, [cite.key for cite in ground.cites]) == ("not-its-authority", ["JL-2025-1§5"])
    assert "样例省人社厅" in ground.why
    assert not Finding.everything.exists()


def test_a_county_below_the_authority_doesnt_supervise_its_bodies(tree, body):
    county = make_organisation("county", "样例农安县人社局", "220122", tree["changchun"])
    actor = make_actor(county, "city_officer")
    assert not queries.supervises(body, actor)
    with pytest.raises(Refused):
        record(actor, body)


def test_where_the_place_says_nothing_of_who_selects_its_own_article_on_supervision_is_cited(tree):
    body = make_body(tree["changchun"], regime="1409")
    pilot = make_body(
        tree["jilin_city"],
        regime="22-2019",
        credit_code="91350100M000100X9H",
        code="S000022999018",
        name="试点（样例）",
    )
    day = date(2026, 6, 1)
    assert [cite.key for cite in rules.competence(body, day)] == ["XZ-2024-2§28"]
    assert {cite.document.key for cite in rules.competence(pilot, day)} <= {"JL-2019-133", "JL-2024-5", "JL-2025-1"}


@pytest.mark.parametrize("role", ["county_officer", "city_approver"])
def test_only_who_supervises_records(tree, body, role):
    with pytest.raises(NotAllowed):
        record(make_actor(tree["changchun"], role), body)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": " x "}, "words-missing"),
        ({"text": "长" * 4001}, "too-long"),
        ({"found_on": date(2026, 6, 11)}, "found-later"),
        ({"due_on": date(2026, 6, 10)}, "no-time"),
    ],
)
def test_what_doesnt_fit_isnt_recorded(body, officer, changes, code):
    with pytest.raises(Refused) as refused:
        record(officer, body, **changes)
    assert refused.value.codes == (code,)


def test_a_batch_of_another_body_and_evidence_that_is_no_paper_are_refused(body, other_body, officer):
    batch = make_batch(other_body, make_actor(other_body.organisation, "exam_clerk", "body_manager"))
    with pytest.raises(Refused) as refused:
        record(officer, body, batch=batch)
    assert refused.value.codes == ("foreign-batch",)
    with pytest.raises(Refused) as refused:
        record(officer, body, evidence=BytesIO(b"<html><script>alert(1)</script></html>"))
    assert refused.value.codes == ("file-kind",)
    assert not Finding.everything.exists()


def test_no_step_is_skipped(body, officer, manager):
    finding = record(officer, body)
    with pytest.raises(NotAllowed) as refused:
        close_finding(actor=officer, at=at("2026-06-11"), finding=finding)
    assert refused.value.codes == ("wrong-state",)
    with pytest.raises(NotAllowed):
        report_rectification(actor=officer, at=at("2026-06-11"), finding=finding, text="已整改。")
    report_rectification(actor=manager, at=at("2026-06-11"), finding=finding, text="已整改完毕。")
    with pytest.raises(NotAllowed):
        close_finding(actor=manager, at=at("2026-06-12"), finding=finding)
    with pytest.raises(Refused) as refused:
        reopen_finding(actor=officer, at=at("2026-06-12"), finding=finding, reason=" ")
    assert refused.value.codes == ("words-missing",)
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.everything.filter(pk=finding.pk).update(state="closed", rechecked_on=None)


def test_what_waits_for_whom(tree, body, officer, manager):
    finding = record(officer, body)
    assert [(i.what, i.deadline) for i in waiting.for_bodies(manager, date(2026, 6, 11))] == [
        ("Rectify what was found", date(2026, 6, 30))
    ]
    assert list(waiting.findings_for_authority(officer, date(2026, 6, 30))) == []
    late = list(waiting.findings_for_authority(officer, date(2026, 7, 1)))
    assert [(i.what, i.deadline) for i in late] == [("A rectification is overdue", date(2026, 6, 30))]
    # The tasks are those of the authority that selected the body: nobody above or beside it has them.
    for place, role in (("province", "provincial_officer"), ("jilin_city", "city_officer")):
        assert list(waiting.findings_for_authority(make_actor(tree[place], role), date(2026, 7, 1))) == []
    report_rectification(actor=manager, at=at("2026-07-02"), finding=finding, text="已整改完毕。")
    items = list(waiting.findings_for_authority(officer, date(2026, 7, 2)))
    assert [i.what for i in items] == ["Re-check a rectification"]
    assert list(waiting.for_bodies(manager, date(2026, 7, 2))) == []


@pytest.mark.requirement("GOV-01")
def test_a_foreign_officer_and_a_foreign_body_get_404(tree, body, other_body, officer):
    finding = record(officer, body)
    for organisation, role in ((tree["jilin_city"], "city_officer"), (other_body.organisation, "body_manager")):
        client = Client()
        client.force_login(make_user(organisation, role))
        assert client.get(reverse("finding", args=[finding.pk])).status_code == 404
    client = Client()
    client.force_login(make_user(tree["jilin_city"], "city_officer"))
    assert client.get(reverse("finding-new", args=[body.pk])).status_code == 404
    assert client.post(reverse("finding-close", args=[finding.pk])).status_code == 404


def test_the_pages_carry_a_finding_from_record_to_close(tree, body, settings):
    settings.LANGUAGE_CODE = "en"
    officer, manager = Client(), Client()
    officer.force_login(make_user(tree["changchun"], "city_officer"))
    manager.force_login(make_user(body.organisation, "body_manager"))
    sent = {"subject": "marking", "text": "阅卷记录缺签名。", "found_on": "2020-01-02", "due_on": "2099-01-01"}
    assert officer.post(reverse("finding-new", args=[body.pk]), {**sent, "text": ""}).status_code == 400
    evidence = BytesIO(PDF)
    evidence.name = "x.pdf"
    answer = officer.post(reverse("finding-new", args=[body.pk]), {**sent, "evidence": evidence, "is_public": "on"})
    finding = Finding.everything.get()
    assert answer["Location"] == reverse("finding", args=[finding.pk])
    assert officer.get(reverse("finding-file", args=[finding.pk, "evidence"])).content == PDF
    assert officer.get(reverse("finding-file", args=[finding.pk, "report"])).status_code == 404
    assert finding.number in manager.get(reverse("own-supervision")).content.decode()
    manager.post(reverse("finding-report", args=[finding.pk]), {"text": "已补签名并培训。"})
    officer.post(reverse("finding-reopen", args=[finding.pk]), {"reason": "还差一份。"})
    assert Finding.everything.get().state == "open"
    manager.post(reverse("finding-report", args=[finding.pk]), {"text": "全部补齐。"})
    assert finding.number in officer.get(reverse("supervision") + "?show=recheck").content.decode()
    officer.post(reverse("finding-close", args=[finding.pk]))
    assert Finding.everything.get().state == "closed"
    shown = {show: officer.get(f"{reverse('supervision')}?show={show}").content.decode() for show in ("", "all")}
    assert (finding.number in shown[""], finding.number in shown["all"]) == (False, True)
