"""Scores and results in words, for pages: nothing here decides anything."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel import calendars
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.models import Objection, PublicNotice
from gongjiang.kernel.parts import Deadline, deadline
from gongjiang.law.calendar import Calendar
from gongjiang.results.contents import GROUPS, group_label
from gongjiang.results.entry import ScoreRow
from gongjiang.results.marks import plain
from gongjiang.results.models import Outcome, Score
from gongjiang.results.reading import ABSENT, VOID
from gongjiang.results.rules import part_label
from gongjiang.standards import explain
from gongjiang.standards.models import Method

LOOK = {Outcome.PASSED: "ok", Outcome.FAILED: "no", Outcome.INCOMPLETE: "na"}


def score_text(score: Score | None) -> str:
    """Return a score as it stands in an entry field: the number, 缺考 or 作废."""
    if score is None:
        return ""
    if score.is_void:
        return "作废"
    return "缺考" if score.value is None else plain(score.value)


def typed(enrolment: Enrolment, text: str, scorer: str, groups: Sequence[str] = ()) -> ScoreRow:
    """Return what somebody typed into a field as a row; what is no number is given as a score that none can have.

    With marks by group and no score, the score is their sum.
    """
    text = text.strip()
    if text in ABSENT:
        return ScoreRow(enrolment, absent=True)
    if text in VOID:
        return ScoreRow(enrolment, void=True)
    marks = [number(each) for each in groups] if any(groups) else []
    value = sum(marks, Decimal(0)) if marks and not text else number(text)
    apart = (marks[0], marks[1], marks[2]) if marks else None
    return ScoreRow(enrolment, value, scorer=scorer, groups=apart)


def number(text: str) -> Decimal:
    """Return a number as somebody typed it; -1, which no score is, for what is none."""
    try:
        value = Decimal(text.strip().replace("，", ".").replace("。", "."))
    except InvalidOperation:
        return Decimal(-1)
    return value if value.is_finite() else Decimal(-1)


def group_texts(score: Score | None) -> list[str]:
    """Return the marks by group as they stand in entry fields."""
    groups = score.groups if score else None
    return [plain(mark) for mark in groups] if groups else ["", "", ""]


def group_lines(part: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the marks by group that were frozen with a part, each with its name; none where none were given."""
    return [(group_label(group), mark) for group, mark in zip(GROUPS, part.get("groups", ()), strict=False)]


def part_score(part: Mapping[str, Any]) -> str:
    """Return a frozen part's score in words."""
    if part["void"]:
        return _("void")
    return _("absent") if part["absent"] else str(part["score"])


def part_reason(part: Mapping[str, Any]) -> str:
    """Return why a part is passed or not, from what was frozen with it."""
    told = {"score": part["score"], "mark": part["pass_mark"], "full": part["full_mark"]}
    if part["void"]:
        return _("Void by misconduct: the part isn't passed.")
    if part["absent"]:
        return _("Absent: there is no score, and no zero either.")
    if part["passed"]:
        return _("%(score)s of %(full)s, the pass mark is %(mark)s: passed.") % told
    return _("%(score)s of %(full)s, the pass mark is %(mark)s: not passed.") % told


def part_lines(parts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return a result's parts for a page: name, score, reason, standard."""
    return [
        {
            "label": part_label(part["part"]),
            "score": part_score(part),
            "reason": part_reason(part),
            "standard": part["standard"],
            "method": Method(part["way"]).label if part.get("way") else part.get("method", ""),
            "groups": group_lines(part),
            "passed": part["passed"],
            "look": "ok" if part["passed"] else "na" if part["absent"] else "no",
        }
        for part in parts
    ]


def formula(parts: Sequence[Mapping[str, Any]]) -> str:
    """Return in one sentence how the result follows: every part by its own pass mark, none made up for by another."""
    return explain.rule([(part_label(part["part"]), part["pass_mark"], part["full_mark"]) for part in parts])


def notice_due(notice: PublicNotice, today: date, calendar: Calendar | None = None) -> Deadline:
    """Return a notice's deadline with every day counted; lists hand on the calendar that they read once.

    A notice that has run its days is done, not overdue.
    """
    over = notice.last_day if today > notice.last_day and not notice.provisional else None
    rule = _("Results are posted for at least %(n)s working days.") % {"n": notice.working_days}
    calendar = calendar or calendars.current()
    cites = tuple(notice.cites)
    return deadline(notice.posted_on, notice.working_days, today, calendar, cites, rule=rule, done_on=over)


def reply_due(objection: Objection, today: date, calendar: Calendar | None = None) -> Deadline:
    """Return the deadline of a reply; done where it was given."""
    raised = objection.raised_at.astimezone(SHANGHAI).date()
    done = objection.replied_at.astimezone(SHANGHAI).date() if objection.replied_at else None
    rule = _("The reply is due within %(n)s working days.") % {"n": objection.reply_working_days}
    cites = tuple(objection.reply_cites)
    return deadline(
        raised, objection.reply_working_days, today, calendar or calendars.current(), cites, rule=rule, done_on=done
    )
