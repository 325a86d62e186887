"""Public notices and the objections raised within them: actions and questions."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from django.apps import apps
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjiang.kernel import audit, calendars
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.models import Objection, PublicNotice, StoredFile
from gongjiang.kernel.refusal import Ground, NotAllowed, Refused, refuse_if
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Place
from gongjiang.law.places import place as place_of

SHORTEST_REPLY = 2


@transaction.atomic
def open_notice(
    *,
    kind: str,
    subject: models.Model,
    title: str,
    place: Place,
    on: date,
    working_days: int,
    cites: Iterable[Citation],
    document: StoredFile | None = None,
) -> PublicNotice:
    """Post a notice on the subject for the working days that the law asked for; the day of posting doesn't count.

    Part of a larger act: the caller, who asked the law and takes the subject through its transition, writes the entry.
    """
    term = calendars.current().term(on, working_days)
    return PublicNotice.objects.create(
        kind=kind,
        subject_kind=audit.kind_of(subject),
        subject_id=str(subject.pk),
        title=title,
        place_code=place.code,
        posted_on=on,
        working_days=working_days,
        last_day=term.last_day,
        provisional=term.provisional,
        calendar_years=list(term.notices),
        cites=[cite.key for cite in cites],
        document=document,
    )


def notices_on(subject: models.Model) -> QuerySet[PublicNotice]:
    """Return the notices on a record, newest first; the caller has reached the record within its scope."""
    return PublicNotice.objects.filter(subject_kind=audit.kind_of(subject), subject_id=str(subject.pk))


def newest_on(subject: models.Model) -> PublicNotice | None:
    """Return the newest notice on a record that wasn't withdrawn."""
    return notices_on(subject).filter(withdrawn_on=None).first()


def is_over(notice: PublicNotice, at: datetime) -> bool:
    """Say whether the notice ran out: from 00:00 Asia/Shanghai after its last day; never while provisional."""
    return notice.withdrawn_on is None and not notice.provisional and at >= end_of(notice.last_day)


def running(notice: PublicNotice, at: datetime) -> bool:
    """Say whether objections may be raised: from the day of posting until it is over."""
    posted = datetime.combine(notice.posted_on, time(0), tzinfo=SHANGHAI)
    return notice.withdrawn_on is None and at >= posted and not is_over(notice, at)


def end_of(day: date) -> datetime:
    """Return the instant at which a last day ends: 24:00 Asia/Shanghai."""
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=SHANGHAI)


def is_overdue(objection: Objection, at: datetime) -> bool:
    """Say whether the reply is late; a provisional term is never called late."""
    if objection.replied_at is not None or objection.reply_provisional:
        return False
    return at >= end_of(objection.reply_last_day)


def pending(subject: models.Model) -> QuerySet[Objection]:
    """Return the objections without a reply in every notice on the record."""
    return Objection.objects.filter(notice__in=notices_on(subject), replied_at=None)


def pending_about(records: Iterable[models.Model]) -> QuerySet[Objection]:
    """Return the objections without a reply that are about one of these records, all of one kind."""
    found = list(records)
    kinds = {audit.kind_of(record) for record in found}
    return Objection.objects.filter(
        about_kind__in=kinds, about_id__in=[str(record.pk) for record in found], replied_at=None
    )


@transaction.atomic
def raise_objection(
    *, notice: PublicNotice, about: models.Model, person_key: str, text: str, actor: Actor, at: datetime, key: str
) -> Objection:
    """Raise an objection within a notice about one record; the same key again returns the same objection.

    The reply is due within the working days asked of the law of the notice's place on the day it is raised.

    :raises Refused: the notice isn't running, the text is empty, or the key was used for another objection.
    """
    notice = PublicNotice.objects.select_for_update().get(pk=notice.pk)
    known = Objection.objects.filter(key=key).first()
    if known:
        return _same(known, notice, about, person_key)
    refuse_if(_("Raise an objection"), _against_raising(notice, text, at), subject=notice)
    on = at.astimezone(SHANGHAI).date()
    reply = ask.OBJECTION_REPLY_WORKING_DAYS.at(place=place_of(notice.place_code), day=on)
    term = calendars.current().term(on, reply.value)
    objection = Objection.objects.create(
        notice=notice,
        about_kind=audit.kind_of(about),
        about_id=str(about.pk),
        person_key=person_key,
        text=text.strip(),
        raised_at=at,
        key=key,
        reply_working_days=reply.value,
        reply_last_day=term.last_day,
        reply_provisional=term.provisional,
        reply_calendar_years=list(term.notices),
        reply_cites=[cite.key for cite in reply.cites],
    )
    facts = {"about": [objection.about_kind, objection.about_id], "reply_last_day": term.last_day}
    _record("raise", objection, actor=actor, at=at, cites=reply.cites, facts=facts)
    return objection


