"""One door for every list that can be imported: by page and by command."""

from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.law.model import Place
from gongjiang.standards import actions
from gongjiang.standards.writing import Imported


def bring(
    kind: str, *, actor: Actor, at: datetime, content: bytes, source: str, edition: int | None, place: Place
) -> Imported:
    """Import a list of the kind: edition, access, projects, standards or weights.

    :raises KeyError: no such kind.
    :raises Refused: as the kind's own action does.
    """
    if kind == "edition":
        return actions.import_edition(
            actor=actor, at=at, content=content, edition=edition or 0, source=source, place=place
        )
    if kind == "projects":
        return actions.import_projects(actor=actor, at=at, content=content, source=source, place=place)
    act = {
        "access": actions.import_access_types,
        "standards": actions.import_standards,
        "weights": actions.import_weights,
    }[kind]
    return act(actor=actor, at=at, content=content, source=source)
