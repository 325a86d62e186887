"""One candidate: enrolled by form, mended, withdrawn; papers added."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.enrolment.facts import read_facts, row_of, stated
from gongjiang.enrolment.models import Candidate, Enrolment, Evidence
from gongjiang.enrolment.permissions import ENROLLERS, require
from gongjiang.enrolment.queries import (
    enrolled_elsewhere,
    enrolled_in,
    evidence_cites,
    one_at_a_time,
    window_grounds,
)
from gongjiang.enrolment.rules import Prepared, RowProblem, check_row, context_for, tell
from gongjiang.enrolment.states import EnrolmentState
from gongjiang.kernel import audit, canonical, files, idempotency, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, Refused, refuse_if
from gongjiang.kernel.settings_of_place import setting
from gongjiang.kernel.uploads.photos import PhotoLimits, PhotoProfile, encode_photo
from gongjiang.kernel.uploads.problems import Unreadable
from gongjiang.planning.models import Batch, BatchLine
from gongjiang.planning.queries import regime_of
from gongjiang.planning.states import BatchState

EVIDENCE_LIMIT = 10 * files.MEBIBYTE
EVIDENCE_KINDS = ("identity", "certificate", "diploma", "work_proof", "social_security", "other")


@transaction.atomic
def enrol(
    *,
    actor: Actor,
    at: datetime,
    line: BatchLine,
    row: Mapping[str, object],
    photo: bytes | None = None,
    key: str,
) -> Enrolment:
    """Enrol one candidate by form, by the same checks as a row of a sheet; ``row`` has the sheet's column keys.

    The same key and content give the same enrolment.

    :raises NotAllowed: the actor enrols nobody.
    :raises Refused: with every problem of every field; enrolment isn't open; the person is enrolled already.
    """
    asked = _("Enrol a candidate")
    batch = Batch.everything.select_for_update(of=("self",)).select_related("body", "site").get(pk=line.batch_id)
    require(actor, ENROLLERS, asked, subject=batch)
    told = row_of({**row, "occupation_code": line.occupation.code, "occupation": line.occupation.name})
    stored = _photo(photo, batch, at) if photo else None

    def create() -> int:
        made = _checked(asked, batch, told, at)
        enrolment = _create(actor=actor, at=at, batch=batch, made=made, photo_pk=stored.pk if stored else None)
        cites = evidence_cites(batch)
        audit.record(actor=actor, action="enrolment.enrol", subject=enrolment, at=at, about=batch, cites=cites)
        return enrolment.pk

    # Hashed, not kept: the request holds an identity number.
    request = {"line": line.pk, "row": canonical.digest({name: told.text(name) for name in told.cells})}
    pk, _now = idempotency.once(key=key, action="enrolment.enrol", request=request, at=at, do=create)
    return Enrolment.everything.select_related("candidate", "line__occupation", "batch").get(pk=pk)


@transaction.atomic
def resubmit(*, actor: Actor, at: datetime, enrolment: Enrolment, changes: Mapping[str, object]) -> Enrolment:
    """Submit a returned enrolment again with changed facts, clause, phone or employer. Who it is can't be changed.

    :raises Refused: a changed cell can't be read, or identity is among the changes (abuse case 7).
    """
    asked = _("Submit again")
    locked = (
        Enrolment.everything.select_for_update(of=("self",)).select_related("candidate", "batch").get(pk=enrolment.pk)
    )
    refuse_if(asked, _identity_changed(changes), subject=enrolment)
    told = row_of({**locked.facts, **changes})
    facts = stated(told)
    wrong = read_facts(facts, birth_date=locked.candidate.born_on).problems
    grounds = [Ground(each.message_zh, _("Correct it."), evidence_cites(locked.batch), "fact") for each in wrong]
    refuse_if(asked, grounds, subject=enrolment)
    locked.facts = facts
    locked.clause_claimed = told.text("clause") or locked.clause_claimed
    locked.phone = told.text("phone") or locked.phone
    locked.employer = told.text("employer") or locked.employer
    locked.save(update_fields=["facts", "clause_claimed", "phone", "employer"])
    workflow.apply(
        locked,
        "resubmit",
        actor=actor,
        at=at,
        about=locked.batch,
        facts={"changed": sorted(changes), "digest": canonical.digest([locked.salt, facts])},
    )
    enrolment.refresh_from_db()
    return enrolment


@transaction.atomic
def withdraw(*, actor: Actor, at: datetime, enrolment: Enrolment, reason: str) -> Enrolment:
    """Withdraw an enrolment before seats are arranged, with a reason; the person can enrol again.

    :raises Refused: no reason, or the batch has gone beyond the review.
    """
    grounds = []
    if not reason.strip():
        why, way = _("No reason is given."), _("Write why; it stands in the trail.")
        grounds.append(Ground(why, way, code="reason-missing"))
    if enrolment.batch.state not in {BatchState.ANNOUNCED, BatchState.REVIEW, BatchState.READY}:
        why = _("The batch stands at “%(state)s”.") % {"state": enrolment.batch.get_state_display()}
        grounds.append(Ground(why, _("Who doesn't come is recorded as absent on the day."), code="too-late"))
    refuse_if(_("Withdraw the enrolment"), grounds, subject=enrolment)
    workflow.apply(enrolment, "withdraw", actor=actor, at=at, about=enrolment.batch, reason=reason)
    return enrolment


@transaction.atomic
def add_evidence(*, actor: Actor, at: datetime, enrolment: Enrolment, kind: str, content: bytes) -> Evidence:
    """Add a paper that the claim rests on: a PDF, or a picture that is drawn anew (JL-2024-5§17).

    :raises Refused: of another kind, too large, or the decision is taken and frozen.
    """
    asked = _("Add a paper")
    if not (actor.kind == "candidate" and actor.person_key == enrolment.candidate.person_key):
        require(actor, (*ENROLLERS, "eligibility_reviewer"), asked, subject=enrolment)
    grounds = []
    if kind not in EVIDENCE_KINDS:
        grounds.append(Ground(_("This isn't a kind of paper."), _("Choose one of the list."), code="evidence-kind"))
    if enrolment.state not in {EnrolmentState.SUBMITTED, EnrolmentState.RETURNED}:
        why = _("The decision is taken; the papers it rests on are frozen.")
        grounds.append(
            Ground(why, _("Have it returned for correction first."), evidence_cites(enrolment.batch), "frozen")
        )
    refuse_if(asked, grounds, subject=enrolment)
    stored = files.store(content, at=at, allow={files.PDF, files.JPEG, files.PNG}, limit=EVIDENCE_LIMIT)
    evidence, _new = Evidence.objects.get_or_create(
        enrolment=enrolment, kind=kind, file=stored, defaults={"added_at": at}
    )
    facts = {"kind": kind, "sha256": stored.sha256}
    cites = evidence_cites(enrolment.batch)
    audit.record(
        actor=actor, action="evidence.add", subject=enrolment, at=at, about=enrolment.batch, facts=facts, cites=cites
    )
    return evidence


@transaction.atomic
def set_photo(*, actor: Actor, at: datetime, enrolment: Enrolment, photo: bytes) -> Enrolment:
    """Set or change the candidate's photo until the decision.

    :raises Refused: no usable photo, or the decision is taken (abuse case 7).
    """
    asked = _("Set the photo")
    require(actor, ENROLLERS, asked, subject=enrolment)
    if enrolment.photo_id and enrolment.state not in {EnrolmentState.SUBMITTED, EnrolmentState.RETURNED}:
        why = _("The decision is taken; who it was taken about is frozen.")
        way = _("Have it returned for correction first.")
        raise Refused(asked, [Ground(why, way, evidence_cites(enrolment.batch), "frozen")], subject=enrolment)
    enrolment.photo = _photo(photo, enrolment.batch, at)
    enrolment.save(update_fields=["photo"])
    facts = {"sha256": enrolment.photo.sha256}
    audit.record(actor=actor, action="enrolment.photo", subject=enrolment, at=at, about=enrolment.batch, facts=facts)
    return enrolment


def _identity_changed(changes: Mapping[str, object]) -> list[Ground]:
    if not {"identity", "identity_kind", "name", "sex", "born_on"} & set(changes):
        return []
    why = _("Who the candidate is doesn't change with a correction of the facts.")
    return [Ground(why, _("Withdraw this enrolment and enrol the right person."), code="identity-locked")]


def _checked(asked: str, batch: Batch, told: Any, at: datetime) -> Prepared:
    """Return what the form comes to.

    :raises Refused: with a ground for each problem.
    """
    made, problems = check_row(told, context_for(batch, today=at.date()))
    if made.person_key and enrolled_in(batch, [made.person_key]):
        problems.append(RowProblem("already_enrolled", "identity"))
    articles = one_at_a_time(batch)
    if made.person_key and articles is not None and enrolled_elsewhere(batch, [made.person_key]):
        problems.append(RowProblem("elsewhere", "occupation_code", {}, articles))
    refuse_if(asked, [*window_grounds(batch, at), *_grounds_of(problems)], subject=batch)
    return made


def _grounds_of(problems: list[RowProblem]) -> list[Ground]:
    """Return the hard problems as grounds of a refusal; the code says column and problem."""
    told = [tell(each.as_dict()) for each in problems if not each.soft]
    return [
        Ground(f"{_heading(each.column)}: {each.what}. {each.why}", each.mend, each.cites, f"{each.column}.{each.code}")
        for each in told
    ]


def _heading(column: str) -> str:
    from gongjiang.enrolment.labels import label

    return label(column)


def _create(*, actor: Actor, at: datetime, batch: Batch, made: Prepared, photo_pk: int | None) -> Enrolment:
    assert made.line is not None  # refused above
    assert made.born_on is not None
    candidate, _new = Candidate.objects.get_or_create(
        person_key=made.person_key,
        defaults={
            "identity_kind": made.identity_kind,
            "identity": made.identity,
            "identity_masked": made.identity_masked,
            "born_on": made.born_on,
            "sex": made.sex,
        },
    )
    return Enrolment.everything.create(
        line_id=made.line.pk,
        batch=batch,
        candidate=candidate,
        name=made.name,
        phone=made.phone,
        employer=made.employer,
        employer_code=made.employer_code,
        relation=made.relation,
        is_resit=made.is_resit,
        needs_access=made.needs_access,
        clause_claimed=made.clause_claimed,
        facts=made.facts,
        photo_id=photo_pk,
        enrolled_by_id=actor.user_id,
        enrolled_at=at,
    )


def _photo(data: bytes, batch: Batch, at: datetime) -> Any:
    """Return the photo stored, drawn anew by the place's profile.

    :raises Refused: with what is wrong with it.
    """
    wanted = setting("photo.profile", place=regime_of(batch), day=at.date()).value
    profile = PhotoProfile(min_width=wanted["min_width"], min_height=wanted["min_height"])
    try:
        made = encode_photo(data, stem="", limits=PhotoLimits(), profile=profile)
    except Unreadable as error:
        found = [tell(RowProblem(each.code, "", dict(each.params)).as_dict()) for each in error.problems]
        grounds = [Ground(f"{each.what} {each.why}", each.mend, code=each.code) for each in found]
        raise Refused(_("Take in the photo"), grounds, subject=batch) from error
    return files.store_pictures([made.jpeg], at=at)[0]
