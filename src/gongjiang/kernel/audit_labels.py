"""What the acts in the trail are called on pages. Each app registers its own."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Label = str | Promise

_LABELS: dict[str, Label] = {
    "audit.checkpoint": gettext_lazy("signed a checkpoint of the audit trail"),
    "calendar.load": gettext_lazy("loaded a year's holiday notice"),
    "counter.take": gettext_lazy("took numbers from a counter"),
    "identity.reveal": gettext_lazy("had an identity number shown"),
    "objection.raise": gettext_lazy("raised an objection"),
    "objection.assign": gettext_lazy("assigned the reply to an objection"),
    "objection.reply": gettext_lazy("replied to an objection"),
    "scope.not_found": gettext_lazy("asked for a record that isn't theirs"),
    "setting.set": gettext_lazy("set a value of the place"),
}


def register(labels: Mapping[str, Label]) -> None:
    """Name acts: ``register({"planning.batch.announce": _("announced the batch")})``."""
    _LABELS.update(labels)


def label(action: str) -> str:
    """Return the act's name in the reader's language; the machine name if nobody registered one."""
    found = _LABELS.get(action)
    if found is None and action.startswith("request."):
        return _("asked for something that wasn't possible")
    return str(found) if found is not None else action


def known() -> frozenset[str]:
    """Return every act that has a name."""
    return frozenset(_LABELS)
