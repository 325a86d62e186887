"""Who an organisation is as an assessor: connected at the start by whoever knows bodies, which stand above."""

from collections.abc import Callable

from gongjiang.accounts.models import Organisation
from gongjiang.accounts.queries import organisation_of
from gongjiang.kernel.actor import Actor
from gongjiang.standards.basis import Asker

Source = Callable[[Organisation], Asker | None]
_sources: list[Source] = []


def ask_with(source: Source) -> Source:
    """Have organisations looked up by this function."""
    _sources[:] = [source]
    return source


def asker_for(organisation: Organisation) -> Asker | None:
    """Return the organisation with its kind and the place of its law; None where it assesses nothing."""
    return _sources[0](organisation) if _sources else None


def own_asker(actor: Actor) -> Asker | None:
    """Return the actor's own organisation as an assessor."""
    if actor.organisation_id is None:
        return None
    return asker_for(organisation_of(actor))
