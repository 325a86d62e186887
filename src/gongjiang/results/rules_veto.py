"""What an ethics veto must satisfy, as grounds of a refusal with the article of the place."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground
from gongjiang.law.model import Citation
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of
from gongjiang.planning.states import BatchState
from gongjiang.results import contents, queries
from gongjiang.results.models import EthicsVeto
from gongjiang.standards.models import ContentGroup

OPEN_IN = (BatchState.MARKING, BatchState.SCORED, BatchState.ON_NOTICE)


def ethics_cites(batch: Batch) -> tuple[Citation, ...]:
    """Return the article by which the batch's place assesses ethics; nothing where none does."""
    rule = contents.content_rule(batch)
    if rule is None or ContentGroup.ETHICS not in rule.value:
        return ()
    if len(rule.cites) == len(rule.value):
        return (rule.cites[rule.value.index(ContentGroup.ETHICS)],)
    return rule.cites


def against_vetoes(batch: Batch) -> Iterator[Ground]:
    """Yield why nobody in the batch can be vetoed now: the place's law doesn't assess ethics, or the review is over."""
    if not ethics_cites(batch):
        why = _("No rule in force for %(place)s has ethics assessed.") % {"place": regime_of(batch).name}
        way = _("Judge by the parts of the standard; misconduct at the exam is recorded as such.")
        yield Ground(why, way, code="ethics-not-assessed-here")
    if batch.state == BatchState.SCORED and batch.results_approved_on:
        why = _("The results were approved on %(day)s.") % {"day": batch.results_approved_on}
        way = _("Post them first; until they are final a veto can be proposed again.")
        yield Ground(why, way, ethics_cites(batch), "results-approved")


def against_proposing(batch: Batch, enrolment: Enrolment) -> Iterator[Ground]:
    """Yield why this candidate can't be vetoed: not examined here, or vetoed already."""
    yield from against_vetoes(batch)
    if not queries.examinees(batch).filter(pk=enrolment.pk).exists():
        why, way = _("Only eligible candidates of this batch are examined in it."), _("Choose one of them.")
        yield Ground(why, way, ethics_cites(batch), "not-examined")
    if any(veto.is_open or veto.in_force for veto in queries.vetoes_in(batch).filter(enrolment=enrolment)):
        why = _("A veto about this candidate stands already.")
        yield Ground(why, _("Decide that one first."), ethics_cites(batch), "veto-twice")


def against_deciding(veto: EthicsVeto, actor: Actor) -> Iterator[Ground]:
    """Yield why this actor can't decide on the veto: decided already, or proposed by the same person."""
    batch = veto.enrolment.batch
    yield from against_vetoes(batch)
    if not veto.is_open:
        yield Ground(_("The veto is decided."), _("Nothing is left to do."), ethics_cites(batch), "decided")
    if actor.user_id is None or actor.user_id == veto.proposed_by_id:
        why = _("You proposed this veto yourself.")
        yield Ground(why, _("Have it decided by another person."), ethics_cites(batch), "same-person")


def against_lifting(veto: EthicsVeto | None, upheld: bool, wanted: bool) -> Iterator[Ground]:
    """Yield why a reply can't lift a veto: there is none in force, or the objection isn't upheld."""
    if not wanted:
        return
    if veto is None:
        yield Ground(_("No veto is in force."), _("Leave it out."), code="no-veto")
    elif not upheld:
        why, way = _("A veto is lifted only by an upheld objection."), _("Uphold it, or leave the veto.")
        yield Ground(why, way, ethics_cites(veto.enrolment.batch), "not-upheld")


def undecided(batch: Batch) -> Iterator[Ground]:
    """Yield each veto that awaits its second person: results can't go on without."""
    for veto in queries.vetoes_in(batch).filter(upheld=None):
        why = _("A veto about %(name)s awaits a second person.") % {"name": veto.enrolment.name}
        way = _("Have it confirmed or declined by someone who didn't propose it.")
        yield Ground(why, way, ethics_cites(batch), "veto-undecided", reverse("veto", args=[veto.pk]))
