"""What stands against registering an item writer and giving one a task."""

from datetime import date, datetime
from typing import Protocol

from django.utils.translation import gettext as _

from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.codes import parse_identity
from gongjiang.law.model import Citation
from gongjiang.standards.models import Level
from gongjiang.workforce.models import ItemWriter, NondisclosureAgreement
from gongjiang.workforce.rules import governing

Cites = tuple[Citation, ...]


class Registered(Protocol):
    """An item writer as stated, as far as it is checked."""

    @property
    def name(self) -> str: ...
    @property
    def identity(self) -> str: ...
    @property
    def highest_level(self) -> str: ...
    @property
    def agreement_number(self) -> str: ...
    @property
    def signed_on(self) -> date: ...
    @property
    def until(self) -> date: ...


def wrong_with_writer(writer: Registered, taken: ItemWriter | None, cites: Cites, at: datetime) -> list[Ground]:
    """Return what stands against registering the writer."""
    grounds = []
    if not writer.name.strip():
        grounds.append(Ground(_("The name is missing."), _("Write it as on the document."), code="name"))
    if not parse_identity(writer.identity, today=at.date()).valid:
        why = _("This isn't an identity number that exists.")
        grounds.append(Ground(why, _("Compare it with the document."), code="identity"))
    if writer.highest_level not in Level.values:
        grounds.append(Ground(_("There's no such level."), _("Choose one of the list."), code="level"))
    if taken is not None:
        why = _("The person is registered for this occupation as %(code)s.") % {"code": taken.code_name}
        grounds.append(Ground(why, _("Enter a further agreement there."), code="writer-twice"))
    grounds += wrong_with_agreement(writer.agreement_number, writer.signed_on, writer.until, False, cites, at)
    return grounds


def wrong_with_agreement(
    number: str, signed_on: date, until: date, same_day: bool, cites: Cites, at: datetime
) -> list[Ground]:
    """Return what is wrong with an agreement."""
    grounds = []
    if not number.strip():
        why, way = _("The agreement's number is missing."), _("Sign it first, then register.")
        grounds.append(Ground(why, way, cites, "agreement-missing"))
    if signed_on > at.astimezone(SHANGHAI).date():
        why = _("The agreement isn't signed yet.")
        grounds.append(Ground(why, _("Register once it is."), cites, "agreement-to-come"))
    if until <= signed_on:
        why = _("The agreement would end before it begins.")
        grounds.append(Ground(why, _("Check both days."), code="agreement-order"))
    if same_day:
        why = _("An agreement of that day is already entered.")
        grounds.append(Ground(why, _("Check the day."), code="agreement-twice"))
    return grounds


def agreement_on(writer: ItemWriter, day: date) -> NondisclosureAgreement | None:
    """Return the writer's agreement in force on the day."""
    in_force = (each for each in writer.agreements.all() if each.signed_on <= day < each.until)
    return next(in_force, None)


def wrong_with_task(writer: ItemWriter, what: str, today: date, due_on: date) -> list[Ground]:
    """Return what stands against giving the writer a task (JL-2024-5§33, §48)."""
    where, grounds = governing(writer.home), []
    if not what.strip():
        grounds.append(Ground(_("The task is missing."), _("Say what is to be written."), code="task"))
    if due_on < today:
        grounds.append(Ground(_("The day is past."), _("Choose today or a later day."), code="day"))
    if writer.left_on is not None and writer.left_on <= today:
        why = _("The writer left on %(day)s.") % {"day": writer.left_on}
        grounds.append(Ground(why, _("Choose another writer."), code="writer-left"))
    needed = ask.NONDISCLOSURE_AGREEMENT_REQUIRED.get(place=where, day=today)
    if needed and needed.value and not all(agreement_on(writer, day) for day in (today, max(today, due_on))):
        why = _("No non-disclosure agreement is in force until %(day)s.") % {"day": due_on}
        grounds.append(Ground(why, _("Sign a further agreement first."), needed.cites, "no-agreement"))
    ethics = ask.ETHICS_TRAINING_REQUIRED.get(place=where, day=today)
    if ethics and ethics.value and writer.ethics_on is None:
        why = _("The writer has no training in professional ethics.")
        grounds.append(Ground(why, _("Record it first."), ethics.cites, "no-ethics-training"))
    return grounds