def _same(known: Objection, notice: PublicNotice, about: models.Model, person_key: str) -> Objection:
    same = (known.notice_id, known.about_kind, known.about_id, known.person_key)
    if same != (notice.pk, audit.kind_of(about), str(about.pk), person_key):
        way = _("Open the page again and send it once more.")
        why = _("This form was already sent for another objection.")
        raise Refused(_("Raise an objection"), [Ground(why, way, code="key-reused")], subject=notice)
    return known


def _against_raising(notice: PublicNotice, text: str, at: datetime) -> Iterable[Ground]:
    cites = cites_of(notice.cites)
    if not text.strip():
        yield Ground(_("The objection says nothing."), _("Write what you object to and why."), code="empty")
    if running(notice, at):
        return
    if is_over(notice, at):
        why = _("The notice ended on %(day)s at 24:00.") % {"day": notice.last_day}
        yield Ground(why, _("You can still complain to the authority that supervises the body."), cites, "notice-over")
    elif notice.withdrawn_on:
        yield Ground(_("The notice was withdrawn."), _("Wait for the new notice."), cites, "notice-withdrawn")
    else:
        why = _("The notice is posted on %(day)s.") % {"day": notice.posted_on}
        yield Ground(why, _("Raise it from that day on."), cites, "notice-not-posted")


@transaction.atomic
def assign_reply(
    *, objection: Objection, user_id: int, actor: Actor, at: datetime, not_by: Iterable[int] = ()
) -> Objection:
    """Assign the reply to a user, who may not be one of ``not_by``: those whose work is objected to.

    :raises Refused: the user is one of them, or the objection has its reply.
    """
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    grounds = [*_against_reply(objection), *_against_person(user_id, not_by, objection)]
    refuse_if(_("Assign the reply to the objection"), grounds, subject=objection)
    objection.assigned_to_id = user_id
    objection.save(update_fields=["assigned_to_id"])
    _record("assign", objection, actor=actor, at=at, facts={"assigned_to": user_id})
    return objection


@transaction.atomic
def reply_objection(
    *, objection: Objection, actor: Actor, text: str, upheld: bool, at: datetime, not_by: Iterable[int] = ()
) -> Objection:
    """Reply to an objection, by a person who isn't one of ``not_by`` and, once assigned, the one it is assigned to.

    :raises NotAllowed: the actor isn't signed in as staff.
    :raises Refused: it has its reply, the text is empty, or the actor may not be the one who replies.
    """
    asked = _("Reply to the objection")
    if actor.kind != "staff" or actor.user_id is None:
        way = _("Sign in as a member of the body's staff.")
        raise NotAllowed(asked, [Ground(_("Your role doesn't include this."), way, code="wrong-role")])
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    grounds = [*_against_reply(objection), *_against_person(actor.user_id, not_by, objection)]
    if len(text.strip()) < SHORTEST_REPLY:
        grounds.append(Ground(_("The reply says nothing."), _("Write what was checked and found."), code="empty"))
    if objection.assigned_to_id not in (None, actor.user_id):
        why, way = _("The reply is assigned to somebody else."), _("Ask to have it assigned to you.")
        grounds.append(Ground(why, way, code="assigned-to-another"))
    refuse_if(asked, grounds, subject=objection)
    objection.reply, objection.upheld = text.strip(), upheld
    objection.replied_by_id, objection.replied_at = actor.user_id, at
    objection.save(update_fields=["reply", "upheld", "replied_by_id", "replied_at"])
    facts = {"upheld": upheld, "late": _late(objection, at)}
    _record("reply", objection, actor=actor, at=at, cites=cites_of(objection.reply_cites), facts=facts)
    return objection


def _late(objection: Objection, at: datetime) -> bool:
    return not objection.reply_provisional and at >= end_of(objection.reply_last_day)


def _against_reply(objection: Objection) -> Iterable[Ground]:
    if objection.replied_at:
        day = objection.replied_at.astimezone(SHANGHAI).date()
        why = _("It was replied to on %(day)s.") % {"day": day}
        yield Ground(why, _("Read the reply; a reply isn't written twice."), code="replied")


def _against_person(user_id: int, not_by: Iterable[int], objection: Objection) -> Iterable[Ground]:
    if user_id in set(not_by):
        why = _("This person gave or confirmed the result that is objected to.")
        way = _("Assign the reply to another person.")
        yield Ground(why, way, cites_of(objection.reply_cites), "same-person")


def cites_of(keys: Iterable[str]) -> tuple[Citation, ...]:
    """Return the citations that a record keeps in their machine form."""
    return tuple(Citation.parse(key) for key in keys)


def _record(
    verb: str,
    objection: Objection,
    *,
    actor: Actor,
    at: datetime,
    cites: Iterable[Citation] = (),
    facts: Mapping[str, object],
) -> None:
    notice = objection.notice
    model = apps.get_model(notice.subject_kind)
    about = model._base_manager.filter(pk=notice.subject_id).first()
    audit.record(
        actor=actor, action=f"objection.{verb}", subject=objection, at=at, cites=cites, facts=facts, about=about
    )
