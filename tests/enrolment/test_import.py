import pytest

from gongjiang.enrolment import actions
from gongjiang.enrolment.models import Candidate, Enrolment, ImportRow, ImportState
from gongjiang.kernel.models import AuditEntry
from tests.enrolment.conftest import sheet
from tests.enrolment.people import OPEN, person
from tests.factories import at

pytestmark = pytest.mark.django_db


def upload(clerk, batch, rows, **more):
    run = actions.upload_sheet(
        actor=clerk, at=at(OPEN), batch=batch, content=sheet(rows), file_name="报名.xlsx", key="k1", **more
    )
    return actions.read_run(run=run, actor=clerk, at=at(OPEN))


def test_x(batch, clerk):
    run = upload(clerk, batch, [person(n) for n in range(5)])
    for r in ImportRow.objects.filter(run=run): print(r.number, r.problems)
    assert (run.state, run.rows_read, run.rows_good) == (ImportState.CHECKED, 5, 5), run.file_problems
    assert actions.confirm_import(actor=clerk, at=at(OPEN), run=run) == 5
    e=Enrolment.everything.first()
    print(e.__dict__, e.candidate.__dict__)
