"""What the rules of a row need to know of its batch: asked of the law and the database once, then plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.conf import settings

from gongjiang.bodies.queries import own_employers
from gongjiang.kernel.settings_of_place import settings_for
from gongjiang.law import questions as ask
from gongjiang.law.eligibility import ClauseSet, Scope, clause_set
from gongjiang.law.model import Provision
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of
from gongjiang.standards.models import JobType, Occupation, OccupationAlias
from gongjiang.standards.queries import CURRENT_EDITION


@dataclass(frozen=True, slots=True)
class LineInfo:
    """A line of the batch as the rules see it."""

    pk: int
    code: str
    name: str
    job_type: str
    level: str
    clauses: ClauseSet
    scope: Scope
    edition: str


@dataclass(frozen=True, slots=True)
class Service:
    """Whom the batch's body may assess, and who it is."""

    kind: str
    rule: Provision[ask.Scope] | None
    on_the_job: Provision[bool] | None
    may_serve_others: bool
    name: str
    own_employers: frozenset[str]


@dataclass(frozen=True, slots=True)
class RowContext:
    """All that the check of a row depends on beside the row. ``photos`` is None where no zip was given."""

    batch_pk: int
    today: date
    exam_from: date
    counted_on: date
    lines: Mapping[str, Mapping[str, tuple[LineInfo, ...]]]
    names: Mapping[str, str]
    also_called: Mapping[str, frozenset[str]]
    service: Service
    line_cites: tuple[str, ...]
    eligibility_cites: tuple[str, ...]
    one_at_a_time: tuple[str, ...] | None
    soft_ages: Mapping[str, int]
    trial: bool
    photos: Mapping[str, int] | None = None
    line_by_pk: Mapping[int, LineInfo] = field(default_factory=dict)

    def with_photos(self, photos: Mapping[str, int] | None) -> "RowContext":
        """Return the same with the photos of the zip file, by identity number."""
        return replace(self, photos=photos)


def counting_day(batch: Batch) -> date:
    """Return the day to which years are counted: by the place's setting the end of enrolment or the exam day."""
    chosen = settings_for(["eligibility.counting_day"], place=regime_of(batch), day=governing_day(batch))
    return batch.exam_from if chosen["eligibility.counting_day"].value == "exam_day" else batch.enrolment_until


def governing_day(batch: Batch) -> date:
    """Return the day whose law governs enrolment and eligibility: that of the announcement, else of the plan."""
    return batch.announced_on or batch.planned_on


def context_for(batch: Batch, *, today: date) -> RowContext:
    """Return the context of a batch on the day; a fixed number of queries."""
    regime, day, body = regime_of(batch), governing_day(batch), batch.body
    lines = [_line(line) for line in batch.lines.select_related("occupation", "standard")]
    codes = {line.code for line in lines}
    on_the_job = _if_so(ask.CANDIDATE_IS_ON_THE_JOB.get(place=regime, day=day))
    # The pilot knows the enterprise itself only (JL-2019-133§5(1)).
    own = frozenset({body.name, body.credit_code}) if on_the_job else own_employers(body, day)
    one = ask.ONE_OCCUPATION_AT_A_TIME.get(place=regime, day=day)
    named = settings_for(["eligibility.soft_age"], place=regime, day=day)
    return RowContext(
        batch_pk=batch.pk,
        today=today,
        exam_from=batch.exam_from,
        counted_on=counting_day(batch),
        lines=_by_code(lines),
        names=dict(Occupation.objects.filter(edition=CURRENT_EDITION).order_by("-pk").values_list("code", "name")),
        also_called=_also_called(codes),
        service=Service(
            kind=body.kind,
            rule=ask.SERVICE_SCOPE.get(place=regime, day=day, kind=body.kind),
            on_the_job=on_the_job,
            may_serve_others=body.may_serve_others,
            name=body.name,
            own_employers=own,
        ),
        line_cites=keys_of(ask.PLAN_WITHIN_SCOPE.get(place=regime, day=batch.exam_from)),
        eligibility_cites=keys_of(ask.ELIGIBILITY_BY_STANDARD.get(place=regime, day=day)),
        one_at_a_time=keys_of(one) if one and one.value else None,
        soft_ages=dict(named["eligibility.soft_age"].value),
        trial=bool(settings.DEMO or settings.TEST),
        line_by_pk={line.pk: line for line in lines},
    )


def keys_of(provision: Provision[Any] | None) -> tuple[str, ...]:
    """Return the machine forms of the articles that an answer rests on; none where nothing was asked for."""
    return tuple(cite.key for cite in provision.cites) if provision else ()


def _if_so(provision: Provision[bool] | None) -> Provision[bool] | None:
    return provision if provision and provision.value else None


def _line(line: Any) -> LineInfo:
    return LineInfo(
        pk=line.pk,
        code=line.occupation.code,
        name=line.occupation.name,
        job_type=line.job_type,
        level=line.level,
        clauses=clause_set(line.clause_set),
        scope=line.standard.experience_scope,
        edition=f"{line.standard.title} {line.standard.edition}",
    )


def _by_code(lines: list[LineInfo]) -> dict[str, dict[str, tuple[LineInfo, ...]]]:
    found: dict[str, dict[str, tuple[LineInfo, ...]]] = {}
    for line in lines:
        levels = found.setdefault(line.code, {})
        levels[line.level] = (*levels.get(line.level, ()), line)
    return found


def _also_called(codes: set[str]) -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {code: set() for code in codes}
    for model in (OccupationAlias, JobType):
        found = model.objects.filter(occupation__code__in=codes, occupation__edition=CURRENT_EDITION)
        for code, name in found.values_list("occupation__code", "name"):
            names[code].add(name)
    return {code: frozenset(found) for code, found in names.items()}
