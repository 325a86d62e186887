"""How the parts of a line are assessed: as the standard asks, by the methods that the body chooses among the law's."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Place, Provision
from gongjiang.law.words import WORDS
from gongjiang.planning.models import Batch, BatchLine, LinePart, TalentType
from gongjiang.planning.queries import regime_of
from gongjiang.standards.models import ContentGroup, Method, NationalStandard, PartKind
from gongjiang.standards.queries import parts_of

if TYPE_CHECKING:
    from gongjiang.planning.actions import LineSpec

# The methods by which a part of a kind can be assessed; which of them a place knows, its law says.
WAYS_OF = {
    PartKind.THEORY: (Method.THEORY_EXAM, Method.CONTINUOUS_ASSESSMENT),
    PartKind.PRACTICAL: (Method.PRACTICAL_EXAM, Method.CONTINUOUS_ASSESSMENT, Method.COMPETITION_ROUTE),
    PartKind.PANEL: (Method.WORK_RECORD_REVIEW, Method.THESIS_DEFENCE, Method.CONTINUOUS_ASSESSMENT),
}
WIDTH = 640  # of the picture of a line's parts, in its own units


def methods_rule(place: Place, day: date) -> Provision[tuple[str, ...]] | None:
    """Return the methods of assessment that the place's law knows on the day (JL-2024-5§11, JL-2019-133§4(2))."""
    return ask.ASSESSMENT_METHODS.get(place=place, day=day)


def ways_for(kind: str, place: Place, day: date) -> list[str]:
    """Return the methods that fit a part of the kind and that the place's law knows; where it is silent, all that fit.

    >>> from gongjiang.law.places import JILIN, JILIN_PILOT
    >>> [ways_for("panel", place, date(2026, 3, 2))[:2] for place in (JILIN, JILIN_PILOT)]
    [['work_record_review', 'continuous_assessment'], ['work_record_review', 'thesis_defence']]
    """
    rule = methods_rule(place, day)
    return [way.value for way in WAYS_OF[PartKind(kind)] if rule is None or way.value in rule.value]


def types_here(place: Place, day: date) -> dict[str, Provision[tuple[str, ...]]]:
    """Return the types of skilled people that the place's law tells apart, with what it stresses for each."""
    found = {kind: ask.TALENT_EMPHASIS.get(place=place, day=day, kind=kind) for kind in ask.TALENT_TYPES}
    return {kind: rule for kind, rule in found.items() if rule}


def wrong_with_ways(spec: "LineSpec", standard: NationalStandard, place: Place, day: date) -> Iterator[Ground]:
    """Yield why the line can't be assessed so: no such part, a method that doesn't fit it, or none of the law's."""
    asked = {part.kind: part.way for part in parts_of(standard, spec.level)}
    for kind in sorted(set(spec.ways) - set(asked)):
        label = PartKind(kind).label if kind in PartKind.values else kind
        why = _("%(standard)s has no part “%(part)s” at this level.") % {"standard": standard, "part": label}
        yield Ground(why, _("Leave its method out."), _cites(place, day), "part-not-asked")
    for kind, way in {**asked, **{kind: way for kind, way in spec.ways.items() if kind in asked}}.items():
        yield from against_way(kind, way, place, day)
    if spec.talent_type and spec.talent_type not in types_here(place, day):
        why = _("No document in force for %(place)s tells this type of skilled people apart.") % {"place": place.name}
        yield Ground(why, _("Leave the type out."), code="talent-type-unknown-here")


def against_way(kind: str, way: str, place: Place, day: date) -> Iterator[Ground]:
    """Yield why a part of the kind isn't assessed by the method in the place on the day."""
    open_ways = ways_for(kind, place, day)
    if way in open_ways:
        return
    label = str(Method(way).label) if way in Method.values else way
    told = {"way": label, "part": PartKind(kind).label, "place": place.name}
    way_on = _("Choose one of these: %(ways)s.") % {"ways": "、".join(str(Method(each).label) for each in open_ways)}
    if way in WAYS_OF[PartKind(kind)]:
        why = _("“%(way)s” isn't among the methods of assessment of %(place)s.") % told
        yield Ground(why, way_on, _cites(place, day), "method-not-in-law")
    else:
        why = _("“%(way)s” isn't a method for the part “%(part)s” of the standard.") % told
        yield Ground(why, way_on, _cites(place, day), "method-not-for-part")


