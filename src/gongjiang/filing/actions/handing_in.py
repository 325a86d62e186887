"""Papers of an application: handed in, verified online, taken out. Nothing that was handed in is ever lost."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.filing import labels, rules_apply, rules_draft, rules_papers
from gongjiang.filing.conditions import EVIDENCE, law_day
from gongjiang.filing.models import Application, Material
from gongjiang.filing.rules_papers import round_of
from gongjiang.kernel import audit, files
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import refuse_if
from gongjiang.law.places import place as place_of

TAKEN = (files.PDF, files.JPEG, files.PNG, files.XLSX)
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that is handed in: what it is, or for which condition it is evidence, and what it is called."""

    kind: str
    content: bytes | BinaryIO
    name: str
    condition: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class OnlineCheck:
    """What was verified online: where, when, and which paper it replaces or which condition it shows."""

    kind: str
    source: str
    checked_at: datetime
    condition: str = ""


@transaction.atomic
def add_material(
    *, actor: Actor, at: datetime, application: Application, paper: Paper, replaces: Material | None = None
) -> Material:
    """Hand in a paper; one that it replaces stays on record with the round in which it was replaced.

    :raises Refused: not asked for; a file of another type, empty, or over 10 MB; the same file stands in another
        applicant's application.
    """
    asked = _("Hand in a paper")
    application = rules_draft.opened(asked, actor, application, at)
    today = at.astimezone(SHANGHAI).date()
    refuse_if(asked, rules_papers.not_asked_for(application, paper.kind, paper.condition, today), subject=application)
    stored = files.store(paper.content, at=at, allow=TAKEN)
    cites = rules_apply.truth_cites(place_of(application.regime), law_day(application, today))
    refuse_if(asked, rules_apply.used_by_another(stored, application.applicant, cites), subject=application)
    material = Material.objects.create(
        application=application,
        kind=paper.kind,
        condition=paper.condition,
        title=paper.title.strip() or _title(paper.kind, paper.condition),
        file=stored,
        file_name=paper.name[-LONGEST_NAME:],
        added_round=round_of(application),
        added_at=at,
    )
    if replaces is not None:
        _replace(application, replaces)
    facts = {"kind": paper.kind, "condition": paper.condition, "sha256": stored.sha256, "size": stored.size}
    audit.record(actor=actor, action="application.add_material", subject=application, at=at, facts=facts)
    return material


@transaction.atomic
def note_online_check(*, actor: Actor, at: datetime, application: Application, check: OnlineCheck) -> Material:
    """Note that something was verified online, which replaces the paper (MOHRSS-2020-17§13, XZ-2024-2§12).

    :raises Refused: not asked for, no source, a time to come, or the law of the place doesn't let it replace a paper.
    """
    asked = _("Note an online check")
    application = rules_draft.opened(asked, actor, application, at)
    today = at.astimezone(SHANGHAI).date()
    grounds = rules_papers.not_asked_for(application, check.kind, check.condition, today)
    grounds += rules_papers.wrong_check(application, check.source, check.checked_at, at)
    refuse_if(asked, grounds, subject=application)
    material = Material.objects.create(
        application=application,
        kind=check.kind,
        condition=check.condition,
        title=_title(check.kind, check.condition),
        verified_source=check.source.strip(),
        verified_at=check.checked_at,
        added_round=round_of(application),
        added_at=at,
    )
    facts = {"kind": check.kind, "condition": check.condition, "checked_at": check.checked_at}
    audit.record(actor=actor, action="application.note_online_check", subject=application, at=at, facts=facts)
    return material


@transaction.atomic
def drop_material(*, actor: Actor, at: datetime, application: Application, material: Material) -> Material:
    """Take a paper out of the application; it stays on record with the round."""
    asked = _("Take a paper out")
    application = rules_draft.opened(asked, actor, application, at)
    refuse_if(asked, rules_papers.not_in_hand(application, material), subject=application)
    _replace(application, material)
    facts = {"kind": material.kind, "condition": material.condition, "material": material.pk}
    audit.record(actor=actor, action="application.drop_material", subject=application, at=at, facts=facts)
    return material


def _replace(application: Application, material: Material) -> None:
    material.replaced_round = round_of(application)
    material.save(update_fields=["replaced_round"])


def _title(kind: str, condition: str) -> str:
    return labels.condition(condition) if kind == EVIDENCE else labels.material(kind)
