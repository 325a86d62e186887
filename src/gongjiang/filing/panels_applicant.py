"""What the applicant's pages show: what can be begun, where an application stands, what differs between its rounds."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjiang.filing import queries, snapshots
from gongjiang.filing.models import Applicant, Application, ApplicationKind, Call
from gongjiang.filing.routing import Route, authority_for
from gongjiang.filing.rules_apply import calls_for, wrong_beginning
from gongjiang.filing.states import APPLICATION
from gongjiang.filing.tables_applicant import steps_of
from gongjiang.kernel import calendars
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.parts import Act, Deadline, Event, until
from gongjiang.kernel.refusal import Ground
from gongjiang.kernel.timeline import TimelineItem, timeline_for
from gongjiang.law.places import place as place_of
from gongjiang.standards.models import Level


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of application: what it is for, which calls it may answer, and what stands in its way."""

    key: str
    label: str
    about: str
    grounds: tuple[Ground, ...]
    calls: tuple[Call, ...] = ()


def kinds(applicant: Applicant, today: date) -> list[Kind]:
    """Return every kind of application with what stands in its way today."""
    about = {
        ApplicationKind.FIRST: _("The unit isn't on file and answers a call."),
        ApplicationKind.ADDITION: _("Further occupations or levels, also in exchange for filed ones."),
        ApplicationKind.AMENDMENT: _("Address, legal representative or another element changes."),
        ApplicationKind.RENEWAL: _("The filing goes on after its term."),
        ApplicationKind.TERMINATION: _("The unit wants to stop assessing."),
    }
    route = authority_for(applicant.affiliation, applicant.place_code, applicant.regime, on=today)
    found = []
    for kind, words in about.items():
        if kind == ApplicationKind.FIRST:
            found.append(_first(applicant, route, words, today))
            continue
        grounds = tuple(wrong_beginning(applicant, kind, None, route, on=today))
        found.append(Kind(kind, kind.label, words, grounds))
    return found


def _first(applicant: Applicant, route: Route, words: str, today: date) -> Kind:
    key, label = ApplicationKind.FIRST, ApplicationKind.FIRST.label
    calls = tuple(calls_for(applicant, route).filter(opens_on__lte=today, closes_on__gte=today))
    tried = {call: tuple(wrong_beginning(applicant, key, call, route, on=today)) for call in calls}
    fitting = tuple(call for call, grounds in tried.items() if not grounds)
    if fitting:
        return Kind(key, label, words, (), fitting)
    grounds = next(iter(tried.values()), None) or tuple(wrong_beginning(applicant, key, None, route, on=today))
    return Kind(key, label, words, grounds)


def record(application: Application, actor: Actor, at: datetime) -> dict[str, Any]:
    """Return what every page of an application shows of it."""
    today = at.date()
    rounds = list(application.snapshots.all())
    return {
        "application": application,
        "crumbs": [(_("Filing"), reverse("filing")), (application.number, "")],
        "steps": steps_of(application, today),
        "events": events_of(application),
        "facts": facts(application),
        "scope": scope_lines(application),
        "correction": application.corrections.last() if queries.is_editable(application) else None,
        "due": due(application, today),
        "rounds": rounds,
        "differences": differences(application),
        "next": next_acts(application, actor),
        "place": place_of(application.regime),
    }


# Acts of writing: on one day by one person they are told as one, or a filing's timeline would be nothing else.
WRITING = frozenset(
    f"application.{verb}"
    for verb in (
        "set_summary",
        "set_sites",
        "set_scope",
        "give_up",
        "set_changes",
        "set_subsidiaries",
        "answer_condition",
        "add_material",
        "note_online_check",
        "drop_material",
    )
)
READ = 400


