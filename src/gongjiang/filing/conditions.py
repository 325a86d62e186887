"""What an applicant is asked for, condition by condition and paper by paper: of the law and the settings of the place.

Nothing here names a place. Which conditions and papers are asked follows from the kind of application, the kind of body
and the law of the application's place on its day; what counts as showing a condition is our own, the same everywhere.
"""

from dataclasses import dataclass
from datetime import date

from gongjiang.filing.models import Application, ApplicationKind
from gongjiang.kernel.settings_of_place import setting
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Place
from gongjiang.law.places import place as place_of

K = ApplicationKind
AGAIN = "filing_again"
EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Shown:
    """How a condition is shown: by words, counts of its own, and a paper; ``papers`` also serve as its evidence."""

    text: bool = False
    counts: tuple[str, ...] = ()
    evidence: bool = True
    papers: tuple[str, ...] = ()


SHOWN: dict[str, Shown] = {
    "legal_person": Shown(papers=("legal_person_certificate",)),
    "finance_rules": Shown(),
    "clean_record": Shown(),
    "influence": Shown(text=True),
    "unit": Shown(text=True, papers=("operating_rules",)),
    "staff": Shown(counts=("staff",)),
    "experts": Shown(counts=("experts",)),
    "assessors": Shown(counts=("assessors",)),
    "supervisors": Shown(counts=("supervisors",)),
    "venue": Shown(counts=("area",), papers=("assets",)),
    "own_venue": Shown(counts=("area",), papers=("assets",)),
    "equipment": Shown(text=True, papers=("assets",)),
    "video": Shown(counts=("cameras",), papers=("assets",)),
    "non_profit": Shown(text=True, evidence=False),
    "published_fees": Shown(),
    "funding": Shown(text=True),
    "quality_rules": Shown(papers=("operating_rules",)),
    "quality_control": Shown(papers=("operating_rules",)),
    "accepts_supervision": Shown(text=True, evidence=False),
    "pay_mechanism": Shown(text=True, papers=("personnel_rules",)),
    "main_business": Shown(text=True, evidence=False),
    "item_bank": Shown(counts=("items",), evidence=False),
    "safety_fire": Shown(),
    "rules": Shown(papers=("operating_rules", "personnel_rules")),
    "contingency_plan": Shown(),
    # Told by the records, not by the applicant: see thresholds.
    "coverage": Shown(evidence=False),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One condition or paper that is asked for, with the articles; ``source`` names the setting's where no law says."""

    key: str
    cites: tuple[Citation, ...]
    source: str = ""


def law_day(application: Application, on: date) -> date:
    """Return the day that governs what is asked: that of the first submission, before it the present day."""
    return application.applied_on or on


def is_whole_filing(application: Application, on: date) -> bool:
    """Say whether the application goes through conditions and papers as a first filing does (JL-2025-1§8)."""
    if application.kind == K.AMENDMENT:
        rule = ask.AMENDMENT_BY.get(place=place_of(application.regime), day=law_day(application, on))
        return rule is not None and rule.value == AGAIN
    return application.kind in {K.FIRST, K.ADDITION}


def conditions_of(application: Application, on: date) -> tuple[Asked, ...]:
    """Return the conditions asked of the application, in the law's order, each citing its own item."""
    if not is_whole_filing(application, on):
        return ()
    place, day = place_of(application.regime), law_day(application, on)
    added = ask.ADDITION_CONDITIONS.get(place=place, day=day) if application.kind == K.ADDITION else None
    rule = added or ask.APPLICANT_CONDITIONS.get(place=place, day=day, kind=application.applicant.kind)
    item = ask.ADDITION_CONDITION_ASKED if added else ask.CONDITION_ASKED
    if rule is None:
        return ()
    own = {key: item.get(place=place, day=day, kind=key) for key in rule.value}
    return tuple(Asked(key, found.cites if found else rule.cites) for key, found in own.items())


def papers_of(application: Application, on: date) -> tuple[Asked, ...]:
    """Return the papers asked of the application: the law's list, else the setting of the place; those of a change."""
    place, day = place_of(application.regime), law_day(application, on)
    asked: list[Asked] = []
    documents_only = application.kind == K.AMENDMENT and not is_whole_filing(application, on)
    if not documents_only:
        asked += _listed(application.kind, place, day, law=is_whole_filing(application, on))
    if application.kind == K.AMENDMENT:
        elements = application.changes.values_list("element", flat=True)
        asked += papers_of_change(sorted(elements), application.applicant.kind, place, day)
    return tuple({each.key: each for each in asked}.values())


def papers_of_change(elements: list[str], body_kind: str, place: Place, day: date) -> list[Asked]:
    """Return the papers that the change of these elements needs (XZ-2024-2§22)."""
    found: list[Asked] = []
    for element in elements:
        rule = ask.AMENDMENT_DOCUMENTS.get(place=place, day=day, kind=element) if element in ask.AMENDED else None
        found += [Asked(key, rule.cites) for key in rule.value] if rule else []
        office = ask.LETTER_OF_OFFICE_NEEDED.get(place=place, day=day, kind=body_kind)
        if rule and office and element == "legal_representative":
            found.append(Asked("letter_of_office", office.cites))
    return found


def may_be_verified_online(application: Application, on: date) -> tuple[Citation, ...]:
    """Return the articles by which an online check replaces a paper; none where the law doesn't say so."""
    rule = ask.ONLINE_CHECK_REPLACES_PAPER.get(place=place_of(application.regime), day=law_day(application, on))
    return rule.cites if rule and rule.value else ()


def needs_subsidiaries(application: Application, on: date) -> tuple[Citation, ...]:
    """Return the articles by which a group that assesses its subsidiaries' staff hands in their list."""
    if not is_whole_filing(application, on):
        return ()
    rule = ask.SUBSIDIARY_LIST_REQUIRED.get(
        place=place_of(application.regime), day=law_day(application, on), kind=application.applicant.kind
    )
    return rule.cites if rule and rule.value else ()


def elements_open(application: Application, on: date) -> tuple[tuple[str, ...], tuple[Citation, ...]]:
    """Return the elements whose change is an amendment here, with the articles."""
    rule = ask.AMENDMENT_ELEMENTS.get(place=place_of(application.regime), day=law_day(application, on))
    return (rule.value, rule.cites) if rule else ((), ())


def _listed(kind: str, place: Place, day: date, *, law: bool) -> list[Asked]:
    rule = ask.FILING_MATERIALS.get(place=place, day=day) if law else None
    if rule:
        items = {cite.point: cite for cite in rule.cites if cite.point}
        cited = [(items[n],) if n in items else rule.cites for n in range(1, len(rule.value) + 1)]
        return [Asked(key, cites) for key, cites in zip(rule.value, cited, strict=True)]
    found = setting(f"filing.materials.{kind}", place=place, day=day)
    return [Asked(key, (), found.source) for key in found.value]
