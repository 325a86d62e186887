"""Who acts. Built by accounts from the session, by commands for the system, and passed into every action."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["staff", "candidate", "system", "public"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or program with the roles it holds now and the part of the tree it may see.

    ``path`` is the materialised path of the organisation whose subtree the actor sees, such as ``/1/4/``; the empty
    path sees nothing, ``/`` everything. ``person_key`` is a candidate's blind index of the identity number.
    """

    kind: Kind
    user_id: int | None = None
    name: str = ""
    roles: frozenset[str] = frozenset()
    organisation_id: int | None = None
    path: str = ""
    place_code: str = ""
    person_key: str = ""

    def has(self, *roles: str) -> bool:
        """Say whether the actor holds one of these roles."""
        return not self.roles.isdisjoint(roles)

    def sees(self, path: str) -> bool:
        """Say whether an organisation with this path lies in the actor's subtree."""
        return bool(self.path) and path.startswith(self.path)

    @property
    def is_signed_in(self) -> bool:
        return self.kind in {"staff", "candidate"}


PUBLIC = Actor(kind="public", name="public", roles=frozenset({"public"}))


def system(name: str) -> Actor:
    """Return the platform itself, acting by a job or a command of this name; it sees everything."""
    return Actor(kind="system", name=name, roles=frozenset({"system"}), path="/")
