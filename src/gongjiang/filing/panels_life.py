"""Pictures of the life of a filing: the thresholds as bars, the term as a line, the past work as figures."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody
from gongjiang.filing import renewal, thresholds
from gongjiang.filing.models import Application
from gongjiang.filing.past_work import Figure, PastWork, past_work
from gongjiang.filing.renewal import Window
from gongjiang.filing.thresholds import Threshold
from gongjiang.kernel import calendars
from gongjiang.kernel.parts import Deadline, until
from gongjiang.kernel.pictures import Chart, Series
from gongjiang.law.model import Citation

WIDTH = 1000
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A threshold as a bar of WIDTH: how far it is filled, where the bound stands, how it reads."""

    threshold: Threshold
    filled: int
    bound: int | None
    look: str
    said: str
    bound_said: str


def bar_of(each: Threshold) -> Bar:
    """Return the bar of a threshold; a number is drawn against the greater of itself and its bound."""
    look = {True: "ok", False: "no", None: "na"}[each.met]
    if each.whole is not None:
        filled = WIDTH * each.part // each.whole if each.whole else 0
        bound = int(WIDTH * each.rule.value) if each.rule else None
        return Bar(each, filled, bound, look, f"{each.part} / {each.whole}", _share_words(each))
    most = max(each.part, each.rule.value if each.rule else 1, 1)
    bound = WIDTH * each.rule.value // most if each.rule else None
    return Bar(each, WIDTH * each.part // most, bound, look, str(each.part), _limit_words(each))


def _share_words(each: Threshold) -> str:
    if each.rule is None:
        return _("not asked for")
    if each.key == thresholds.SPREAD:
        return _("none added from %(bound)s on") % {"bound": each.bound}
    return _("at least %(bound)s") % {"bound": each.bound}


def _limit_words(each: Threshold) -> str:
    return _("at most %(bound)s") % {"bound": each.bound} if each.rule else _("not asked for")


def thresholds_panel(application: Application, on: date) -> dict[str, Any] | None:
    """Return what a page shows of the thresholds that bear on the application; None where none does."""
    found = [bar_of(each) for each in thresholds.figures(application, on)]
    return {"bars": found, "width": WIDTH} if any(bar.threshold.rule for bar in found) else None


@dataclass(frozen=True, slots=True)
class Line:
    """A filing term as a line of WIDTH: where today, the due day and the reminders stand on it."""

    window: Window
    now: int
    due: int | None
    marks: tuple[tuple[int, int], ...]


def line_of(found: Window, on: date) -> Line:
    """Return the term as a line; a day outside it stands at its end."""
    span = max((found.until - found.since).days, 1)

    def at(day: date) -> int:
        return min(max(WIDTH * (day - found.since).days // span, 0), WIDTH)

    due = at(found.due_on + ONE_DAY) if found.due_on else None
    return Line(found, at(on), due, tuple((days, at(day)) for days, day in found.reminders))


def due_chip(found: Window, on: date) -> Deadline:
    """Return until when the renewal is applied for: the lead of the law, else the last day of the term."""
    cites: tuple[Citation, ...] = found.rule.cites if found.rule else ()
    return until(found.due_on or found.last_day, on, calendars.current(), cites)


def figure_labels() -> dict[str, str]:
    """Return what each figure of the past work is called; those of other apps bring their key only."""
    return {
        "batches": _("Batches examined"),
        "batches_cancelled": _("Batches cancelled"),
        "passed": _("Passed of those with a result"),
        "certificates": _("Number of certificates issued"),
        "corrected": _("Certificates corrected"),
        "revoked": _("Certificates revoked"),
        "objections_upheld": _("Objections upheld"),
        "appeals_upheld": _("Appeals upheld"),
        "misconduct": _("Cases of misconduct"),
        "reports_late": _("Reports sent late"),
        "suspensions": _("Suspensions"),
        "assessors": _("Assessors in term"),
        "findings": _("Findings of the supervision"),
        "findings_open": _("Findings not closed"),
        "findings_overdue": _("Rectifications overdue"),
        "self_checks": _("Self-checks published"),
        "complaints_upheld": _("Complaints borne out, of those answered"),
    }


def work_panel(work: PastWork, *, frozen: bool = False) -> dict[str, Any]:
    """Return the past work as figures and a chart by year."""
    labels = figure_labels()
    figures = [(labels.get(each.key, each.key), _said(each), _note(each)) for each in work.figures]
    years = [each.name for each in work.years]
    failed = [each.candidates - each.passed for each in work.years]
    chart = Chart(
        _("Candidates by year"),
        tuple(years),
        (
            Series(_("Passed"), tuple(each.passed for each in work.years), role="jade"),
            Series(_("Not passed"), tuple(failed), role="ink"),
        ),
        kind="stack",
    )
    return {"work": work, "figures": figures, "chart": chart if years else None, "frozen": frozen}


def work_of(application: Application, on: date) -> dict[str, Any] | None:
    """Return the past work behind a renewal or a termination: frozen once it was handed in, else as it stands."""
    kept = getattr(application, "work_record", None)
    if kept is not None:
        return work_panel(PastWork.from_content(kept.content), frozen=True)
    return work_of_body(application.body, on) if application.body is not None else None


def work_of_body(body: AssessmentBody, on: date) -> dict[str, Any]:
    """Return the body's work in its present term up to the day."""
    since = renewal.newest_term(body).since
    return work_panel(past_work(body, min(since, on), on + ONE_DAY))


def _said(each: Figure) -> str:
    return f"{each.value} / {each.of}" if each.of is not None else str(each.value)


def _note(each: Figure) -> str:
    if each.worst is not None:
        return _("the latest by %(n)s days") % {"n": each.worst}
    return f"{round(100 * each.value / each.of)} %" if each.of else ""
