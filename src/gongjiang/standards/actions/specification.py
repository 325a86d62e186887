"""Acts on assessment specifications: writing, submitting, reviewing, entering the ministry's filing, withdrawing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.kernel import audit, files, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import refuse_if
from gongjiang.law import questions as ask
from gongjiang.law.places import place as place_of
from gongjiang.standards import rules
from gongjiang.standards.basis import Asker, asker_of, cites_of
from gongjiang.standards.entering import write_levels
from gongjiang.standards.models import AssessmentSpecification, BasisKind, NationalStandard
from gongjiang.standards.specs import SpecificationText

DOCUMENTS = (files.PDF,)
LARGEST_DOCUMENT = 20 * files.MEBIBYTE


@dataclass(frozen=True, slots=True)
class Document:
    """The specification's own text as a file."""

    name: str
    content: bytes


@transaction.atomic
def draft_specification(
    *, actor: Actor, at: datetime, asker: Asker, text: SpecificationText, document: Document | None = None
) -> AssessmentSpecification:
    """Write the first draft of an organisation's specification.

    :raises Refused: the kind of body may not draft one (SPECIFICATION_DRAFTED_BY) or assess by one
        (STANDARDS_ALLOWED), a national standard is in force, the text is incomplete, or the version exists.
    """
    on = at.astimezone(SHANGHAI).date()
    asked = _("Write an assessment specification")
    rules.require_manager(asked, actor, asker.organisation)
    refuse_if(
        asked, [*rules.against_owner(asker, on), *rules.against_text(asker, text, on)], subject=asker.organisation
    )
    standard = NationalStandard.objects.create(
        kind=BasisKind.SPECIFICATION, owner=asker.organisation, source=asker.organisation.name, **_fields(text)
    )
    write_levels(standard, text.levels)
    specification = AssessmentSpecification.objects.create(
        standard=standard, body_kind=asker.kind, regime=asker.place.code, drafted_on=on
    )
    _attach(specification, document, at)
    audit.record(actor=actor, action="specification.draft", subject=specification, at=at, facts=_facts(text))
    return specification


@transaction.atomic
def revise_specification(
    *,
    actor: Actor,
    at: datetime,
    specification: AssessmentSpecification,
    text: SpecificationText,
    document: Document | None = None,
) -> AssessmentSpecification:
    """Write a draft or a returned specification anew; a document that isn't given stays.

    :raises Refused: it is past being written, or as for the first draft.
    """
    on = at.astimezone(SHANGHAI).date()
    asked = _("Write an assessment specification")
    asker = asker_of(specification)
    rules.require_manager(asked, actor, asker.organisation)
    locked = AssessmentSpecification.everything.select_for_update().get(pk=specification.pk)
    grounds = [*rules.against_writing(locked), *rules.against_text(asker, text, on, own=locked.standard)]
    refuse_if(asked, grounds, subject=locked)
    NationalStandard.objects.filter(pk=locked.standard_id).update(**_fields(text))
    locked.standard.refresh_from_db()
    write_levels(locked.standard, text.levels)
    _attach(locked, document, at)
    audit.record(actor=actor, action="specification.revise", subject=locked, at=at, facts=_facts(text))
    return locked


@transaction.atomic
def submit(*, actor: Actor, at: datetime, specification: AssessmentSpecification) -> AssessmentSpecification:
    """Submit a specification to the province.

    :raises Refused: its document is missing, or a national standard came into force meanwhile.
    """
    on = at.astimezone(SHANGHAI).date()
    asker = asker_of(specification)
    rules.require_manager(_("Submit the specification"), actor, asker.organisation)
    grounds = [*rules.against_owner(asker, on), *rules.against_submission(specification, on)]
    refuse_if(_("Submit the specification"), grounds, subject=specification)
    specification.submitted_on = on
    specification.save(update_fields=["submitted_on"])
    workflow.apply(specification, "submit", actor=actor, at=at)
    return specification


