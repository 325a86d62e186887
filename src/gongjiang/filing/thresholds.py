"""The thresholds before an occupation is added (XZ-2024-2§24-26): each with its numbers and the names behind them.

Shares are exact: two of three reach two thirds, 66.6 % don't. Where the law of the place doesn't ask, the figures are
given all the same, without a verdict. The rule is that of the day of the application, the figures those of ``on``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody, ScopeItem
from gongjiang.bodies.queries import on_file_on
from gongjiang.filing.models import Application, ApplicationKind
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Place, Provision
from gongjiang.law.places import place as place_of
from gongjiang.law.shares import number_is_allowed, reaches
from gongjiang.planning.models import BatchLine
from gongjiang.planning.states import BatchState
from gongjiang.standards.models import Occupation

CARRIED_OUT, SPREAD, NUMBER = "carried_out", "spread", "number"
PUBLIC = "who is on file for what stands in the public directory"


@dataclass(frozen=True, slots=True)
class Named:
    """One name behind a figure: an occupation or a body, and whether it counts in the numerator."""

    name: str
    counts: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Threshold:
    """One threshold as it stands: numerator, denominator, the rule with its bound, and the verdict.

    ``met`` says whether the application may go on; None where the law of the place doesn't ask. ``whole`` is None
    where a number is compared and no share. ``reading`` tells how we read the article.
    """

    key: str
    label: str
    part: int
    whole: int | None
    rule: Provision[Any] | None
    met: bool | None
    reading: str
    named: tuple[Named, ...] = ()
    before: int | None = None

    @property
    def bound(self) -> Fraction | int | None:
        """The bound that the rule sets: a share, or a number."""
        return self.rule.value if self.rule else None

    @property
    def cites(self) -> tuple[Citation, ...]:
        return self.rule.cites if self.rule else ()


def figures(application: Application, on: date) -> tuple[Threshold, ...]:
    """Return the thresholds that bear on the application, with the figures of the day.

    An added occupation meets all three; a first filing only the number; every other kind none.
    """
    day = application.applied_on or on
    law = place_of(application.regime)
    asked = {row.occupation.code: row.occupation for row in application.scope.select_related("occupation")}
    if application.kind == ApplicationKind.FIRST:
        return (_number(law, day, application.applicant.kind, {}, asked, set()),)
    body = application.body
    if application.kind != ApplicationKind.ADDITION or body is None:
        return ()
    filed = filed_occupations(body, on)
    leaving = _leaving(application, body, on)
    new = {code: occupation for code, occupation in asked.items() if code not in filed}
    return (
        carried_out(body, on, day=day),
        *spread(law, day, new.values(), on),
        _number(law, day, body.kind, filed, asked, leaving),
    )


def figures_of_body(body: AssessmentBody, on: date) -> tuple[Threshold, ...]:
    """Return how the body stands before it asks for anything: what it carried out, and how many it has on file."""
    filed = filed_occupations(body, on)
    return (
        carried_out(body, on, day=on),
        _number(place_of(body.regime), on, body.kind, filed, filed, set()),
    )


def grounds(application: Application, on: date) -> tuple[Ground, ...]:
    """Return what the thresholds say against the application on the day; asked at submission and at deliberation."""
    return tuple(_ground(each) for each in figures(application, on) if each.met is False)


def carried_out(body: AssessmentBody, on: date, *, day: date) -> Threshold:
    """Return the share of the body's filed occupations of which it examined a batch since it was filed."""
    rule = ask.ADDITION_NEEDS_COVERAGE.get(place=place_of(body.regime), day=day)
    filed = filed_occupations(body, on)
    done = examined_codes(body, on)
    part = len(filed.keys() & done.keys())
    named = tuple(
        Named(occupation.name, code in done, _("examined %(day)s") % {"day": done[code]} if code in done else "")
        for code, occupation in sorted(filed.items())
    )
    return Threshold(
        CARRIED_OUT,
        _("Filed occupations carried out"),
        part,
        len(filed),
        rule,
        reaches(part, len(filed), rule.value) if rule else None,
        _("Our reading: an occupation is carried out once a batch with it was examined since the first filing."),
        named,
    )


