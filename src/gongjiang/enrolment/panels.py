"""What the pages of a candidate show: facts, career, clauses, decisions, and what can be done next."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjiang.accounts.queries import names_of
from gongjiang.enrolment import prior, queries
from gongjiang.enrolment.facts import read_facts
from gongjiang.enrolment.forms import CAREER, PAPERS, SCHOOL, TITLE, WHERE_FROM, WHO, CandidateForm
from gongjiang.enrolment.labels import label
from gongjiang.enrolment.models import Enrolment
from gongjiang.enrolment.permissions import ENROLLERS, REVIEWERS
from gongjiang.enrolment.rules.claim import LEVEL_NAMES
from gongjiang.enrolment.rules.person import mask_phone
from gongjiang.enrolment.states import ENROLMENT, EnrolmentState
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.parts import Act, Cell
from gongjiang.kernel.pictures import Career, Chart, Series, Span
from gongjiang.law.eligibility import Verdict, clause_set
from gongjiang.law.eligibility.rows import LEVELS
from gongjiang.planning.models import Batch
from gongjiang.planning.states import BatchState

S = EnrolmentState
PAGES = {
    "return_for_correction": "enrolment-return",
    "resubmit": "enrolment-resubmit",
    "withdraw": "enrolment-withdraw",
}


def crumbs(batch: Batch, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way from the batches to here."""
    way = [(_("Batches"), reverse("batch-list")), (batch.number, reverse("batch", args=[batch.pk]))]
    listed = reverse("batch-enrolments", args=[batch.pk]) if more else ""
    return [*way, (_("Candidates"), listed), *more]


def batch_position(counts: Mapping[str, int]) -> str:
    """Return where the batch's candidates stand in one sentence."""
    total, waiting = sum(counts.values()) - counts[S.WITHDRAWN], counts[S.SUBMITTED] + counts[S.RETURNED]
    if not total:
        return _("Nobody is enrolled yet")
    if waiting:
        return _("%(total)s enrolled, %(waiting)s to be decided") % {"total": total, "waiting": waiting}
    return _("%(total)s enrolled, all decided, %(eligible)s eligible") % {
        "total": total,
        "eligible": counts[S.ELIGIBLE],
    }


def batch_lead(batch: Batch) -> str:
    """Return the window of enrolment."""
    return _("%(title)s · enrolment from %(first)s through %(last)s") % {
        "title": batch.title,
        "first": batch.enrolment_from,
        "last": batch.enrolment_until,
    }


def batch_acts(batch: Batch, actor: Actor, at: datetime, counts: Mapping[str, int]) -> list[Act]:
    """Return what this actor can do about the batch's candidates now."""
    acts = []
    if actor.has(*ENROLLERS):
        closed = [str(ground.why) for ground in queries.window_grounds(batch, at)]
        unless = closed[0] if closed else ""
        url = reverse("enrolment-import", args=[batch.pk])
        acts.append(Act(_("Import a sheet"), url, look="primary", icon="up", unless=unless))
        acts.append(
            Act(_("Enrol one candidate"), reverse("enrolment-new", args=[batch.pk]), icon="plus", unless=unless)
        )
        acts.append(Act(_("Template"), reverse("enrolment-template", args=[batch.pk]), icon="down"))
    reviewing = batch.state in {BatchState.ANNOUNCED, BatchState.REVIEW}
    if actor.has(*REVIEWERS) and reviewing and counts[S.SUBMITTED]:
        url = reverse("enrolment-clear-cases", args=[batch.pk])
        acts.append(Act(_("Confirm the clear cases"), url, "post", "primary", "check"))
    return acts


def section_acts(batch: Batch, actor: Actor, at: datetime) -> list[Act]:
    """Return the ways to enrol that stand on the batch's page while enrolment is open; its arrows are elsewhere."""
    if not actor.has(*ENROLLERS) or queries.window_grounds(batch, at):
        return []
    return [
        Act(_("Import a sheet"), reverse("enrolment-import", args=[batch.pk]), icon="up"),
        Act(_("Enrol one candidate"), reverse("enrolment-new", args=[batch.pk]), icon="plus"),
    ]


