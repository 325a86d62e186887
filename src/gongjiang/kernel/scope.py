"""Records are reached through a scope: a query that nobody narrowed to an actor fails instead of leaking."""

from typing import Any, Self

from django.db import models

from gongjiang.kernel.actor import Actor


class ScopeMissing(RuntimeError):
    """A query on a scoped model ran without an actor: a bug, never shown to a person."""


class ScopedQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """A queryset that refuses to run until ``for_actor`` or ``unscoped`` was said.

    A related manager (``batch.lines.all()``) counts as scoped: the record it starts from was.
    """

    scope_said = False

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone.scope_said = self.scope_said
        return clone

    def for_actor(self, actor: Actor) -> Self:
        """Narrow to what the actor may see, by the model's ``scope_path`` (a lookup to an organisation's path)."""
        scoped = self._said()
        if not actor.path:
            return scoped.none()
        if actor.path == "/":
            return scoped
        return scoped.filter(**{f"{self.model.scope_path}__startswith": actor.path})

    def unscoped(self, why: str) -> Self:
        """Run over everybody's records, for the reason given: a public register, a job, a uniqueness check."""
        if not why:
            raise ScopeMissing(f"{self.model.__name__}: unscoped needs a reason")
        return self._said()

    def _said(self) -> Self:
        clone = self._chain()  # type: ignore[attr-defined]
        clone.scope_said = True
        return clone  # type: ignore[no-any-return]

    def _require_scope(self) -> None:
        if not (self.scope_said or "instance" in self._hints):  # type: ignore[attr-defined]
            raise ScopeMissing(f"{self.model.__name__}: say for_actor(actor) or unscoped(reason) first")

    def _fetch_all(self) -> None:
        self._require_scope()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self._require_scope()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._require_scope()
        return super().count()

    def exists(self) -> bool:
        self._require_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._require_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._require_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._require_scope()
        return super().delete()


class Scoped(models.Model):
    """A record that belongs to somebody. ``objects`` is scoped; ``everything`` is for migrations, jobs and tests."""

    scope_path = "organisation__path"

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()  # noqa: DJ012 (takes a manager not named objects for a field)

    class Meta:
        abstract = True
        base_manager_name = "everything"
        default_manager_name = "objects"
