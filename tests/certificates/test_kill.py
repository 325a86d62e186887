"""kill -9 in the middle of issuing, again and again: nothing half, nothing double, and all is done in the end."""

import os
import random
import signal
import time

import pytest
from tests.certificates.crowd import make_crowd, worker

from gongjiang.certificates import signing
from gongjiang.certificates.models import Certificate, CertificateCopy, NumberCounter
from gongjiang.certificates.offline import verify
from gongjiang.kernel import files
from gongjiang.kernel.models import AuditEntry
from gongjiang.planning.models import Batch

ROUNDS = int(os.environ.get("GONGJIANG_KILL_ROUNDS", "20"))
EACH = 6
_whole: set[str] = set()


def half_done() -> list[str]:
    """Return everything that stands half or double."""
    found = []
    for batch in Batch.everything.all():
        count = batch.certificates.count()
        whole = (0 if batch.state == "confirmed" else EACH) == count
        if not whole or (batch.state == "issued") != (batch.issued_on is not None):
            found.append(f"{batch}: {batch.state} with {count}")
    numbers = list(Certificate.everything.values_list("number", flat=True))
    last = NumberCounter.objects.values_list("last", flat=True).first() or 0
    if sorted(int(number[-6:]) for number in numbers) != list(range(1, last + 1)):
        found.append(f"numbers {sorted(numbers)} under a counter at {last}")
    for certificate in Certificate.everything.prefetch_related("copies__file"):
        copies = list(certificate.copies.all())
        if len(copies) != (certificate.state == "valid"):
            found.append(f"{certificate}: {certificate.state} with {len(copies)} copies")
        found += [f"{copy}: {reason}" for copy in copies if (reason := _broken(copy))]
    entries = AuditEntry.objects.filter(action="certificate.publish").values_list("subject_id", flat=True)
    if sorted(map(int, entries)) != sorted(CertificateCopy.objects.values_list("certificate_id", flat=True)):
        found.append("copies without their entry, or entries without their copy")
    return found


def _broken(copy: CertificateCopy) -> str:
    """Return what is wrong with the stored bytes; a paper that was found whole is only compared with its hash again."""
    data = files.read(copy.file)
    if copy.file.sha256 in _whole:
        return ""
    answer = verify(data, keys=signing.key_set())
    _whole.add(copy.file.sha256)
    return "" if answer.status == "authentic" else answer.status


def wait_for_numbers(process) -> None:
    """Wait until certificates are numbered and not yet printed, however fast the machine is, or all is done."""
    while process.poll() is None and not Certificate.everything.filter(state="numbered").exists():
        time.sleep(0.005)


@pytest.mark.kills
@pytest.mark.slow
@pytest.mark.requirement("CRT-01")
@pytest.mark.django_db(transaction=True)
def test_killed_again_and_again_nothing_is_half_and_nothing_double(tmp_path, settings):
    settings.FILES_DIR = tmp_path
    make_crowd(ROUNDS, EACH)
    draw, killed, amid = random.Random(7), 0, 0
    for turn in range(ROUNDS):
        process = worker("issue", GONGJIANG_FILES_DIR=str(tmp_path))
        assert process.stdout.readline() == "begun\n"
        if turn % 4:
            time.sleep(draw.uniform(0.02, 0.9))
        else:
            wait_for_numbers(process)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.communicate()
        assert half_done() == []
        amid += Certificate.everything.filter(state="numbered").exists()
    last = worker("issue", GONGJIANG_FILES_DIR=str(tmp_path))
    out, errors = last.communicate(timeout=600)
    assert out.split()[-1:] == ["done"], errors[-2000:]
    assert half_done() == []
    assert Certificate.everything.filter(state="valid").count() == ROUNDS * EACH
    assert killed >= ROUNDS // 2
    assert amid > 0, "no kill fell between numbers and papers"
