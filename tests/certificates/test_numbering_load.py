"""Sixteen processes give ten thousand numbers; one try in fifty is aborted. No number double, none left out."""

import pytest
from tests.certificates.crowd import make_crowd, worker

from gongjiang.certificates.models import Certificate, NumberCounter
from gongjiang.kernel.models import AuditEntry

PROCESSES, BATCHES, EACH = 16, 250, 40


@pytest.mark.databases
@pytest.mark.slow
@pytest.mark.requirement("CRT-01")
@pytest.mark.django_db(transaction=True)
def test_sixteen_processes_ten_thousand_numbers_no_double_and_no_gap():
    body = make_crowd(BATCHES, EACH)
    running = [worker("number", str(share), str(PROCESSES)) for share in range(PROCESSES)]
    told = [process.communicate(timeout=900) for process in running]
    assert [process.returncode for process in running] == [0] * PROCESSES, told[0][1][-2000:]
    aborts = sum(int(out) for out, _errors in told)
    numbers = sorted(Certificate.everything.values_list("number", flat=True))
    assert numbers == [f"{body.code}264{n:06d}" for n in range(1, BATCHES * EACH + 1)]
    assert NumberCounter.objects.get().last == BATCHES * EACH
    taken = AuditEntry.objects.filter(action="certificate_counter.take").order_by("seq").values_list("facts", flat=True)
    assert [(each["first"], each["last"]) for each in taken] == [(n * EACH + 1, (n + 1) * EACH) for n in range(BATCHES)]
    assert aborts > 0
    sequences = list(AuditEntry.objects.order_by("seq").values_list("seq", flat=True))
    assert sequences == list(range(sequences[0], sequences[0] + len(sequences)))
