"""Findings: recorded by the authority, rectified by the body, re-checked by the authority (GOV-02, SUP-01)."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.bodies.docket import local
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel import audit, files, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import StoredFile
from gongjiang.kernel.numbers import take
from gongjiang.kernel.refusal import Ground, NotAllowed, refuse_if
from gongjiang.kernel.workflow import role_label
from gongjiang.supervision.models import Finding
from gongjiang.supervision.rules import (
    Found,
    against_rechecking,
    against_recording,
    subject_cites,
    words_missing,
)
from gongjiang.supervision.states import FINDING, RECORDERS

PAPERS = (files.PDF, files.JPEG, files.PNG)


@transaction.atomic
def record_finding(
    *, actor: Actor, at: datetime, body: AssessmentBody, found: Found, evidence: BinaryIO | None = None
) -> Finding:
    """Record what was found at a body and until when it is to be rectified.

    :raises NotAllowed: the actor's role doesn't supervise.
    :raises Refused: another authority selected the body; nothing is said; the days don't fit; the evidence is no PDF
        or picture.
    """
    asked, day = _("Record a finding"), local(at)
    if not actor.has(*RECORDERS):
        way = _("Ask someone who is: %(roles)s.") % {"roles": ", ".join(map(role_label, sorted(RECORDERS)))}
        raise NotAllowed(asked, [Ground(_("Your role doesn't include this."), way, code="wrong-role")], subject=body)
    refuse_if(asked, against_recording(body, found, actor, day), subject=body)
    block = take(f"finding-{day.year}", 1)
    cites = subject_cites(found.subject, body, day)
    finding = Finding.everything.create(
        number=f"JC-{day.year}-{block.first:04d}",
        body=body,
        batch=found.batch,
        subject=found.subject,
        text=found.text.strip(),
        found_on=found.found_on,
        due_on=found.due_on,
        is_public=found.is_public,
        evidence=_stored(evidence, at),
        recorded_by_id=actor.user_id,
        recorded_at=at,
        cites=[cite.key for cite in cites],
    )
    facts = {"number": finding.number, "subject": finding.subject, "due_on": finding.due_on}
    entry = audit.Act("finding.record", finding, facts, cites, about=body)
    audit.record_many(actor=actor, at=at, acts=[block.act(), entry])
    return finding


@transaction.atomic
def report_rectification(
    *, actor: Actor, at: datetime, finding: Finding, text: str, file: BinaryIO | None = None
) -> Finding:
    """Report what the body did about a finding.

    :raises NotAllowed: it isn't open, or the actor isn't the body's manager.
    :raises Refused: the report says nothing, or the file is no PDF or picture.
    """
    finding = _locked(finding)
    FINDING.require("report", finding, actor=actor, on=local(at))
    refuse_if(_("Report what was done"), words_missing(text), subject=finding)
    finding.report, finding.report_file, finding.reported_on = text.strip(), _stored(file, at), local(at)
    finding.save(update_fields=["report", "report_file", "reported_on"])
    late = max((local(at) - finding.due_on).days, 0)
    workflow.apply(finding, "report", actor=actor, at=at, facts={"late_days": late}, about=finding.body)
    return finding


@transaction.atomic
def close_finding(*, actor: Actor, at: datetime, finding: Finding, text: str = "") -> Finding:
    """Close a finding after the re-check.

    :raises NotAllowed: nothing was reported, or the role doesn't supervise.
    :raises Refused: another authority selected the body.
    """
    finding = _locked(finding)
    FINDING.require("close", finding, actor=actor, on=local(at))
    refuse_if(_("Close the finding"), against_rechecking(finding, actor, local(at)), subject=finding)
    _recheck(finding, actor, at, text)
    workflow.apply(finding, "close", actor=actor, at=at, reason=text.strip(), about=finding.body)
    return finding


@transaction.atomic
def reopen_finding(*, actor: Actor, at: datetime, finding: Finding, reason: str) -> Finding:
    """Open a finding again that the re-check found not rectified; its deadline stays what it was.

    :raises NotAllowed: nothing was reported, or the role doesn't supervise.
    :raises Refused: another authority selected the body, or no reason is given.
    """
    finding = _locked(finding)
    FINDING.require("reopen", finding, actor=actor, on=local(at))
    grounds = [*against_rechecking(finding, actor, local(at)), *words_missing(reason)]
    refuse_if(_("Open it again"), grounds, subject=finding)
    _recheck(finding, actor, at, reason)
    workflow.apply(finding, "reopen", actor=actor, at=at, reason=reason.strip(), about=finding.body)
    return finding


def _recheck(finding: Finding, actor: Actor, at: datetime, answer: str) -> None:
    finding.answer, finding.rechecked_by_id, finding.rechecked_on = answer.strip(), actor.user_id, local(at)
    finding.save(update_fields=["answer", "rechecked_by", "rechecked_on"])


def _locked(finding: Finding) -> Finding:
    found: Finding = Finding.everything.select_for_update().get(pk=finding.pk)
    return found


def _stored(content: BinaryIO | None, at: datetime) -> StoredFile | None:
    return files.store(content, at=at, allow=PAPERS) if content else None