def events_of(application: Application) -> list[Event]:
    """Return the application's acts, newest first; writing in a row, by one person on one day, is told as one act."""
    events = []
    runs = groupby(timeline_for(application, READ), key=_run)
    for (writing, *_rest), run in runs:
        items = list(run)
        if writing and len(items) > 1:
            first = items[0]
            what = ngettext("wrote the application in %(n)s place", "wrote the application in %(n)s places", len(items))
            events.append(Event(first.at, what % {"n": len(items)}, first.who))
        else:
            events += [Event(each.at, each.what, each.who, each.why, each.cites, each.kind) for each in items]
    return events


def _run(item: TimelineItem) -> tuple[object, ...]:
    writing = item.action in WRITING and item.outcome == "done"
    return (True, item.who, item.at.date()) if writing else (False, item.seq, None)


def facts(application: Application) -> list[tuple[Any, ...]]:
    """Return who applies for what, to whom, by whose rules."""
    applicant, routing = application.applicant, application.routings.last()
    told: list[tuple[Any, ...]] = [
        (_("Applicant"), applicant.name, f"{applicant.get_kind_display()} · {applicant.credit_code}"),
        (_("Authority"), application.authority.name, routing.reason if routing else ""),
        (_("Governing rules"), place_of(application.regime).name, application.call.number if application.call else ""),
        (_("Handed in on"), application.applied_on or "—", application.declared_by),
    ]
    return told


def scope_lines(application: Application) -> list[tuple[str, str, str, list[str]]]:
    """Return what is asked for: code, occupation, site, and the levels in order."""
    lines: dict[tuple[str, str, str], list[str]] = {}
    for row in application.scope.select_related("occupation"):
        key = (row.occupation.code, row.occupation.name, row.site_name)
        lines.setdefault(key, []).append(str(Level(row.level).label))
    return [(*key, levels) for key, levels in lines.items()]


def due(application: Application, today: date) -> Deadline | None:
    """Return until when the applicant acts: the correction's last day, or the call's."""
    correction = application.corrections.last()
    if application.state == "returned" and correction is not None and correction.due_on:
        return until(correction.due_on, today, calendars.current(), (), rule=_("Last day of the correction"))
    if application.state == "draft" and application.call is not None:
        return until(application.call.closes_on, today, calendars.current(), application.call.cites)
    return None


def differences(application: Application) -> list[dict[str, str]]:
    """Return what the last submission changed against the one before, as pages show it to both sides."""
    rounds = list(application.snapshots.order_by("-round")[:2])
    if len(rounds) < 2:
        return []
    found = snapshots.difference(rounds[1].content, rounds[0].content)
    return [
        {
            "section": snapshots.section_label(each.section),
            "label": snapshots.line_label(each.section, each.label),
            "before": each.before,
            "after": each.after,
        }
        for each in found
    ]


def next_acts(application: Application, actor: Actor) -> list[Act]:
    """Return what the applicant can do about the application besides writing it."""
    found = []
    if application.letter_id is not None:
        found.append(Act(_("Filing letter"), reverse("application-letter", args=[application.pk]), icon="file"))
    if undertaking_is_due(application):
        url = reverse("own-application-undertaking", args=[application.pk])
        found.append(Act(_("Sign the undertaking"), url, look="primary"))
    arrows = {each.action for each in APPLICATION.open_actions(state=application.state, roles=actor.roles)}
    if "withdraw" in arrows:
        label = str(APPLICATION.table["withdraw"].label)
        found.append(Act(label, reverse("own-application-withdraw", args=[application.pk]), look="stop"))
    return found


def undertaking_is_due(application: Application) -> bool:
    """Say whether the applicant may sign its undertaking now: after a favourable deliberation, before the letter."""
    ready = application.state in {"deliberated", "on_notice", "cleared"} and bool(application.favourable)
    asked = any(step["key"] == "undertaking" for step in application.flow)
    return ready and asked and application.undertaking_at is None


def missing_words(number: int) -> str:
    """Return in a few words how much is missing."""
    if not number:
        return _("nothing is missing")
    return ngettext("%(n)s thing is missing", "%(n)s things are missing", number) % {"n": number}