@transaction.atomic
def accept(*, actor: Actor, at: datetime, specification: AssessmentSpecification) -> AssessmentSpecification:
    """Take a submitted specification under review."""
    workflow.apply(specification, "accept", actor=actor, at=at)
    return specification


@transaction.atomic
def return_for_correction(
    *, actor: Actor, at: datetime, specification: AssessmentSpecification, reason: str
) -> AssessmentSpecification:
    """Return a specification, saying what is to be mended.

    :raises Refused: no reason is given.
    """
    return _remark(specification, "return_for_correction", actor=actor, at=at, reason=reason)


@transaction.atomic
def refuse(
    *, actor: Actor, at: datetime, specification: AssessmentSpecification, reason: str
) -> AssessmentSpecification:
    """Refuse a specification for good, with the reason.

    :raises Refused: no reason is given.
    """
    return _remark(specification, "refuse", actor=actor, at=at, reason=reason)


@transaction.atomic
def file(
    *, actor: Actor, at: datetime, specification: AssessmentSpecification, number: str, filed_on: date
) -> AssessmentSpecification:
    """Enter that the ministry put the specification on file (JL-2024-5§9); from then on it may be used.

    It is in force from the day its owner named, but not before the day of filing.

    :raises Refused: number or day are missing, the day is to come, or a national standard stands in the way.
    """
    on = at.astimezone(SHANGHAI).date()
    grounds = rules.against_filing(specification, number.strip(), filed_on, on)
    refuse_if(_("Enter the ministry's filing"), grounds, subject=specification)
    standard = specification.standard
    if standard.in_force < filed_on:
        NationalStandard.objects.filter(pk=standard.pk).update(in_force=filed_on)
        standard.in_force = filed_on
    rule = ask.SPECIFICATION_FILED_FIRST.get(place=place_of(specification.regime), day=on)
    specification.filed_on, specification.filing_number = filed_on, number.strip()
    specification.save(update_fields=["filed_on", "filing_number"])
    workflow.apply(specification, "file", actor=actor, at=at, cites=cites_of(rule))
    return specification


@transaction.atomic
def withdraw(
    *, actor: Actor, at: datetime, specification: AssessmentSpecification, reason: str
) -> AssessmentSpecification:
    """Withdraw a specification; a filed one isn't used for new batches from this day on.

    :raises Refused: no reason is given.
    """
    on = at.astimezone(SHANGHAI).date()
    rules.require_manager(_("Withdraw it"), actor, specification.standard.owner)
    standard = specification.standard
    NationalStandard.objects.filter(pk=standard.pk).update(until=max(on, standard.in_force))
    return _remark(specification, "withdraw", actor=actor, at=at, reason=reason)


def _remark(
    specification: AssessmentSpecification, action: str, *, actor: Actor, at: datetime, reason: str
) -> AssessmentSpecification:
    asked = str(specification.workflow.table[action].label)
    refuse_if(asked, rules.reason_missing(reason), subject=specification)
    specification.remark = reason.strip()
    specification.save(update_fields=["remark"])
    workflow.apply(specification, action, actor=actor, at=at, reason=reason.strip())
    return specification


def _attach(specification: AssessmentSpecification, document: Document | None, at: datetime) -> None:
    if document is None:
        return
    specification.document = files.store(document.content, at=at, allow=DOCUMENTS, limit=LARGEST_DOCUMENT)
    specification.document_name = document.name[:120]
    specification.save(update_fields=["document", "document_name"])


def _fields(text: SpecificationText) -> dict[str, Any]:
    return {
        "occupation": text.occupation,
        "title": text.title,
        "edition": text.edition,
        "job_types": text.job_types,
        "clause_set": text.clause_set,
        "experience_scope": text.experience_scope,
        "in_force": text.in_force,
    }


def _facts(text: SpecificationText) -> dict[str, Any]:
    return {
        "occupation": text.occupation.code,
        "title": text.title,
        "edition": text.edition,
        "levels": list(text.levels),
        "in_force": text.in_force,
    }
