"""Numbers: no gap, no double, also when writers run at once and some fail."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from gongjiang.kernel import audit, idempotency, numbers
from gongjiang.kernel.actor import system
from gongjiang.kernel.models import AuditEntry, Counter, IdempotencyKey
from gongjiang.kernel.refusal import Refused

AT = datetime(2026, 6, 15, 1, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_they_count_from_one_under_each_name():
    assert [numbers.next_number("a"), numbers.next_number("a"), numbers.next_number("b")] == [1, 2, 1]
    block = numbers.take("a", 3)
    assert (list(block), len(block), block.first, block.last) == ([3, 4, 5], 3, 3, 5)


@pytest.mark.django_db
def test_a_block_past_the_limit_is_refused_and_takes_none():
    numbers.take("a", 8, limit=9)
    with pytest.raises(Refused) as refused:
        numbers.take("a", 2, limit=9)
    assert refused.value.codes == ("numbers-used-up",)
    assert numbers.next_number("a", limit=9) == 9


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_refuses():
    with pytest.raises(transaction.TransactionManagementError):
        numbers.next_number("a")
    assert Counter.objects.count() == 0


@pytest.mark.django_db
def test_the_counters_state_can_be_recorded_with_the_records():
    block = numbers.take("a", 2)
    audit.record_many(actor=system("test"), at=AT, acts=[block.act()])
    entry = AuditEntry.objects.get()
    assert entry.facts == {"first": 1, "last": 2}
    assert entry.state_hash == Counter.objects.get(name="a").state_hash()


def in_threads(count, work):
    problems = []

    def run(n):
        try:
            work(n)
        except Exception as error:
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return problems


class Abort(Exception):
    pass


@pytest.mark.databases
@pytest.mark.requirement("CRT-02")
@pytest.mark.django_db(transaction=True)
def test_eight_writers_with_aborts_leave_no_gap_and_no_double():
    taken, lock = [], threading.Lock()

    def work(n):
        for turn in range(12):
            try:
                with transaction.atomic():
                    number = numbers.next_number("样例")
                    if (n * 12 + turn) % 10 == 3:
                        raise Abort
                    IdempotencyKey.objects.create(key=f"{n}-{turn}", action=str(number), at=AT)
            except Abort:
                continue
            with lock:
                taken.append(number)

    assert in_threads(8, work) == []
    assert sorted(taken) == list(range(1, len(taken) + 1))
    assert Counter.objects.get(name="样例").last == len(taken) == 96 - 10


@pytest.mark.django_db
def test_the_same_request_gets_the_same_answer_and_another_is_refused():
    calls = []

    def do():
        calls.append(1)
        return {"number": 7}

    ask = {"key": "k", "action": "issue", "request": {"batch": 1}, "at": AT, "do": do}
    assert idempotency.once(**ask) == ({"number": 7}, True)
    assert idempotency.once(**ask) == ({"number": 7}, False)
    for changed in ({"request": {"batch": 2}}, {"action": "revoke"}):
        with pytest.raises(Refused) as refused:
            idempotency.once(**{**ask, **changed})
        assert refused.value.codes == ("key-reused",)
    assert calls == [1]


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 121])
def test_a_form_without_a_usable_key_is_refused(key):
    with pytest.raises(Refused) as refused:
        idempotency.once(key=key, action="a", request={}, at=AT, do=lambda: None)
    assert refused.value.codes == ("key-missing",)


@pytest.mark.django_db
def test_a_failed_act_leaves_its_key_free():
    def fail():
        raise Abort

    with pytest.raises(Abort):
        idempotency.once(key="k", action="a", request={}, at=AT, do=fail)
    assert idempotency.once(key="k", action="a", request={}, at=AT, do=lambda: 1) == (1, True)


@pytest.mark.databases
@pytest.mark.django_db(transaction=True)
def test_one_key_from_eight_senders_at_once_has_one_effect():
    answers = []

    def work(n):
        def do():
            return numbers.next_number("样例")

        answers.append(idempotency.once(key="k", action="a", request={"x": 1}, at=AT, do=do))

    assert in_threads(8, work) == []
    assert sorted(answers) == [(1, False)] * 7 + [(1, True)]
    assert Counter.objects.get(name="样例").last == 1