def chart(batch: Batch) -> Chart:
    """Return candidates by occupation and level, as decided."""
    found = queries.counts_by_line(batch)
    lines = list(dict.fromkeys(line for line, _state in found))
    shown: tuple[tuple[Any, Any], ...] = ((S.ELIGIBLE, "jade"), (S.SUBMITTED, "amber"), (S.INELIGIBLE, "cinnabar"))
    return Chart(
        title=_("Candidates by occupation and level"),
        categories=tuple(f"{name} {LEVEL_NAMES.get(level, level)}" for _code, name, level in lines),
        series=tuple(
            Series(str(state.label), tuple(found.get((line, state.value), 0) for line in lines), role)
            for state, role in shown
        ),
        kind="stack",
        unit=_("people"),
    )


def person_facts(enrolment: Enrolment, *, reveal: bool) -> list[tuple[Any, ...]]:
    """Return who the candidate is; the number masked, shown in full only for a stated purpose."""
    candidate = enrolment.candidate
    url = reverse("reveal", args=["enrolment.candidate", "identity", candidate.pk]) if reveal else ""
    return [
        (
            label("identity"),
            Cell(identity=candidate.identity_masked, reveal_url=url),
            candidate.get_identity_kind_display(),
        ),
        (label("born_on"), candidate.born_on),
        (label("sex"), candidate.get_sex_display()),
        (label("phone"), mask_phone(enrolment.phone or "")),
        (label("employer"), enrolment.employer or "—", enrolment.employer_code),
        (label("relation"), enrolment.get_relation_display()),
    ]


def stated_facts(enrolment: Enrolment) -> list[tuple[str, str, str]]:
    """Return what eligibility is judged on, by the names of the sheet's columns."""
    claimed = [(label("clause"), enrolment.clause_claimed, "")] if enrolment.clause_claimed else []
    shown = ((label(key), _shown(key, value), _noted(enrolment, key, value)) for key, value in enrolment.facts.items())
    return [*claimed, *shown]


def _noted(enrolment: Enrolment, key: str, value: str) -> str:
    """Return what the register says of the certificate stated, nothing for other facts."""
    if key != "certificate_number":
        return ""
    found = prior.look_up(value, enrolment.candidate.person_key)
    if found is None:
        return _("not in this register; check it on the national page")
    stated = str(LEVELS.get(enrolment.facts.get("certificate_level", ""), ""))
    if found.stands and found.same_holder and stated in {"", found.level}:
        return _("agrees with the register")
    if not found.stands:
        return _("in the register, but no longer in force")
    return _("in the register with another holder or level")


def _shown(key: str, value: str) -> str:
    return value[:7] if key in {"own_since", "own_until", "related_since"} else value


def career(enrolment: Enrolment, until: date) -> Career | None:
    """Return the working life as a picture, counted up to the day."""
    facts = read_facts(enrolment.facts, birth_date=enrolment.candidate.born_on).facts
    spans = [
        Span(
            _("in the occupation") if work.relation == "own" else _("in a related occupation"),
            work.start,
            work.end or until,
            "own" if work.relation == "own" or enrolment.line.standard.experience_scope == "own+related" else "other",
        )
        for work in facts.employments
        if work.start < (work.end or until)
    ]
    if not spans:
        return None
    marks = [
        (held.issued_on, _("certificate %(level)s") % {"level": LEVEL_NAMES[str(held.level)]})
        for held in facts.certificates
    ]
    own = [span for span in spans if span.kind == "own"]
    if marks and own and marks[0][0] < until:
        since = max(marks[0][0], min(span.since for span in own))
        spans.append(Span(_("since the certificate"), since, max(span.until for span in own), "sum"))
    return Career(tuple(spans), tuple(marks))


def clauses(enrolment: Enrolment, verdict: Verdict) -> list[dict[str, Any]]:
    """Return each clause of the level with what is met and what lacks, in the reader's language."""
    chinese = (get_language() or "zh").startswith("zh")
    nearest = verdict.nearest.id if verdict.nearest else ""

    def words(pair: Any) -> str:
        return str(pair.zh if chinese else pair.en)

    return [
        {
            "id": clause.id,
            "met": clause.met,
            "words": words(clause.words),
            "claimed": clause.id == enrolment.clause_claimed,
            "open": clause.met or clause.id in {nearest, enrolment.clause_claimed},
            "proof": clause.proof,
            "summary": "；".join(words(atom.lacking) for atom in clause.atoms if not atom.met),
            "atoms": [
                {
                    "met": atom.met,
                    "required": words(atom.required),
                    "found": words(atom.found),
                    "lacking": words(atom.lacking),
                }
                for atom in clause.atoms
            ],
        }
        for clause in verdict.clauses
    ]


