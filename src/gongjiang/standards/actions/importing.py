"""Bringing lists in: all rows of a file or none, every problem told; a list entered takes its examples away."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import refuse_if
from gongjiang.law.model import Place
from gongjiang.standards import rules, sheets, writing
from gongjiang.standards.models import CatalogueEdition
from gongjiang.standards.writing import Imported


@transaction.atomic
def import_edition(*, actor: Actor, at: datetime, content: bytes, edition: int, source: str, place: Place) -> Imported:
    """Enter or complete an edition of the classification from a sheet; rows that aren't in it stay.

    Where a row says what the occupation became, its old code and name lead there from then on.

    :raises NotAllowed: by anybody but a provincial officer or a command.
    :raises SheetRefused: with every problem of every row; nothing is saved.
    """
    asked = _("Import an edition of the classification")
    rules.require_officer(asked, actor)
    refuse_if(asked, [*rules.source_missing(source), *rules.against_edition(edition, at.astimezone(SHANGHAI).year)])
    rows = sheets.read_edition(content, place=place, on=at.astimezone(SHANGHAI).date())
    told = {"source": source.strip(), "is_example": False}
    record, _created = CatalogueEdition.objects.update_or_create(
        edition=edition, defaults=told, create_defaults={**told, "entered_at": at}
    )
    done = writing.write_edition(edition, rows, source=source.strip())
    _record("catalogue.import_edition", done, source, actor=actor, at=at, subject=record, edition=edition)
    return done


@transaction.atomic
def import_access_types(*, actor: Actor, at: datetime, content: bytes, source: str) -> Imported:
    """Enter the list of access-type occupations (准入类); from their first day they aren't certified by level.

    :raises NotAllowed: by anybody but a provincial officer or a command.
    :raises SheetRefused: with every problem of every row; nothing is saved.
    """
    asked = _("Import access-type occupations")
    rules.require_officer(asked, actor)
    refuse_if(asked, rules.source_missing(source))
    done = writing.write_access(sheets.read_access(content), source=source.strip())
    _record("catalogue.import_access", done, source, actor=actor, at=at)
    return done


@transaction.atomic
def import_projects(*, actor: Actor, at: datetime, content: bytes, source: str, place: Place) -> Imported:
    """Enter a place's list of specialised projects (专项职业能力考核); they have no levels (XZ-2024-2§8).

    :raises NotAllowed: by anybody but a provincial officer or a command.
    :raises SheetRefused: with every problem of every row, a level among them; nothing is saved.
    """
    asked = _("Import specialised projects")
    rules.require_officer(asked, actor)
    refuse_if(asked, rules.source_missing(source))
    rows = sheets.read_projects(content, place=place, on=at.astimezone(SHANGHAI).date())
    done = writing.write_projects(rows, place_code=place.code, source=source.strip())
    _record("catalogue.import_projects", done, source, actor=actor, at=at, place=place.code)
    return done


@transaction.atomic
def import_standards(*, actor: Actor, at: datetime, content: bytes, source: str) -> Imported:
    """Enter national standards as their texts state them; a version that is there is brought up to its text.

    From the day that one is in force, specifications for the same occupation give way to it.

    :raises NotAllowed: by anybody but a provincial officer or a command.
    :raises SheetRefused: with every problem of every row; nothing is saved.
    """
    asked = _("Import national standards")
    rules.require_officer(asked, actor)
    refuse_if(asked, rules.source_missing(source))
    done = writing.write_standards(sheets.read_standards(content), source=source.strip())
    _record("catalogue.import_standards", done, source, actor=actor, at=at)
    return done


@transaction.atomic
def import_weights(*, actor: Actor, at: datetime, content: bytes, source: str) -> Imported:
    """Enter the weights of functions; those of each part at a level that the sheet names are replaced as a whole.

    :raises NotAllowed: by anybody but a provincial officer or a command.
    :raises SheetRefused: with every problem of every row, a sum other than 100 among them; nothing is saved.
    """
    asked = _("Import weights of functions")
    rules.require_officer(asked, actor)
    refuse_if(asked, rules.source_missing(source))
    done = writing.write_weights(sheets.read_weights(content), source=source.strip())
    _record("catalogue.import_weights", done, source, actor=actor, at=at)
    return done


def _record(
    action: str,
    done: Imported,
    source: str,
    *,
    actor: Actor,
    at: datetime,
    subject: CatalogueEdition | None = None,
    **facts: object,
) -> None:
    counts = {"added": done.added, "changed": done.changed, "same": done.same, "source": source.strip()}
    audit.record(actor=actor, action=action, subject=subject, at=at, facts={**facts, **counts})
