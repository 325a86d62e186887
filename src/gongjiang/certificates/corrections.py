"""What a correction changes, and whether the holder would still have been admitted with it (JL-2024-5§30)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjiang.certificates.models import Certificate, CertificateRequest
from gongjiang.enrolment.columns import FACT_HEADINGS
from gongjiang.enrolment.models import Enrolment
from gongjiang.enrolment.queries import verdict_of
from gongjiang.kernel.fields import blind_index
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.codes import mask_identity, parse_identity
from gongjiang.law.eligibility import Verdict, Words
from gongjiang.law.model import Citation
from gongjiang.planning.queries import regime_of


@dataclass(frozen=True, slots=True)
class Correction:
    """What the holder asks to have corrected; empty stays as it is.

    ``facts`` are those of the enrolment by column key (``own_since``), days as ISO 8601.
    """

    name: str = ""
    identity: str = field(default="", repr=False)
    facts: Mapping[str, str] = field(default_factory=dict)


def correction_cites(certificate: Certificate, day: date) -> tuple[Citation, ...]:
    """Return the articles by which a correction that contradicts eligibility is refused."""
    rule = ask.CORRECTION_MUST_KEEP_ELIGIBILITY.get(place=regime_of(certificate.batch), day=day)
    return rule.cites if rule else ()


def changes_of(certificate: Certificate, correction: Correction) -> dict[str, Any]:
    """Return what changes, as [was, becomes]; an identity number only masked."""
    changes: dict[str, Any] = {}
    name = correction.name.strip()
    if name and name != certificate.holder_name:
        changes["name"] = [certificate.holder_name, name]
    if correction.identity.strip():
        number = parse_identity(correction.identity, today=date.max).text
        if blind_index(number) != certificate.person_key:
            changes["identity"] = [certificate.identity_masked, mask_identity(number)]
    stated = enrolment_of(certificate).facts
    facts = {
        key: [str(stated.get(key, "")), value]
        for key, value in correction.facts.items()
        if key in FACT_HEADINGS and value != str(stated.get(key, ""))
    }
    return {**changes, "facts": facts} if facts else changes


def enrolment_of(certificate: Certificate) -> Enrolment:
    """Return the enrolment that the certificate came from."""
    found = Enrolment.everything.select_related("candidate", "line__standard", "batch__body")
    return found.get(result=certificate.result_id)


def against_correction(certificate: Certificate, correction: Correction, today: date) -> list[Ground]:
    """Return what is wrong with the correction as it is asked for, whoever decides it."""
    cites = correction_cites(certificate, today)
    grounds = []
    if not changes_of(certificate, correction):
        why, way = _("Nothing would change."), _("Enter what is to be corrected.")
        grounds.append(Ground(why, way, cites, "nothing-changed"))
    if correction.identity.strip():
        found = parse_identity(correction.identity, today=today)
        for reason in found.reasons:
            words = reason.message_zh if chinese() else reason.message_en
            grounds.append(Ground(words, _("Compare with the identity document."), code="identity"))
    return grounds


def contradictions(request: CertificateRequest, today: date) -> list[Ground]:
    """Return the ground that the corrected particulars contradict the conditions of enrolment, with the clause.

    Who was admitted by a clause must still be; who wasn't (a second reviewer's decision) must be, if facts change.
    """
    before, after = verdicts(request, today)
    changes_facts = bool(request.changes_identity or request.changes.get("facts"))
    if after.eligible or not (before.eligible or changes_facts):
        return []
    clause = after.nearest
    assert clause is not None  # nothing is met
    lacking = "；".join(told(atom.lacking) for atom in clause.atoms if not atom.met)
    why = _(
        "With the corrected particulars no eligibility clause is met. Nearest is clause %(clause)s: %(lacking)s."
    ) % {
        "clause": f"{clause.id}（{told(clause.words)}）",
        "lacking": lacking,
    }
    way = _("Refuse the request with this reason; check whether the enrolment itself was in order.")
    return [Ground(why, way, correction_cites(request.certificate, today), "contradicts-eligibility")]


def verdicts(request: CertificateRequest, today: date) -> tuple[Verdict, Verdict]:
    """Return what the clauses say of the facts as enrolled, and as corrected."""
    enrolment = enrolment_of(request.certificate)
    facts = {**enrolment.facts, **{key: pair[1] for key, pair in request.changes.get("facts", {}).items()}}
    born = None
    if request.changes_identity:
        born = parse_identity(request.changes_identity, today=today).birth_date
    return verdict_of(enrolment), verdict_of(enrolment, facts=facts, birth_date=born)


def told(words: Words) -> str:
    """Return the words in the reader's language."""
    return words.zh if chinese() else words.en


def chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def field_names(changes: Mapping[str, Any]) -> Iterable[str]:
    """Yield the names of what changes, in the reader's language."""
    for key in changes:
        if key == "facts":
            yield from (FACT_HEADINGS[fact] for fact in changes[key])
        else:
            yield {"name": _("Name"), "identity": _("Identity number")}[key]