def review_lead(enrolment: Enrolment, verdict: Verdict) -> str:
    """Return what the reviewer is asked in one sentence."""
    met = "、".join(clause.id for clause in verdict.met)
    claimed = enrolment.clause_claimed
    if not met:
        return _("No clause is met; the nearest is %(clause)s.") % {
            "clause": verdict.nearest.id if verdict.nearest else "—"
        }
    if claimed and claimed not in [clause.id for clause in verdict.met]:
        return _("Claimed is %(claimed)s; met is %(met)s. Please confirm.") % {"claimed": claimed, "met": met}
    return _("Met is %(met)s. Please confirm.") % {"met": met}


def set_name(enrolment: Enrolment) -> str:
    """Return which clauses govern: the set's name and the standard's version."""
    found = clause_set(enrolment.line.clause_set)
    chinese = (get_language() or "zh").startswith("zh")
    standard = enrolment.line.standard
    return f"{found.name_zh if chinese else found.name_en} · {standard.title} {standard.edition}"


def decisions(enrolment: Enrolment) -> list[dict[str, Any]]:
    """Return the decisions taken, newest first, with who took them and what they rest on."""
    found = list(enrolment.decisions.all())
    names = names_of(pk for each in found for pk in (each.decided_by_id, each.second_reviewer_id) if pk)
    return [
        {
            "decision": each,
            "badge": "ok" if each.eligible else "no",
            "label": _("Eligible") if each.eligible else _("Not eligible"),
            "who": ", ".join(names.get(pk, "") for pk in (each.decided_by_id, each.second_reviewer_id) if pk),
        }
        for each in found
    ]


def record_acts(enrolment: Enrolment, actor: Actor) -> list[Act]:
    """Return what this actor can do with the enrolment: from its table, and its papers."""
    acts, pk = [], enrolment.pk
    reviewing = enrolment.batch.state in {BatchState.ANNOUNCED, BatchState.REVIEW}
    if actor.has(*REVIEWERS) and reviewing:
        acts.append(Act(_("Review"), reverse("enrolment-review", args=[pk]), look="primary", icon="check"))
    for arrow in ENROLMENT.open_actions(state=enrolment.state, roles=actor.roles):
        if arrow.action in PAGES and not actor.has(*REVIEWERS):
            acts.append(Act(str(arrow.label), reverse(PAGES[arrow.action], args=[pk])))
    mine = actor.kind == "candidate"
    if enrolment.state in {S.SUBMITTED, S.RETURNED} and (mine or actor.has(*ENROLLERS, *REVIEWERS)):
        acts.append(Act(_("Add a paper"), reverse("evidence-add", args=[pk]), icon="up"))
    if actor.has(*ENROLLERS) and (enrolment.photo_id is None or enrolment.state in {S.SUBMITTED, S.RETURNED}):
        acts.append(Act(_("Set the photo"), reverse("enrolment-photo-set", args=[pk]), icon="camera"))
    if mine and reviewing and enrolment.state == S.INELIGIBLE:
        acts.append(Act(_("Appeal"), reverse("enrolment-appeal", args=[pk]), icon="flag"))
    return acts


def form_groups(form: CandidateForm) -> list[tuple[str, list[Any]]]:
    """Return the form's fields under their headings."""
    groups: Iterable[tuple[str, tuple[str, ...]]] = (
        (_("What for"), ("line",)),
        (_("Who"), (*WHO, "photo")),
        (_("Employer and relation"), WHERE_FROM),
        (_("Career"), CAREER),
        (_("Certificate held"), PAPERS),
        (_("Schooling"), SCHOOL),
        (_("Professional title"), TITLE),
    )
    return [(title, [form[name] for name in names]) for title, names in groups]


def facts_initial(enrolment: Enrolment) -> dict[str, Any]:
    """Return the facts as the form shows them."""
    return {**{key: _shown(key, value) for key, value in enrolment.facts.items()}, "clause": enrolment.clause_claimed}


def issues(verdict: Verdict) -> list[str]:
    """Return what a reviewer should look at in the career stated."""
    chinese = (get_language() or "zh").startswith("zh")
    return [issue.message_zh if chinese else issue.message_en for issue in verdict.issues]
