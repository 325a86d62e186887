"""What a panel's app asks of filing: for which applicant somebody answers, and which papers were handed in."""

from collections.abc import Iterable

from gongjiang.evaluation.materials import Material
from gongjiang.evaluation.models import Evaluation
from gongjiang.filing.models import Applicant, Application
from gongjiang.kernel.actor import Actor


def credit_codes_of(actor: Actor) -> Iterable[str]:
    """Return the credit code of the applicant that the actor's own organisation is."""
    found = Applicant.objects.for_actor(actor).filter(organisation_id=actor.organisation_id)
    return found.values_list("credit_code", flat=True)


def papers_of(evaluation: Evaluation) -> Iterable[Material]:
    """Yield the papers of the application that the evaluation is about, as last handed in; the panel reads them."""
    application = Application.everything.filter(evaluation=evaluation).first()
    if application is None:
        return
    for each in application.materials.filter(replaced_round=None, file__isnull=False).select_related("file"):
        assert each.file is not None
        yield Material(str(each.pk), each.title, each.file, each.file_name)
