"""Item writers: registered under a code name, bound by an agreement, trained in ethics, given tasks."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation
from gongjiang.kernel import audit, numbers
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.standards.models import Occupation
from gongjiang.workforce import rules_writers
from gongjiang.workforce.models import ItemWriter, NondisclosureAgreement, WriterTask
from gongjiang.workforce.permissions import WRITER_KEEPERS, require, require_own
from gongjiang.workforce.rules import governing, index_of
from gongjiang.workforce.rules_courses import normal


@dataclass(frozen=True, slots=True)
class WriterSpec:
    """Who is registered, for which occupation and levels, under which agreement. Name and number go nowhere else."""

    name: str
    identity: str
    occupation: Occupation
    highest_level: str
    agreement_number: str
    signed_on: date
    until: date
    ethics_on: date | None = None


@transaction.atomic
def register_writer(*, actor: Actor, at: datetime, home: Organisation, writer: WriterSpec) -> ItemWriter:
    """Register an item writer with the agreement that was signed (JL-2024-5§33); pages show the code name given here.

    :raises NotAllowed: the actor is neither the manager of the body nor an officer of the centre.
    :raises Refused: no agreement, a number that can't be one, or the person is registered for the occupation.
    """
    asked = _("Register an item writer")
    require(actor, WRITER_KEEPERS, asked, subject=home)
    require_own(actor, home, asked)
    index = index_of(writer.identity)
    taken = ItemWriter.everything.filter(home=home, identity_index=index, occupation=writer.occupation).first()
    refuse_if(asked, rules_writers.wrong_with_writer(writer, taken, _cites(home, at), at), subject=home)
    block = numbers.take(f"item-writer:{home.pk}", 1)
    row = ItemWriter.everything.create(
        home=home,
        code_name=f"M{home.place_code}-{home.pk}-{block.first:04d}",
        name=writer.name.strip(),
        identity=normal(writer.identity),
        identity_index=index,
        occupation=writer.occupation,
        highest_level=writer.highest_level,
        ethics_on=writer.ethics_on,
    )
    NondisclosureAgreement.objects.create(
        writer=row, signed_on=writer.signed_on, until=writer.until, number=writer.agreement_number.strip()
    )
    facts = {"agreement_until": writer.until}
    act = audit.Act("writer.register", row, facts, _cites(home, at))
    audit.record_many(actor=actor, at=at, acts=[act, block.act()])
    return row


@transaction.atomic
def sign_agreement(
    *, actor: Actor, at: datetime, writer: ItemWriter, number: str, signed_on: date, until: date
) -> NondisclosureAgreement:
    """Enter a further non-disclosure agreement of an item writer.

    :raises Refused: no number, a day to come, an end before the beginning, or one was signed that day.
    """
    asked = _("Enter an agreement")
    require(actor, WRITER_KEEPERS, asked, subject=writer)
    require_own(actor, writer.home, asked)
    same_day = writer.agreements.filter(signed_on=signed_on).exists()
    grounds = rules_writers.wrong_with_agreement(number, signed_on, until, same_day, _cites(writer.home, at), at)
    refuse_if(asked, grounds, subject=writer)
    row = NondisclosureAgreement.objects.create(writer=writer, signed_on=signed_on, until=until, number=number.strip())
    facts = {"signed_on": signed_on, "until": until}
    audit.record(actor=actor, action="writer.sign", subject=writer, at=at, facts=facts, cites=_cites(writer.home, at))
    return row


@transaction.atomic
def record_ethics(*, actor: Actor, at: datetime, writer: ItemWriter, day: date) -> ItemWriter:
    """Record that an item writer was trained in professional ethics (JL-2024-5§48).

    :raises Refused: the day is to come.
    """
    asked = _("Record training in ethics")
    require(actor, WRITER_KEEPERS, asked, subject=writer)
    require_own(actor, writer.home, asked)
    if day > at.astimezone(SHANGHAI).date():
        refuse_if(asked, [Ground(_("The day is still to come."), _("Enter it afterwards."), code="day")])
    writer.ethics_on = day
    writer.save(update_fields=["ethics_on"])
    rule = ask.ETHICS_TRAINING_REQUIRED.get(place=governing(writer.home), day=day)
    cites = rule.cites if rule else ()
    audit.record(actor=actor, action="writer.ethics", subject=writer, at=at, facts={"day": day}, cites=cites)
    return writer


@transaction.atomic
def give_task(*, actor: Actor, at: datetime, writer: ItemWriter, what: str, due_on: date) -> WriterTask:
    """Give an item writer a task; only under an agreement in force until it is due, and after training in ethics.

    :raises Refused: no agreement until then, no training in ethics where the law asks for it, the writer left.
    """
    asked = _("Give a task to %(code)s") % {"code": writer.code_name}
    require(actor, WRITER_KEEPERS, asked, subject=writer)
    require_own(actor, writer.home, asked)
    today = at.astimezone(SHANGHAI).date()
    refuse_if(asked, rules_writers.wrong_with_task(writer, what, today, due_on), subject=writer)
    row = WriterTask.objects.create(writer=writer, what=what.strip(), given_on=today, due_on=due_on)
    audit.record(actor=actor, action="writer.task", subject=writer, at=at, facts={"task": row.pk, "due_on": due_on})
    return row


@transaction.atomic
def settle_task(*, actor: Actor, at: datetime, task: WriterTask) -> WriterTask:
    """Note that a task was done; noting it again changes nothing.

    :raises NotAllowed: another centre's item writer.
    """
    asked = _("Note a task as done")
    require(actor, WRITER_KEEPERS, asked, subject=task.writer)
    require_own(actor, task.writer.home, asked)
    locked = WriterTask.objects.select_for_update(of=("self",)).select_related("writer").get(pk=task.pk)
    if locked.done_on is None:
        locked.done_on = at.astimezone(SHANGHAI).date()
        locked.save(update_fields=["done_on"])
        audit.record(actor=actor, action="writer.done", subject=locked.writer, at=at, facts={"task": locked.pk})
    return locked


def _cites(home: Organisation, at: datetime) -> tuple[Citation, ...]:
    rule = ask.NONDISCLOSURE_AGREEMENT_REQUIRED.get(place=governing(home), day=at.date())
    return rule.cites if rule else ()
