"""One condition or paper of an application: evidence, the machine's check, verdict and gap."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody
from gongjiang.bodies.queries import suspension_on, term_on
from gongjiang.filing import labels, thresholds
from gongjiang.filing.conditions import SHOWN, Asked, law_day, may_be_verified_online
from gongjiang.filing.models import Application, ConditionAnswer, Material
from gongjiang.kernel.refusal import Ground
from gongjiang.law.codes import parse_credit_code
from gongjiang.law.model import Citation
from gongjiang.supervision import queries as supervision
from gongjiang.workforce.models import Appointment, StaffRole

# Which appointments of the workforce register count for which condition.
REGISTER: dict[str, tuple[str, ...]] = {
    "staff": (StaffRole.CHIEF_OFFICER, StaffRole.ADMINISTRATION_LEAD, StaffRole.STAFF),
    "assessors": (StaffRole.ASSESSOR,),
    "supervisors": (StaffRole.INTERNAL_SUPERVISOR,),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What the platform found by itself: in words, and whether that speaks for the applicant."""

    text: str
    met: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One thing asked for: what was said, counted and handed in for it, what the machine found, and what lacks."""

    key: str
    section: str
    label: str
    cites: tuple[Citation, ...]
    source: str = ""
    text: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    papers: tuple[Material, ...] = ()
    findings: tuple[Finding, ...] = ()
    gaps: tuple[Ground, ...] = ()

    @property
    def met(self) -> bool:
        return not self.gaps


@dataclass(slots=True)
class Held:
    """What the application holds, read once: papers in hand, answers, and the register's counts by condition."""

    papers: list[Material]
    answers: dict[str, ConditionAnswer]
    register: dict[str, int] = field(default_factory=dict)

    def of(self, kind: str, condition: str = "") -> tuple[Material, ...]:
        return tuple(each for each in self.papers if each.kind == kind and each.condition == condition)


def held_by(application: Application, on: date) -> Held:
    """Return what the application holds on the day."""
    papers = list(application.materials.filter(replaced_round=None).select_related("file"))
    answers = {each.condition: each for each in application.answers.all()}
    roles = {role: condition for condition, several in REGISTER.items() for role in several}
    appointed = Appointment.objects.filter(
        member__home=application.applicant.organisation_id, role__in=roles, since__lte=on
    )
    running = appointed.exclude(until__lte=on).values_list("role", "member_id").distinct()
    register: dict[str, set[int]] = {}
    for role, member in running:
        register.setdefault(roles[role], set()).add(member)
    return Held(papers, answers, {key: len(members) for key, members in register.items()})


def condition_item(application: Application, asked: Asked, held: Held, on: date) -> Item:
    shown, answer, key = SHOWN[asked.key], held.answers.get(asked.key), asked.key
    anchor = f"#condition-{key}"
    papers = held.of("evidence", key) + tuple(paper for kind in shown.papers for paper in held.of(kind))
    findings = tuple(_findings(application, key, held, on))
    proven = key in held.register
    stated = tuple((name, answer.numbers.get(name, 0)) for name in shown.counts) if answer else ()
    gaps = []
    if shown.counts and not proven and not (stated and all(number > 0 for _name, number in stated)):
        what = "、".join(labels.count(name) for name in shown.counts)
        why = _("%(condition)s: the number isn't stated.") % {"condition": labels.condition(key)}
        gaps.append(Ground(why, _("State: %(what)s.") % {"what": what}, asked.cites, "no-count", anchor))
    if shown.text and not (answer and answer.text.strip()):
        why = _("%(condition)s: nothing is said.") % {"condition": labels.condition(key)}
        gaps.append(Ground(why, _("Say in a few words how it is met."), asked.cites, "no-answer", anchor))
    if shown.evidence and not papers and not proven:
        why = _("%(condition)s: no evidence.") % {"condition": labels.condition(key)}
        gaps.append(Ground(why, _way_to_evidence(application, on), asked.cites, "no-evidence", anchor))
    for finding in findings:
        if not finding.met:
            way = _("Put it right, then look again.")
            gaps.append(Ground(finding.text, way, asked.cites, f"check-{key.replace('_', '-')}", anchor))
    text = answer.text if answer else ""
    label = labels.condition(key)
    return Item(key, "conditions", label, asked.cites, "", text, stated, papers, findings, tuple(gaps))


def _findings(application: Application, key: str, held: Held, on: date) -> Iterable[Finding]:
    """Yield what the machine can tell about the condition by itself."""
    applicant = application.applicant
    if key == "legal_person":
        valid = parse_credit_code(applicant.credit_code).valid
        text = _("Credit code %(code)s: check character right") if valid else _("Credit code %(code)s is wrong")
        yield Finding(text % {"code": applicant.credit_code}, valid)
    if key in held.register:
        yield Finding(
            _("Register of the workforce: %(n)s %(what)s appointed on %(day)s")
            % {"n": held.register[key], "what": labels.count(key), "day": on},
            True,
        )
    if key == "clean_record" and application.body is not None:
        suspended = suspension_on(application.body, on)
        text = _("The body is suspended.") if suspended else _("No suspension is in force.")
        yield Finding(text, suspended is None)
        yield _of_supervision(application.body, on)
    if key == "main_business":
        yield Finding(_("Registered main business: %(text)s") % {"text": applicant.main_business}, True)
    if key == "own_venue":
        rented = "、".join(application.sites.filter(is_own=False).values_list("name", flat=True))
        text = _("Not its own: %(sites)s.") % {"sites": rented} if rented else _("No requested site is rented.")
        yield Finding(text, not rented)
    if key == "coverage" and application.body is not None:
        share = thresholds.carried_out(application.body, on, day=law_day(application, on))
        # The gap itself is the threshold's own, with its numbers.
        yield Finding(f"{share.label} {share.part}/{share.whole}", True)


def _of_supervision(body: AssessmentBody, on: date) -> Finding:
    """Return what supervision found in the running term: an overdue rectification speaks against a clean record.

    That is our reading: the documents ask for no bad record and leave open what one is.
    """
    term = term_on(body, on)
    counts = supervision.figures(body, term.since if term else body.filed_on, on + timedelta(days=1))
    overdue = supervision.overdue_of(body, on)
    text = _("Supervision in this term: %(total)s findings, %(open)s not closed, %(late)s overdue.")
    told = {"total": counts["findings"][0], "open": counts["findings_open"][0], "late": overdue}
    return Finding(text % told, overdue == 0)


def paper_item(application: Application, asked: Asked, held: Held, on: date) -> Item:
    papers, label = held.of(asked.key), labels.material(asked.key)
    gaps: tuple[Ground, ...] = ()
    if not papers:
        why = _("Paper missing: %(paper)s.") % {"paper": label}
        gaps = (Ground(why, _way_to_evidence(application, on), asked.cites, "no-paper", f"#paper-{asked.key}"),)
    return Item(asked.key, "materials", label, asked.cites, asked.source, papers=papers, gaps=gaps)


def _way_to_evidence(application: Application, on: date) -> str:
    if may_be_verified_online(application, on):
        return _("Hand in a file, or note the online check with its source and time.")
    return _("Hand in a file.")
