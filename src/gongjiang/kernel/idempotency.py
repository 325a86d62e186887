"""The same request twice has one effect and one answer."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.kernel import canonical
from gongjiang.kernel.models import IdempotencyKey
from gongjiang.kernel.refusal import Ground, Refused

LONGEST_KEY = 120


@transaction.atomic
def once(*, key: str, action: str, request: Mapping[str, Any], at: datetime, do: Callable[[], Any]) -> tuple[Any, bool]:
    """Do it once under the key and return (answer, whether it was done now).

    ``do`` runs in the same transaction as the key's row and returns what JSON can hold. A second caller with the key
    waits for the first and gets the stored answer; if the first was rolled back, the second does it.

    :raises Refused: the key stands for another action or request, or is empty or too long.
    """
    asked = _("Send the form")
    if not 0 < len(key) <= LONGEST_KEY:
        why, way = _("The form carries no usable key."), _("Open the page again and send it once more.")
        raise Refused(asked, [Ground(why, way, code="key-missing")])
    digest = canonical.digest([action, dict(request)])
    row, created = IdempotencyKey.objects.get_or_create(
        key=key, defaults={"action": action, "request_digest": digest, "at": at}
    )
    if created:
        row.answer = do()
        row.save(update_fields=["answer"])
        return row.answer, True
    row = IdempotencyKey.objects.select_for_update().get(key=key)
    if (row.action, row.request_digest) != (action, digest):
        why = _("This form was already sent with other content.")
        way = _("Open the page again and send it once more.")
        raise Refused(asked, [Ground(why, way, code="key-reused")])
    return row.answer, False
