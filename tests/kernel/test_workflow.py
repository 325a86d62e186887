"""State changes go through the table: locked, checked, written with their entry, or not at all."""

import threading
from datetime import timedelta
from enum import StrEnum

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import at, make_actor, make_batch, make_body, make_tree

from gongjiang.kernel import audit, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.law.places import CHANGCHUN, XINZHOU
from gongjiang.planning.models import Batch

AT = at("2026-04-01 09:00")


class Light(StrEnum):
    RED = "red"
    GREEN = "green"


TABLE = workflow.Workflow(
    "light",
    Light.RED,
    (
        workflow.arrow("go", Light.RED, Light.GREEN, "exam_clerk", rests_on=ask.ANNOUNCEMENT_ELEMENTS, label="Go"),
        workflow.arrow("stop", {Light.GREEN, Light.RED}, Light.RED, "exam_clerk", "body_manager"),
    ),
)


@given(
    st.sampled_from(Light),
    st.sampled_from(["go", "stop"]),
    st.sets(st.sampled_from(["exam_clerk", "body_manager", "x"])),
)
def test_an_action_is_open_exactly_where_the_table_says(state, action, roles):
    row = TABLE.table[action]
    may = state in row.source and bool(row.roles & roles)
    assert (row in TABLE.open_actions(state=state, roles=frozenset(roles))) is may
    try:
        assert TABLE.check(action, state=state, roles=frozenset(roles)) is row
        checked = True
    except NotAllowed:
        checked = False
    assert checked is may


def test_a_refusal_says_state_and_role_with_the_article_of_the_records_own_place():
    with pytest.raises(NotAllowed) as refused:
        TABLE.check("go", state="green", roles=frozenset(), place=CHANGCHUN, day=AT.date())
    assert refused.value.codes == ("wrong-state", "wrong-role")
    assert refused.value.cites == (Citation.parse("JL-2024-5§15"),)
    assert refused.value.asked == "Go"


def test_where_the_law_of_the_place_is_silent_no_other_places_article_is_named():
    with pytest.raises(NotAllowed) as refused:
        TABLE.check("go", state="green", roles=frozenset(), place=XINZHOU, day=AT.date())
    assert (refused.value.codes, refused.value.cites) == (("wrong-state", "wrong-role"), ())


def test_an_action_stands_once_in_a_table():
    with pytest.raises(ValueError, match="stands twice"):
        workflow.Workflow("x", Light.RED, (TABLE.arrows[0], TABLE.arrows[0]))


def test_the_diagram_is_drawn_from_the_table():
    assert TABLE.to_mermaid().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> red",
        "    red --> green: go",
        "    green --> red: stop",
        "    red --> red: stop",
    ]


@pytest.fixture
def clerk_and_batch():
    tree = make_tree()
    body = make_body(tree["changchun"])
    clerk = make_actor(body.organisation, "exam_clerk", "body_manager")
    return clerk, make_batch(body, clerk)


@pytest.mark.django_db
def test_it_writes_the_state_and_the_entry_with_the_rows_own_hash(clerk_and_batch):
    clerk, batch = clerk_and_batch
    before = AuditEntry.objects.count()
    batch.title = "unsaved"
    batch.exam_until += timedelta(days=5)
    entry = workflow.apply(batch, "cancel", actor=clerk, at=AT, reason="样例原因")
    stored = Batch.everything.get(pk=batch.pk)
    assert (stored.state, batch.state, stored.title != "unsaved") == ("cancelled", "cancelled", True)
    assert entry.facts == {"from": "draft", "to": "cancelled"}
    assert (entry.action, entry.reason, AuditEntry.objects.count()) == ("batch.cancel", "样例原因", before + 1)
    assert entry.state_hash == stored.state_hash()


@pytest.mark.django_db
def test_a_refused_transition_leaves_nothing_behind_and_names_the_act(clerk_and_batch):
    clerk, batch = clerk_and_batch
    before = AuditEntry.objects.count()
    with pytest.raises(NotAllowed) as refused:
        workflow.apply(batch, "approve_opening", actor=clerk, at=AT)
    assert refused.value.codes == ("wrong-state", "wrong-role")
    assert (refused.value.subject, refused.value.action) == (batch, "batch.approve_opening")
    assert Batch.everything.get(pk=batch.pk).state == "draft"
    assert AuditEntry.objects.count() == before


@pytest.mark.django_db
def test_a_transition_is_undone_with_the_callers_transaction(clerk_and_batch):
    clerk, batch = clerk_and_batch
    before = AuditEntry.objects.count()
    with transaction.atomic():
        workflow.apply(batch, "cancel", actor=clerk, at=AT)
        transaction.set_rollback(True)
    assert Batch.everything.get(pk=batch.pk).state == "draft"
    assert AuditEntry.objects.count() == before


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_of_two_officers_acting_at_once_one_is_told_that_it_is_done():
    tree = make_tree()
    body = make_body(tree["changchun"])
    clerk = make_actor(body.organisation, "exam_clerk", "body_manager")
    batch = make_batch(body, clerk)
    outcomes, ready = [], threading.Barrier(4)

    def work():
        own = Batch.everything.get(pk=batch.pk)
        ready.wait()
        try:
            workflow.apply(own, "cancel", actor=clerk, at=AT)
            outcomes.append("done")
        except NotAllowed as refused:
            outcomes.append(refused.codes)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes, key=str) == [("wrong-state",)] * 3 + ["done"]
    assert AuditEntry.objects.filter(action="batch.cancel").count() == 1


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_writers_at_once_make_one_whole_chain():
    from gongjiang.kernel import checkpoints

    problems = []

    def work(n):
        try:
            for _ in range(10):
                actor = Actor(kind="staff", user_id=n)
                with transaction.atomic():
                    audit.record_many(actor=actor, at=AT, acts=[audit.Act("test.one"), audit.Act("test.two")])
        except Exception as error:
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert AuditEntry.objects.count() == 120
    assert checkpoints.verify_chain() == []
