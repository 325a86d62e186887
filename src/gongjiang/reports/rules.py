"""What must hold before a report is prepared, sent, or its receipt read: each as grounds of a refusal."""

from datetime import date

from django.utils.translation import gettext as _

from gongjiang.certificates.models import Certificate
from gongjiang.certificates.states import CertificateState
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, NotAllowed
from gongjiang.kernel.workflow import role_label
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of
from gongjiang.reports.models import ReportPackage
from gongjiang.reports.queries import OF_BATCH, rejected_of, term_rule
from gongjiang.reports.rows import DataRow, against_rows

REPORTERS = ("certificate_clerk", "exam_clerk", "body_manager")
State = ReportPackage.State


def report_cites(batch: Batch) -> tuple[Citation, ...]:
    """Return the articles by which a batch is reported."""
    rule = term_rule(batch)
    if rule is None and batch.issued_on:
        rule = ask.CERTIFICATE_DATA_TO_CENTRE.get(place=regime_of(batch), day=batch.issued_on)
    return rule.cites if rule else ()


def against_preparing(batch: Batch, rows: list[DataRow], certificates: list[Certificate], today: date) -> list[Ground]:
    """Return what stands against preparing the package: papers still being made, rows that would be sent back."""
    cites = report_cites(batch)
    waiting = Certificate.objects.unscoped(OF_BATCH).filter(batch=batch, state=CertificateState.NUMBERED).count()
    grounds = against_rows(rows, certificates, today, cites)
    if waiting:
        why = _("%(n)s certificates have no paper yet.") % {"n": waiting}
        grounds.insert(0, Ground(why, _("Have their papers made first."), cites, "papers-waiting"))
    return grounds


def wrong_state(package: ReportPackage, *wanted: str) -> list[Ground]:
    """Return the ground that the package isn't in one of the states."""
    if package.state in wanted:
        return []
    why = _("The package stands at “%(state)s”.") % {"state": package.get_state_display()}
    labels = "、".join(str(State(each).label) for each in wanted)
    return [Ground(why, _("This is open at: %(states)s.") % {"states": labels}, code="wrong-state")]


def unfixed(package: ReportPackage) -> list[Ground]:
    """Return the ground that rows which were sent back aren't fixed."""
    left = rejected_of(package).filter(fixed_on=None).count()
    if not left:
        return []
    why = _("%(n)s rows that were sent back aren't fixed yet.") % {"n": left}
    return [Ground(why, _("Say of each what was done."), report_cites(package.batch), "rows-unfixed")]


def require_reporter(asked: str, actor: Actor, package: ReportPackage) -> None:
    """Let those report who may take the batch to “reported”.

    :raises NotAllowed: somebody else.
    """
    if not actor.has(*REPORTERS):
        roles = ", ".join(map(role_label, REPORTERS))
        way = _("Ask someone who is: %(roles)s.") % {"roles": roles}
        ground = Ground(_("Your role doesn't include this."), way, code="wrong-role")
        raise NotAllowed(asked, [ground], subject=package)
