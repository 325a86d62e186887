"""What holds also behind the actions' back, and when two officers act at once."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories import make_actor
from tests.filing.handling import DAYS, advance, jilin, submitted, told, xinzhou

from gongjiang.bodies.models import AssessmentBody
from gongjiang.filing import actions
from gongjiang.filing.models import Application
from gongjiang.kernel.refusal import Refused

pytestmark = [pytest.mark.databases, pytest.mark.requirement("FIL-06")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reached", "then"),
    [
        ("accept", {"state": "evaluated"}),
        ("accept", {"state": "filed"}),
        ("conclude", {"state": "deliberated"}),
        ("conclude", {"state": "cleared", "cleared_on": "2026-04-01"}),
        ("deliberate", {"state": "on_notice"}),
        ("deliberate", {"state": "cleared", "cleared_on": "2026-04-01"}),
        ("clear", {"state": "filed"}),
        ("clear", {"state": "filed", "decided_on": "2026-04-01"}),
        ("conclude", {"evaluation": None}),
        ("post", {"favourable": False}),
    ],
)
def test_no_row_stands_past_a_step_that_was_asked(reached, then):
    office = jilin()
    application, manager = submitted(office)
    advance(application, manager, office, reached)

    with pytest.raises(IntegrityError), transaction.atomic():
        Application.everything.filter(pk=application.pk).update(**then)


@pytest.mark.django_db
def test_the_three_are_three_also_in_the_row():
    office = jilin()
    application, manager = submitted(office)
    application = advance(application, manager, office, "sign")
    for column, other in (
        ("deliberated_by", "accepted_by"),
        ("signed_by", "accepted_by"),
        ("signed_by", "deliberated_by"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Application.everything.filter(pk=application.pk).update(**{column: getattr(application, other)})


@pytest.mark.django_db(transaction=True)
def test_of_three_signatures_at_once_one_counts():
    office = xinzhou()
    application, manager = submitted(office)
    application = advance(application, manager, office, "undertake")
    signers = [make_actor(office.organisation, "city_approver") for _each in range(3)]
    outcomes, ready = [], threading.Barrier(3)

    def work(actor) -> None:
        own = Application.everything.get(pk=application.pk)
        ready.wait()
        try:
            actions.sign_letter(**told(actor, own, DAYS["sign"]))
            outcomes.append("signed")
        except Refused as refused:
            outcomes.append(refused.codes[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(actor,)) for actor in signers]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(outcomes) == ["signed", "wrong-state", "wrong-state"]
    assert AssessmentBody.everything.filter(organisation=application.applicant.organisation).count() == 1


@pytest.mark.django_db(transaction=True)
def test_deliberation_and_refusal_at_once_leave_one_of_them():
    office = jilin()
    application, manager = submitted(office)
    application = advance(application, manager, office, "conclude")
    outcomes, ready = [], threading.Barrier(2)

    def work(act) -> None:
        ready.wait()
        try:
            act()
            outcomes.append("done")
        except Refused as refused:
            outcomes.append(refused.codes[0])
        finally:
            connection.close()

    def deliberate() -> None:
        own = Application.everything.get(pk=application.pk)
        actions.deliberate(**told(office.second, own, DAYS["deliberate"]), text="样例：同意", favourable=True)

    def refuse() -> None:
        own = Application.everything.get(pk=application.pk)
        actions.refuse(**told(office.third, own, DAYS["deliberate"]), reason="样例：材料不实")

    threads = [threading.Thread(target=work, args=(act,)) for act in (deliberate, refuse)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    application.refresh_from_db()
    # Refusing is open from a deliberated application too: in that order both are done, and it is refused.
    assert (application.state, sorted(outcomes)) in (
        ("refused", ["done", "done"]), ("refused", ["done", "wrong-state"]),
    )  # fmt: skip
