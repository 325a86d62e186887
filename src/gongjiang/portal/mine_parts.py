"""A candidate's story in the words and parts of the page."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.kernel import calendars
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.notices import end_of
from gongjiang.kernel.parts import Deadline, Event, deadline, until
from gongjiang.kernel.settings_of_place import setting
from gongjiang.planning.queries import regime_of
from gongjiang.portal.queries_mine import Story, failed_parts
from gongjiang.standards.models import Level, PartKind


def stage_words(story: Story) -> str:
    """Return where the enrolment stands, in the candidate's words."""
    if story.stage == "over" and story.certificate is None and story.result and story.result.outcome != "passed":
        return _("not passed")
    return {
        "review": _("under eligibility review"),
        "returned": _("returned for correction"),
        "withdrawn": _("withdrawn"),
        "ineligible": _("not eligible"),
        "eligible": _("admitted to the exam"),
        "exam": _("exam under way"),
        "marking": _("being marked"),
        "notice": _("results posted for objection"),
        "confirmed": _("results confirmed"),
        "over": _("certificate issued") if story.certificate else _("over"),
        "cancelled": _("batch cancelled"),
    }[story.stage]


def subject(story: Story) -> str:
    """Return occupation and level of the enrolment."""
    line = story.enrolment.line
    return f"{line.occupation.name} {Level(line.level).label}"


def scores(story: Story) -> list[dict[str, Any]]:
    """Return each part's score card; empty before the results are posted."""
    if story.result is None:
        return []
    return [
        {"label": PartKind(part["part"]).label, "score": _score(part), "ok": part["passed"], "note": _note(part)}
        for part in story.result.parts
    ]


def _score(part: dict[str, Any]) -> str:
    if part.get("void"):
        return _("void")
    return _("absent") if part.get("absent") else str(part["score"])


def _note(part: dict[str, Any]) -> str:
    if part["passed"]:
        return _("passed, from %(mark)s") % {"mark": part["pass_mark"]}
    return _("not passed, from %(mark)s") % {"mark": part["pass_mark"]}


def objection_due(story: Story, today: date) -> Deadline | None:
    """Return the deadline of the reply to the open objection, counted day by day."""
    found = story.open_objection
    if found is None:
        return None
    start = found.raised_at.astimezone(SHANGHAI).date()
    return deadline(start, found.reply_working_days, today, calendars.current(), found.reply_cites)


def notice_due(story: Story, today: date) -> Deadline | None:
    """Return the last day on which to object, while the notice runs."""
    if story.notice is None or not story.notice_runs:
        return None
    notice = story.notice
    return until(notice.last_day, today, calendars.current(), notice.cites, provisional=notice.provisional)


def rights(story: Story) -> list[dict[str, Any]]:
    """Return what the candidate may do now, and what not yet with the reason."""
    found = [_right_to_object(story), _right_to_resit(story), _right_to_correct(story), _right_to_certificate(story)]
    return [each for each in found if each]


def _right(icon: str, label: str, text: str, url: str = "") -> dict[str, Any]:
    return {"icon": icon, "label": label, "text": text, "url": url}


def _right_to_object(story: Story) -> dict[str, Any] | None:
    if story.may_object and story.notice and story.result:
        text = _("While the notice runs, until %(day)s 24:00; no fee") % {"day": story.notice.last_day}
        return _right("msg", _("Object to the result"), text, reverse("result", args=[story.result.pk]))
    if story.stage == "ineligible":
        text = _("Say why; somebody who didn't decide answers it.")
        return _right("msg", _("Appeal against the decision"), text, reverse("enrolment", args=[story.enrolment.pk]))
    return None


def _right_to_resit(story: Story) -> dict[str, Any] | None:
    if story.result is None or not failed_parts(story.result) or story.notice is None:
        return None
    day = story.notice.posted_on
    months = setting("resit.months", place=regime_of(story.enrolment.batch), day=day).value
    text = _("Enrol for a later batch. Passed parts stay valid for %(months)s months (a setting of the place).")
    return _right("clock", _("Sit the failed part again"), text % {"months": months}, reverse("announcements"))


