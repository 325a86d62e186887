"""Numbers without gaps and without doubles: a counter row, locked in the transaction that uses the number."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.kernel.audit import Act
from gongjiang.kernel.models import Counter
from gongjiang.kernel.refusal import Ground, Refused


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers ``first`` to ``last`` inclusive, taken at once under a counter's name."""

    name: str
    first: int
    last: int
    counter: Counter

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.last + 1))

    def __len__(self) -> int:
        return self.last - self.first + 1

    def act(self, action: str = "counter.take") -> Act:
        """Return what the trail says of it; recorded with the records that bear the numbers, so that a counter set
        back behind the platform's back is found."""
        return Act(action, self.counter, {"first": self.first, "last": self.last})


def next_number(name: str, *, limit: int | None = None) -> int:
    """Return the next number under the name, from 1.

    :raises TransactionManagementError: outside a transaction: a number stands or falls with its record.
    :raises Refused: if it would pass ``limit``.
    """
    return take(name, 1, limit=limit).first


def take(name: str, n: int, *, limit: int | None = None) -> Block:
    """Take the next ``n`` (≥ 1) numbers under the name; the counter's row stays locked until the transaction ends.

    Take it before locking records (lock order: counter, record, chain head).

    :raises TransactionManagementError: outside a transaction.
    :raises Refused: if the last would pass ``limit``; none is taken.
    """
    if n < 1:
        raise ValueError(f"a block has at least one number, not {n}")
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("numbers are taken inside the transaction that uses them")
    Counter.objects.get_or_create(name=name)
    counter = Counter.objects.select_for_update().get(name=name)
    if limit is not None and counter.last + n > limit:
        why = _("%(left)s numbers are left under %(name)s, %(n)s are needed.") % {
            "left": max(limit - counter.last, 0),
            "name": name,
            "n": n,
        }
        way = _("Ask the authority for a further series.")
        raise Refused(_("Give numbers"), [Ground(why, way, code="numbers-used-up")])
    first, counter.last = counter.last + 1, counter.last + n
    counter.save(update_fields=["last"])
    return Block(name, first, counter.last, counter)
