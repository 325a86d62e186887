"""Issuing in processes of its own, for the tests of load and of kills: ``number SHARE OF`` or ``issue``."""

import random
import sys

import django


class Abort(Exception):
    pass


def number(share: int, of: int) -> None:
    """Number every ``of``-th batch; one try in fifty is aborted after the numbers were written, and done again."""
    from django.db import OperationalError, transaction

    from gongjiang.certificates import actions
    from gongjiang.planning.models import Batch

    draw, aborts = random.Random(share), 0
    todo = [pk for pk in Batch.everything.order_by("pk").values_list("pk", flat=True) if pk % of == share]
    while todo:
        pk = todo.pop(0)
        try:
            with transaction.atomic():
                actions.number_certificates(
                    actor=clerk(), at=instant(), batch=Batch.everything.get(pk=pk), key=f"k{pk}"
                )
                if draw.random() < 0.02:
                    raise Abort
        except (Abort, OperationalError) as error:
            aborts += isinstance(error, Abort)
            todo.append(pk)
    print(aborts)


def issue() -> None:
    """Number every batch that isn't, then make every paper that isn't, until all is done."""
    from gongjiang.certificates import actions
    from gongjiang.planning.models import Batch

    print("begun", flush=True)
    for batch in Batch.everything.order_by("pk"):
        if batch.state == "confirmed":
            actions.number_certificates(actor=clerk(), at=instant(), batch=batch, key=f"k{batch.pk}")
        actions.make_papers(actor=clerk(), at=instant(), batch=batch)
    print("done")


def clerk():
    from gongjiang.kernel.actor import Actor

    roles = frozenset({"certificate_clerk", "system"})
    return Actor(kind="staff", user_id=1, roles=roles, organisation_id=1, path="/", place_code="22")


def instant():
    from tests.factories import at

    return at("2026-06-15 10:00")


if __name__ == "__main__":
    sys.path.insert(0, ".")
    django.setup()
    if sys.argv[1] == "number":
        number(int(sys.argv[2]), int(sys.argv[3]))
    else:
        issue()
