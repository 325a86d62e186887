"""Who answers for an applicant. This app knows an applicant by its credit code only; others tell whose that is.

``register(of)`` takes a function from an actor to the credit codes that he or she may answer for: filing registers the
applicants of an organisation, this app the body on file. Nobody else sees an evaluation as its applicant.
"""

from collections.abc import Callable, Iterable

from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.actor import Actor

CreditCodes = Callable[[Actor], Iterable[str]]
APPLICANT_ROLES = ("body_manager",)
_sources: list[CreditCodes] = []


def register(of: CreditCodes) -> CreditCodes:
    """Ask the function, too, for which credit codes an actor answers. Called when an app starts."""
    if of not in _sources:
        _sources.append(of)
    return of


def credit_codes_of(actor: Actor) -> frozenset[str]:
    """Return the credit codes for which the actor answers as the applicant."""
    if not actor.has(*APPLICANT_ROLES) or actor.organisation_id is None:
        return frozenset()
    return frozenset(code for source in _sources for code in source(actor))


def of_the_body_on_file(actor: Actor) -> Iterable[str]:
    """Return the credit code of the body that the actor's organisation is, if it is on file."""
    found = AssessmentBody.objects.for_actor(actor).filter(organisation_id=actor.organisation_id)
    return found.values_list("credit_code", flat=True)


register(of_the_body_on_file)