def spread(law: Place, day: date, occupations: Iterable[Occupation], on: date) -> list[Threshold]:
    """Return for each occupation the share of the city's filed bodies that have it (our reading of XZ-2024-2§25).

    The city is the place that made the rule; without a rule, the division whose law was asked.
    """
    rule = ask.ADDITION_STOPS_AT_COVERAGE.get(place=law, day=day)
    city = rule.place if rule else next(each for each in law.chain() if each.code.isdigit())
    bodies = AssessmentBody.objects.unscoped(PUBLIC).filter(on_file_on(on), place_code__startswith=city.code)
    names = dict(bodies.order_by("name").values_list("pk", "name"))
    wanted = sorted(occupations, key=lambda each: each.code)
    rows = (
        ScopeItem.objects.unscoped(PUBLIC)
        .filter(_in_force(on), body__in=names, occupation__code__in=[each.code for each in wanted])
        .values_list("occupation__code", "body_id")
    )
    having: dict[str, set[int]] = {}
    for code, pk in rows:
        having.setdefault(code, set()).add(pk)
    reading = _("Our reading: of the bodies on file in %(city)s that day, the share that has the occupation.")
    return [
        Threshold(
            SPREAD,
            _("Bodies in the city that have %(occupation)s") % {"occupation": each.name},
            len(have := having.get(each.code, set())),
            len(names),
            rule,
            not reaches(len(have), len(names), rule.value) if rule else None,
            reading % {"city": city.name},
            tuple(Named(name, pk in have) for pk, name in names.items()),
        )
        for each in wanted
    ]


def filed_occupations(body: AssessmentBody, on: date) -> dict[str, Occupation]:
    """Return the occupations in force in the body's scope on the day, by code."""
    cells = body.scope.filter(_in_force(on)).select_related("occupation")
    return {cell.occupation.code: cell.occupation for cell in cells}


def examined_codes(body: AssessmentBody, on: date) -> dict[str, date]:
    """Return the codes of the occupations that the body examined since its first filing, with the first day."""
    first = min((term.since for term in body.terms.all()), default=body.filed_on)
    lines = BatchLine.objects.filter(batch__body=body, batch__examined_on__gte=first, batch__examined_on__lte=on)
    found: dict[str, date] = {}
    pairs = lines.exclude(batch__state=BatchState.CANCELLED).values_list("occupation__code", "batch__examined_on")
    for code, day in pairs.order_by("-batch__examined_on"):
        found[code] = day
    return found


def _in_force(on: date) -> Q:
    return Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))


def _leaving(application: Application, body: AssessmentBody, on: date) -> set[str]:
    """Return the codes of which every cell in force is given up for what is asked (以旧换新)."""
    given_up = set(application.given_up.values_list("item_id", flat=True))
    cells = list(body.scope.filter(_in_force(on)).values_list("occupation__code", "pk"))
    staying = {code for code, pk in cells if pk not in given_up}
    return {code for code, _pk in cells} - staying


def _number(
    law: Place, day: date, kind: str, filed: dict[str, Occupation], asked: dict[str, Occupation], leaving: set[str]
) -> Threshold:
    rule = ask.MAX_OCCUPATIONS_FILED.get(place=law, day=day, kind=kind)
    kept = {code: each for code, each in filed.items() if code not in leaving}
    after = kept | asked
    notes = {code: _("given up") for code in leaving} | {code: _("asked for") for code in asked if code not in filed}
    everything = sorted((filed | asked).items())
    return Threshold(
        NUMBER,
        _("Occupations on file afterwards"),
        len(after),
        None,
        rule,
        number_is_allowed(len(after), rule.value, len(filed)) if rule else None,
        _("Our reading: occupations count, not their job types; an exchange of old for new keeps the number."),
        tuple(Named(each.name, code in after, notes.get(code, "")) for code, each in everything),
        before=len(filed),
    )


def _ground(each: Threshold) -> Ground:
    assert each.rule is not None
    told = {"part": each.part, "whole": each.whole, "bound": each.bound, "label": each.label}
    lacking = "、".join(named.name for named in each.named if not named.counts)
    if each.key == CARRIED_OUT:
        why = _("%(part)s of %(whole)s filed occupations were carried out since the filing; %(bound)s are asked for.")
        way = _("Carry out a batch of: %(names)s; or give up what isn't assessed.") % {"names": lacking}
        return Ground(why % told, way, each.cites, "coverage-too-low")
    if each.key == SPREAD:
        why = _("%(label)s: %(part)s of %(whole)s. From %(bound)s on it isn't added any more.")
        way = _("Choose an occupation that fewer bodies of the city have.")
        return Ground(why % told, way, each.cites, "spread-reached")
    why = _("%(part)s occupations would be on file; as a rule (原则上) there are at most %(bound)s.")
    way = _("Give up an old occupation for each new one, in the same application.")
    return Ground(why % told, way, each.cites, "too-many-occupations")