def _right_to_correct(story: Story) -> dict[str, Any] | None:
    if story.stage in ("withdrawn", "cancelled"):
        return None
    label = _("Correct personal data")
    if story.certificate is not None:
        text = _("The body makes a new copy under the same number; proof is needed.")
        return _right("user", label, text, reverse("certificate-correct", args=[story.certificate.pk]))
    body = story.enrolment.batch.body
    text = _("Before the certificate is issued the body corrects your enrolment: %(body)s, %(address)s.")
    url = reverse("directory-body", args=[body.code])
    return _right("user", label, text % {"body": body.name, "address": body.address}, url)


def _right_to_certificate(story: Story) -> dict[str, Any] | None:
    if story.stage in ("withdrawn", "cancelled", "ineligible"):
        return None
    label = _("Get the certificate")
    if story.certificate is not None:
        if story.certificate.state == "revoked":
            return _right("seal", label, _("It was revoked on %(day)s.") % {"day": story.certificate.revoked_on})
        return _right("seal", label, _("It is issued: the PDF stands below."), "#certificates")
    if story.result is not None and story.result.outcome != "passed":
        return _right("seal", label, _("Not yet: a part wasn't passed. It is issued once all parts are."))
    if story.result is not None:
        return _right(
            "seal", label, _("Not yet: it is issued once the notice has run out and objections are answered.")
        )
    return _right("seal", label, _("Not yet: it is issued once every part is passed and the notice has run out."))


def events(story: Story, today: date) -> list[Event]:
    """Return what happened and what is to come, newest first."""
    enrolment, batch = story.enrolment, story.enrolment.batch
    found = [Event(enrolment.enrolled_at.astimezone(SHANGHAI).date(), _("You were enrolled"), why=batch.title)]
    if story.decision is not None and story.stage not in ("review", "returned"):
        what = _("Found eligible") if story.decision.eligible else _("Found not eligible")
        day = story.decision.decided_at.astimezone(SHANGHAI).date()
        found.append(Event(day, what, why=story.decision.reason, kind="done" if story.decision.eligible else "hot"))
    found += [_seat_event(seat, today) for seat in story.seats]
    found += _notice_events(story, today)
    if story.certificate is not None:
        found.append(Event(story.certificate.issued_on, _("Certificate issued")))
    return sorted(found, key=lambda each: str(each.at), reverse=True)


def _seat_event(seat: Any, today: date) -> Event:
    start = seat.sitting.starts_at.astimezone(SHANGHAI)
    where = _("%(site)s, %(room)s, seat %(seat)s") % {
        "site": seat.room.site.name,
        "room": seat.room.name,
        "seat": seat.number,
    }
    kind = "todo" if start.date() > today else "now" if start.date() == today else "done"
    return Event(f"{start:%Y-%m-%d %H:%M}", seat.sitting.get_part_display(), why=where, kind=kind)  # type: ignore[arg-type]


def _notice_events(story: Story, today: date) -> list[Event]:
    notice = story.notice
    if notice is None or story.result is None:
        return []
    found = [Event(notice.posted_on, _("Results posted"), cites=tuple(notice.cites))]
    over = "todo" if end_of(notice.last_day).astimezone(SHANGHAI).date() > today else "done"
    found.append(Event(f"{notice.last_day} 24:00", _("The notice runs out"), kind=over))  # type: ignore[arg-type]
    for each in story.objections:
        raised = each.raised_at.astimezone(SHANGHAI)
        words = _("“%(text)s”") % {"text": each.text}
        found.append(Event(f"{raised:%Y-%m-%d %H:%M}", _("You objected"), why=words, kind="hot"))
        if each.replied_at is None:
            found.append(Event(each.reply_last_day, _("Your objection is answered by then"), kind="todo"))
        else:
            what = _("Objection upheld") if each.upheld else _("Objection not upheld")
            found.append(Event(f"{each.replied_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}", what, why=each.reply))
    if story.result.confirmed_on:
        found.append(Event(story.result.confirmed_on, _("Results confirmed")))
    return found
