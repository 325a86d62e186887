"""The experts' sheets: saving a draft, sealing it, and opening all of a stage at once."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.evaluation import rules_sheet
from gongjiang.evaluation.models import Criterion, Evaluation, Mark, Panelist, Sheet, Stage
from gongjiang.evaluation.queries.overview import average_of
from gongjiang.evaluation.queries.panel import cites_of, content_to_seal, stages_of, tree_of
from gongjiang.evaluation.rules_panel import officer_or_panel, own_place_only
from gongjiang.evaluation.rules_sheet import MarkSpec
from gongjiang.evaluation.sealing import seal_of
from gongjiang.evaluation.states import EVALUATION
from gongjiang.kernel import audit, idempotency, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground, Refused, refuse_if

SALT_BYTES = 16


class SheetMoved(Refused):
    """The sheet was saved from another device or page since this one was read; nothing is written."""


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """What a page or device holds of a sheet: the version it started from, marks and opinion."""

    version: int
    marks: Sequence[MarkSpec]
    opinion: str


@dataclass(frozen=True, slots=True)
class Saved:
    """The version under which a sheet stands now, and when that was saved."""

    version: int
    saved_at: datetime


@transaction.atomic
def save_sheet(*, actor: Actor, at: datetime, panelist: Panelist, stage: str, spec: SheetSpec, key: str) -> Saved:
    """Save a draft of the actor's own sheet; only the actor can read it. The same key again changes nothing.

    A draft may lack marks; what it holds must be possible. Items that ``spec`` doesn't name stay as they are.

    :raises NotAllowed: it isn't the actor's own place.
    :raises SheetMoved: the sheet has a newer version than the one started from.
    :raises Refused: it isn't the time, the sheet is sealed, or a mark is impossible.
    """
    asked = _("Save the sheet")
    own_place_only(actor, panelist, asked)
    request = {"panelist": panelist.pk, "stage": stage, **asdict(spec)}

    def write() -> dict[str, object]:
        sheet = _own_sheet(panelist, stage, asked)
        _require_version(sheet, spec.version, asked)
        items = {each.code: each for each in tree_of(panelist.evaluation.criteria).of_stage(stage)}
        refuse_if(asked, rules_sheet.wrong_marks(spec.marks, items.values(), stage), subject=panelist.evaluation)
        _write_marks(sheet, spec.marks, items)
        sheet.opinion, sheet.version, sheet.saved_at = spec.opinion.strip(), sheet.version + 1, at
        sheet.save(update_fields=["opinion", "version", "saved_at"])
        facts = {"stage": stage, "version": sheet.version}
        audit.record(actor=actor, action="sheet.save", subject=sheet, at=at, facts=facts, about=panelist.evaluation)
        return {"version": sheet.version, "saved_at": at.isoformat()}

    told, _now = idempotency.once(key=key, action="sheet.save", request=request, at=at, do=write)
    return Saved(told["version"], datetime.fromisoformat(told["saved_at"]))


@transaction.atomic
def seal(*, actor: Actor, at: datetime, panelist: Panelist, stage: str, version: int) -> Sheet:
    """Seal the actor's own sheet as it was read: from here on nobody changes it, and nobody reads it until all are in.

    Sealing what is sealed changes nothing.

    :raises NotAllowed: it isn't the actor's own place.
    :raises SheetMoved: the sheet was saved anew since ``version``.
    :raises Refused: it isn't the time, or a mark, a reason or the opinion lacks.
    """
    asked = _("Seal the sheet")
    own_place_only(actor, panelist, asked)
    done = Sheet.objects.filter(panelist=panelist, stage=stage, sealed_at__isnull=False).first()
    if done is not None:
        return done
    sheet = _own_sheet(panelist, stage, asked)
    _require_version(sheet, version, asked)
    refuse_if(asked, rules_sheet.lacking(sheet), subject=panelist.evaluation)
    sheet.salt, sheet.sealed_at = secrets.token_hex(SALT_BYTES), at
    sheet.seal = seal_of(sheet.salt, content_to_seal(sheet))
    sheet.save(update_fields=["salt", "sealed_at", "seal"])
    facts = {"stage": stage, "version": sheet.version, "seal": sheet.seal}
    audit.record(actor=actor, action="sheet.seal", subject=sheet, at=at, facts=facts, about=panelist.evaluation)
    return sheet


@transaction.atomic
def open_sheets(*, actor: Actor, at: datetime, evaluation: Evaluation, stage: str) -> Evaluation:
    """Open all sheets of a stage at one instant, after comparing each with its seal.

    With the last stage the evaluation passes on to what follows, and its average stands.

    :raises NotAllowed: wrong state, or neither an officer of the authority nor on the panel.
    :raises Refused: a sheet isn't sealed or isn't what was sealed, or the panel isn't whole.
    """
    asked = str(EVALUATION.table["open_sheets"].label)
    found = Evaluation.everything.select_for_update(of=("self",)).select_related("organisation", "criteria")
    locked = found.get(pk=evaluation.pk)
    officer_or_panel(actor, locked, asked)
    EVALUATION.require("open_sheets", locked, actor=actor, on=at.astimezone(SHANGHAI).date())
    sheets = Sheet.objects.filter(panelist__evaluation=locked, panelist__replaced_at=None, stage=stage)
    list(sheets.select_for_update(of=("self",)))
    refuse_if(asked, rules_sheet.against_opening(locked, stage), subject=locked)
    facts = {"stage": stage, "seals": {each.panelist.letter: each.seal for each in sheets.select_related("panelist")}}
    sheets.update(opened_at=at)
    if stage == stages_of(locked)[-1]:
        locked.average = average_of(locked)
        locked.save(update_fields=["average"])
        workflow.apply(locked, "open_sheets", actor=actor, at=at, cites=cites_of(locked), facts=facts)
    else:
        cites = cites_of(locked)
        audit.record(actor=actor, action="evaluation.open_stage", subject=locked, at=at, facts=facts, cites=cites)
    return locked


def _own_sheet(panelist: Panelist, stage: str, asked: str) -> Sheet:
    """Return the sheet, locked, if it may be worked on now."""
    held = Panelist.objects.select_for_update(of=("self",)).select_related("evaluation").get(pk=panelist.pk)
    refuse_if(asked, rules_sheet.wrong_time(held, stage), subject=panelist.evaluation)
    Sheet.objects.get_or_create(panelist=panelist, stage=Stage(stage))
    related = ("panelist__evaluation__criteria", "panelist__expert")
    found = Sheet.objects.select_for_update(of=("self",)).select_related(*related)
    sheet = found.get(panelist=panelist, stage=stage)
    refuse_if(asked, rules_sheet.sealed(sheet), subject=panelist.evaluation)
    return sheet


def _require_version(sheet: Sheet, version: int, asked: str) -> None:
    if sheet.version != version:
        why = _("The sheet was saved from another page or device since you opened it here.")
        way = _("Compare both; then keep one of them.")
        raise SheetMoved(asked, [Ground(why, way, code="moved-on")], subject=sheet.panelist.evaluation)


def _write_marks(sheet: Sheet, marks: Sequence[MarkSpec], items: dict[str, Criterion]) -> None:
    rows = [
        Mark(sheet=sheet, criterion=items[each.code], points=each.points, met=each.met, reason=each.reason.strip())
        for each in {mark.code: mark for mark in marks}.values()
    ]
    Mark.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["sheet", "criterion"],
        update_fields=["points", "met", "reason"],
    )
