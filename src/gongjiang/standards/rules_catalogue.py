"""What stands against an entry in the catalogue, and which kind of evaluation an occupation or project is for."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.codes import parse_occupation_code
from gongjiang.law.model import Place
from gongjiang.standards.basis import access_type, cites_of
from gongjiang.standards.models import BasisKind, Level, NationalStandard, NewOccupation, Occupation, UnjoinedStandard
from gongjiang.standards.queries import CURRENT_EDITION, access_qualification
from gongjiang.standards.rules import reason_missing, source_missing


def against_join(
    row: UnjoinedStandard, occupation: Occupation, edition: str, levels: str, reason: str
) -> Iterable[Ground]:
    """Yield why a row of the official catalogue can't be joined like this."""
    if row.standard_id is not None:
        yield Ground(_("It was joined on %(day)s.") % {"day": row.joined_on}, _("Open the standard."), code="joined")
    if not edition[:4].isdecimal() or len(edition) < len("2018"):
        yield Ground(_("The edition names no year."), _("Begin it with the year, as 2025."), code="edition")
    if not levels or set(levels) - set(ask.FIVE_LEVELS):
        way = _("Tick the levels that the standard's text has.")
        yield Ground(_("No level of the five is named."), way, code="levels-missing")
    yield from reason_missing(reason)
    same = NationalStandard.objects.filter(
        kind=BasisKind.NATIONAL,
        occupation=occupation,
        title=row.title,
        edition=edition,
        job_types=row.job_types,
    )
    if same.exists():
        yield Ground(_("This version exists already."), _("Open the standard."), code="version-twice")


def against_code(new: NewOccupation, code: str, source: str) -> Iterable[Ground]:
    """Yield why a new occupation can't be entered under the code."""
    parsed = parse_occupation_code(code)
    if not parsed.valid or parsed.code != code:
        yield Ground(_("This isn't an occupation code."), _("Write it as 6-31-01-03."), code="occupation-code")
    elif not parsed.skill_class:
        way = _("Only skill-type occupations of classes 3 to 6 are certified by level.")
        yield Ground(_("The code isn't of a skill-type class."), way, code="not-skill-class")
    if new.kind != "occupation":
        way = _("A job type is entered with its occupation.")
        yield Ground(_("This is a job type, not an occupation."), way, code="job-type")
    if new.occupation_id is not None:
        yield Ground(_("It has its code already."), _("Open the occupation."), code="has-code")
    if Occupation.objects.filter(edition=CURRENT_EDITION, code=code).exists():
        way = _("Compare it with the publication.")
        yield Ground(_("The code belongs to another occupation."), way, code="code-taken")
    yield from source_missing(source)


def against_kind(
    kind: str, *, place: Place, on: date, level: str = "", occupation: Occupation | None = None
) -> list[Ground]:
    """Return why an evaluation of this kind (level, qualification, specialised) can't be of the level or occupation.

    The kinds, the type of occupation of each and its levels are asked of the law of the place (XZ-2024-2§2-8).
    """
    kinds = ask.EVALUATION_KINDS.get(place=place, day=on)
    if kinds is not None and kind not in kinds.value:
        way = _("Kinds there: %(kinds)s.") % {"kinds": "、".join(str(KINDS()[each]) for each in kinds.value)}
        why = _("%(place)s doesn't know this kind of evaluation.") % {"place": place}
        return [Ground(why, way, kinds.cites, "kind-unknown")]
    grounds = _wrong_level(kind, place, on, level)
    if occupation is not None and kind == ask.LEVEL:
        grounds += access_type(occupation, place, on=on)
    if occupation is not None and kind == ask.QUALIFICATION and access_qualification(occupation, on=on) is None:
        rule = ask.OCCUPATION_TYPE.get(place=place, day=on, kind=kind)
        why = _("%(occupation)s isn't of the access type.") % {"occupation": occupation.name}
        grounds.append(Ground(why, _("It is certified by level."), cites_of(rule), "not-access-type"))
    return grounds


def _wrong_level(kind: str, place: Place, on: date, level: str) -> list[Ground]:
    rule = ask.LEVELS_BY_EVALUATION_KIND.get(place=place, day=on, kind=kind)
    if rule is None or not level or level in rule.value:
        return []
    if not rule.value:
        why, way = _("A specialised competence has no level."), _("Leave the level out.")
        return [Ground(why, way, rule.cites, "level-on-specialised")]
    why = _("This kind of evaluation has no level “%(level)s” as a rule.") % {"level": Level(level).label}
    way = _("Levels: %(levels)s.") % {"levels": "、".join(str(Level(each).label) for each in rule.value)}
    return [Ground(why, way, rule.cites, "level-unknown")]


def KINDS() -> dict[str, str]:  # noqa: N802 - a table, translated when read
    """Return the three kinds of evaluation by name (XZ-2024-2§2)."""
    return {
        ask.LEVEL: _("Skill-level recognition"),
        ask.QUALIFICATION: _("Occupational qualification"),
        ask.SPECIALISED: _("Specialised competence test"),
    }
