"""Renewal: reminding in time, telling of what is late, keeping the past work, and the next term."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.models import User
from gongjiang.bodies import actions as register
from gongjiang.bodies.actions import Ruling
from gongjiang.bodies.models import AssessmentBody, Decision
from gongjiang.filing import renewal
from gongjiang.filing.models import Application, ApplicationKind, WorkRecord
from gongjiang.filing.past_work import past_work
from gongjiang.filing.people import managers_of, officers_of
from gongjiang.filing.renewal import Phase, Window
from gongjiang.kernel import audit, canonical, messages
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import refuse_if

JUDGED_BY_WORK = (ApplicationKind.RENEWAL, ApplicationKind.TERMINATION)


@transaction.atomic
def remind(*, actor: Actor, at: datetime, body: AssessmentBody) -> int:
    """Tell the body of its renewal, once a stage; when it is late or lapsed, the authority too. Return how many.

    Who handed in a renewal isn't reminded. Doing it again tells nobody twice.
    """
    on = at.astimezone(SHANGHAI).date()
    found = renewal.window(body, on)
    reached = renewal.stage_of(found, on)
    if not reached or renewal.open_renewal(body):
        return 0
    told = [(user, _to_body(body, found, on)) for user in managers_of(body, on)]
    if found.phase in {Phase.LATE, Phase.LAPSED}:
        told += [(user, _to_authority(body, found)) for user in officers_of(body, on)]
    fresh = sum(_tell(body, found, reached, user, text, at) for user, text in told)
    if fresh:
        facts = {"stage": reached, "until": found.until, "told": fresh}
        cites = found.rule.cites if found.rule else ()
        audit.record(actor=actor, action="filing.remind", subject=body, at=at, facts=facts, cites=cites)
    return fresh


@transaction.atomic
def note_submission(*, actor: Actor, at: datetime, application: Application) -> Application:
    """Note what the day of the first submission decides: the past work is kept as it stands; who is late is told of.

    Part of handing in a renewal or a voluntary termination; for any other kind nothing is noted.

    :raises Refused: the filing lapsed, is renewed already, or ends.
    """
    body = application.body
    if application.kind not in JUDGED_BY_WORK or body is None or hasattr(application, "work_record"):
        return application
    on = at.astimezone(SHANGHAI).date()
    found = renewal.window(body, on)
    cites = found.rule.cites if found.rule else ()
    if application.kind == ApplicationKind.RENEWAL:
        refuse_if(_("Renew the filing of %(body)s") % {"body": body.name}, renewal.grounds(body, on), subject=body)
        application.is_late = found.is_late
        application.save(update_fields=["is_late"])
    content = past_work(body, found.since, on + timedelta(days=1)).as_content()
    kept = WorkRecord.objects.create(
        application=application, content=content, digest=canonical.digest(content), made_at=at
    )
    if application.is_late:
        for user in officers_of(body, on):
            messages.tell(
                key=f"renewal-late:{application.pk}:{user.pk}",
                subject=_("A renewal was applied for late"),
                text=_("%(body)s: it was due by %(due)s and came on %(day)s; the term ends with %(last)s.")
                % {"body": body.name, "due": found.due_on, "day": on, "last": found.last_day},
                at=at,
                user=user,
                cites=cites,
            )
    facts = {"digest": kept.digest, "late": application.is_late}
    audit.record(actor=actor, action="filing.keep_work", subject=application, at=at, facts=facts, cites=cites)
    return application


@transaction.atomic
def grant_renewal(*, actor: Actor, at: datetime, application: Application, ruling: Ruling, until: date) -> Decision:
    """Give the body its next term: it begins where the old one ends, or on the decision's day if that is over.

    Nothing is made good for the time between: a batch begun then would have been refused (our reading).

    :raises Refused: as the register refuses: the filing ended or winds up, the terms would overlap.
    """
    body = application.body
    assert body is not None
    since = max(renewal.newest_term(body).until, ruling.since)
    return register.renew(actor=actor, at=at, body=body, since=since, until=until, ruling=ruling)


def _tell(body: AssessmentBody, found: Window, reached: str, user: User, text: str, at: datetime) -> bool:
    key = f"renewal:{body.pk}:{found.until}:{reached}:{user.pk}"
    message = messages.tell(
        key=key,
        subject=_("The filing ends with %(day)s") % {"day": found.last_day},
        text=text,
        at=at,
        user=user,
        cites=found.rule.cites if found.rule else (),
    )
    return message.sent_at == at


def _to_body(body: AssessmentBody, found: Window, on: date) -> str:
    told = {"body": body.name, "last": found.last_day, "due": found.due_on, "left": (found.until - on).days}
    if found.phase == Phase.LAPSED:
        return _("The filing of %(body)s ended with %(last)s. Nothing new begins; apply for a first filing.") % told
    if found.phase == Phase.LATE:
        text = _(
            "Renewing the filing of %(body)s was due by %(due)s. Apply at once: it is late, not lost, until %(last)s."
        )
        return text % told
    if found.due_on is None:
        return _("The filing of %(body)s ends with %(last)s, in %(left)s days. Apply for the renewal before.") % told
    return _("The filing of %(body)s ends with %(last)s. Apply for the renewal by %(due)s.") % told


def _to_authority(body: AssessmentBody, found: Window) -> str:
    told = {"body": body.name, "last": found.last_day, "due": found.due_on}
    if found.phase == Phase.LAPSED:
        return _("The filing of %(body)s ended with %(last)s and wasn't renewed.") % told
    return _("%(body)s hasn't applied for the renewal that was due by %(due)s; its term ends with %(last)s.") % told