def in_words(told: Mapping[str, Any]) -> str:
    """Return a line's parts in one Chinese phrase, for its announcement's paper.

    >>> in_words({"parts": [{"way": "theory_exam", "minutes": 90, "pass_mark": "60", "full_mark": "100"}]})
    '理论知识考试 90 分钟，满分 100 分，60 分合格'
    """
    return "；".join(
        f"{WORDS[part['way']]} {part['minutes']} 分钟，满分 {part['full_mark']} 分，{part['pass_mark']} 分合格"
        for part in told.get("parts", [])
    )


def against_lines(batch: Batch, day: date) -> Iterator[Ground]:
    """Yield why the methods of the batch's lines don't stand on the day; the law may have changed since the plan."""
    for part in LinePart.objects.filter(line__batch=batch).order_by("line", "pk"):
        yield from against_way(part.kind, part.way, regime_of(batch), day)


def write_parts(lines: Iterable[BatchLine], ways: Iterable[Mapping[str, str]]) -> None:
    """Write the parts of new lines, each as its standard says, by the methods that the body chose."""
    copied = ("kind", "content", "method", "minutes", "pass_mark", "full_mark")
    LinePart.objects.bulk_create(
        LinePart(line=line, way=chosen.get(part.kind, part.way), **{name: getattr(part, name) for name in copied})
        for line, chosen in zip(lines, ways, strict=True)
        for part in parts_of(line.standard, line.level)
    )


def frozen(line: BatchLine) -> dict[str, Any]:
    """Return how a line is assessed, as plain data for its announcement."""
    return {
        "talent_type": line.talent_type,
        "parts": [
            {
                "kind": part.kind,
                "way": part.way,
                "content": part.content,
                "minutes": part.minutes,
                "pass_mark": f"{part.pass_mark.normalize():f}",
                "full_mark": f"{part.full_mark.normalize():f}",
            }
            for part in line.parts.all()
        ],
    }


def shown(told: Mapping[str, Any], place: Place, day: date) -> dict[str, Any] | None:
    """Return a line's frozen composition for a page, in words and as a picture; None where it has no parts."""
    parts = told.get("parts", [])
    if not parts:
        return None
    whole, x, drawn = sum(part["minutes"] for part in parts) or len(parts), 0, []
    for part in parts:
        width = round((part["minutes"] or 1) / whole * WIDTH)
        drawn.append(
            {
                **part,
                "label": PartKind(part["kind"]).label,
                "way": Method(part["way"]).label,
                "content": ContentGroup(part["content"]).label,
                "x": x,
                "width": max(width - 4, 4),
            }
        )
        x += width
    stress = types_here(place, day).get(told["talent_type"])
    return {
        "parts": drawn,
        "cites": _cites(place, day),
        "talent_type": TalentType(told["talent_type"]).label if told["talent_type"] else "",
        "emphasis": "、".join(EMPHASIS()[each] for each in stress.value) if stress else "",
        "emphasis_cites": stress.cites if stress else (),
    }


def EMPHASIS() -> dict[str, str]:  # noqa: N802 - a table, translated when read
    """Return in the reader's language what an assessment stresses."""
    return {
        "practical_ability": _("practical ability"),
        "key_problems": _("solving the key technical problems of production"),
        "theory_in_practice": _("guiding production by theory"),
        "creative_work": _("creative work"),
        "several_skills": _("mastery of several skills"),
        "several_posts": _("complex work in several trades and posts"),
    }


def _cites(place: Place, day: date) -> tuple[Citation, ...]:
    rule = methods_rule(place, day)
    return rule.cites if rule else ()
