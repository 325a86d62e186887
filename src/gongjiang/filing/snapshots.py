"""What an application says as plain data: what is declared true, frozen each round, and compared between rounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongjiang.filing import labels
from gongjiang.filing.models import Application
from gongjiang.kernel import canonical
from gongjiang.standards.models import Level

APPLICANT = ("name", "credit_code", "kind", "affiliation", "address", "legal_representative", "main_business")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs between two rounds; empty text means that it wasn't there."""

    section: str
    label: str
    before: str
    after: str


def content_of(application: Application) -> dict[str, Any]:
    """Return all that the application says now, in canonical order; papers by their SHA-256."""
    applicant = application.applicant
    return {
        "kind": application.kind,
        "regime": application.regime,
        "applicant": {name: getattr(applicant, name) for name in APPLICANT},
        "summary": application.summary,
        "serves_others": application.serves_others,
        "sites": [[each.name, each.address, each.division, each.is_own] for each in application.sites.order_by("name")],
        "scope": sorted(
            [each.occupation.code, each.occupation.name, each.level, each.site_name]
            for each in application.scope.select_related("occupation")
        ),
        "given_up": sorted(
            [each.item.occupation.code, each.item.occupation.name, each.item.level, each.item.site.name]
            for each in application.given_up.select_related("item__occupation", "item__site")
        ),
        "changes": [[c.element, c.old, c.new, c.why] for c in application.changes.order_by("element")],
        "subsidiaries": [[s.credit_code, s.name] for s in application.subsidiaries.order_by("credit_code")],
        "answers": {a.condition: [a.text, a.numbers] for a in application.answers.order_by("condition")},
        "materials": _materials(application),
    }


def digest_of(application: Application) -> str:
    """Return the SHA-256 over the canonical text of what the application says now."""
    return canonical.digest(content_of(application))


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return what differs between two snapshots' contents, field by field, papers by hash; the same gives nothing."""
    old, new = _flat(before), _flat(after)
    return tuple(
        Difference(section, label, old.get((section, label), ""), new.get((section, label), ""))
        for section, label in sorted(old.keys() | new.keys())
        if old.get((section, label), "") != new.get((section, label), "")
    )


def section_label(section: str) -> str:
    """Return a section of an application in the reader's language."""
    return {
        "applicant": _("Applicant"),
        "summary": _("About this application"),
        "sites": _("Exam sites"),
        "scope": _("Occupations and levels"),
        "given_up": _("Given up in exchange"),
        "changes": _("What is to change"),
        "subsidiaries": _("Subsidiaries"),
        "answers": _("Conditions"),
        "materials": _("Papers"),
    }[section]


def line_label(section: str, label: str) -> str:
    """Return what a line of a section is called in the reader's language."""
    if section == "answers":
        return labels.condition(label)
    if section == "materials":
        kind, _sep, condition = label.partition(":")
        return labels.condition(condition) if condition else labels.material(kind)
    if section == "changes":
        return labels.element(label)
    if section == "applicant":
        return {
            "name": _("Name of the unit"),
            "credit_code": _("Credit code"),
            "kind": _("Kind of body"),
            "affiliation": _("Affiliation"),
            "address": _("Registered address"),
            "legal_representative": _("Legal representative"),
            "main_business": _("Main business"),
        }[label]
    if section == "summary":
        return _("Serves others") if label == "serves_others" else _("About this application")
    return label


def _materials(application: Application) -> list[list[Any]]:
    rows = application.materials.filter(replaced_round=None).select_related("file").order_by("kind", "condition", "pk")
    return [
        [
            each.kind,
            each.condition,
            each.title,
            each.file.sha256 if each.file else "",
            each.file_name,
            each.verified_source,
            each.verified_at,
        ]
        for each in rows
    ]


def _flat(content: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """Return the content as (section, line) → text; several papers of one kind stand in one line."""
    flat: dict[tuple[str, str], str] = {("summary", "summary"): content.get("summary", "")}
    flat["summary", "serves_others"] = "✓" if content.get("serves_others") else ""
    for name, value in content.get("applicant", {}).items():
        flat["applicant", name] = str(value)
    for name, address, division, is_own in content.get("sites", []):
        flat["sites", name] = f"{address} {division} {_('own') if is_own else _('rented')}"
    for section in ("scope", "given_up"):
        for code, name, level, site in content.get(section, []):
            flat[section, f"{name} {code} {Level(level).label} · {site}"] = "✓"
    for element, _old, new, why in content.get("changes", []):
        flat["changes", element] = f"{new} ({why})"
    for code, name in content.get("subsidiaries", []):
        flat["subsidiaries", code] = name
    for condition, (text, numbers) in content.get("answers", {}).items():
        counted = "，".join(f"{number} {labels.count(key)}" for key, number in sorted(numbers.items()))
        flat["answers", condition] = " ".join(filter(None, [text, counted]))
    papers: dict[str, list[str]] = {}
    for kind, condition, title, sha256, name, source, at in content.get("materials", []):
        shown = f"{name or title} {sha256[:12]}" if sha256 else f"{source} {str(at)[:16]}"
        papers.setdefault(f"{kind}:{condition}".rstrip(":"), []).append(shown)
    return flat | {("materials", key): "；".join(shown) for key, shown in papers.items()}
