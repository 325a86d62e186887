"""Who may be let in, and what a breach of discipline must say, each as grounds of a refusal."""

from datetime import datetime

from django.utils.translation import gettext as _

from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.planning.queries import regime_of
from gongjiang.sittings.misconduct import CATALOGUE, WARNING
from gongjiang.sittings.models import Attendance, Seat, Sitting
from gongjiang.sittings.queries import late_limit
from gongjiang.sittings.seating import day_of

SHORTEST_FACTS = 4


def papers_cites(sitting: Sitting) -> tuple[Citation, ...]:
    """Return the articles by which ticket and identity document are shown together (JL-2024-5§20)."""
    rule = ask.TICKET_WITH_IDENTITY_DOCUMENT.get(place=regime_of(sitting.batch), day=day_of(sitting.starts_at))
    return rule.cites if rule and rule.value else ()


def wrong_with_arrival(
    sitting: Sitting, enrolment: Enrolment, *, present: bool, papers_seen: bool, at: datetime
) -> list[Ground]:
    """Return every reason against recording it: no seat, another day, papers, too late, too early to be absent."""
    if not is_seated(sitting, enrolment):
        why = _("The candidate has no seat in this sitting.")
        return [Ground(why, _("Look at the ticket: part, time and room."), code="no-seat")]
    limit, cites = late_limit(sitting), papers_cites(sitting)
    grounds = []
    if present and not papers_seen and cites:
        why = _("Ticket and identity document are shown together.")
        grounds.append(Ground(why, _("Let the candidate fetch what is missing."), cites, "papers"))
    if day_of(at) < day_of(sitting.starts_at):
        why = _("The sitting is on %(day)s.") % {"day": day_of(sitting.starts_at)}
        grounds.append(Ground(why, _("Check in on that day."), code="another-day"))
    elif present and at > limit:
        why = _("Candidates are let in until %(time)s.") % {"time": f"{limit:%H:%M}"}
        way = _("Record the candidate as absent; who was inside in time can be corrected from the sign-in sheet.")
        grounds.append(Ground(why, way, code="too-late"))
    elif not present and at <= limit:
        why = _("Candidates may still come until %(time)s.") % {"time": f"{limit:%H:%M}"}
        grounds.append(Ground(why, _("Record who is absent after that."), code="not-late-yet"))
    if present and (other := elsewhere(sitting, enrolment)):
        told = {"number": other.sitting.batch.number}
        why = _("The same person was checked in for batch %(number)s at the same time.") % told
        grounds.append(Ground(why, _("Find out who it is, by document and photo."), code="elsewhere"))
    return grounds


def is_seated(sitting: Sitting, enrolment: Enrolment) -> bool:
    """Say whether the candidate has a seat in the sitting by the current arrangement."""
    return Seat.objects.filter(arrangement__superseded=False, sitting=sitting, enrolment=enrolment).exists()


def elsewhere(sitting: Sitting, enrolment: Enrolment) -> Attendance | None:
    """Return where the same person was checked in for another sitting that overlaps this one."""
    return (
        Attendance.objects.filter(
            enrolment__candidate_id=enrolment.candidate_id,
            present=True,
            sitting__starts_at__lt=sitting.ends_at,
            sitting__ends_at__gt=sitting.starts_at,
        )
        .exclude(sitting=sitting)
        .select_related("sitting__batch")
        .first()
    )


def wrong_with_breach(sitting: Sitting, enrolment: Enrolment, code: str, facts: str, heard: str) -> list[Ground]:
    """Return every reason against recording the breach."""
    grounds = []
    breach = CATALOGUE.get(code)
    if breach is None:
        why = _("The catalogue has no such breach.")
        grounds.append(Ground(why, _("Choose one of the catalogue."), code="unknown-breach"))
    if len(facts.strip()) < SHORTEST_FACTS:
        why = _("What was seen isn't written down.")
        grounds.append(Ground(why, _("Write what happened, when, and who saw it."), code="facts"))
    if breach and breach.effect != WARNING and not heard.strip():
        why = _("The candidate hasn't been heard; this voids a score.")
        way = _("Write what the candidate says, or that they wouldn't say anything.")
        grounds.append(Ground(why, way, code="not-heard"))
    if not Attendance.objects.filter(sitting=sitting, enrolment=enrolment, present=True).exists():
        why = _("The candidate isn't recorded as present in this sitting.")
        grounds.append(Ground(why, _("Check them in first."), code="not-present"))
    return grounds


def clock(instant: datetime) -> str:
    """Return hours and minutes in Asia/Shanghai."""
    return f"{instant.astimezone(SHANGHAI):%H:%M}"
