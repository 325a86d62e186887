"""Reading a sheet in the background; safe to run twice."""

from datetime import datetime

from gongjiang.enrolment import actions
from gongjiang.enrolment.actions.importing import JOB
from gongjiang.enrolment.models import ImportRun, ImportState
from gongjiang.kernel import jobs
from gongjiang.kernel.actor import system


@jobs.job(JOB)
def read(work: jobs.Work) -> None:
    """Read the sheet on from the last row laid aside."""
    run = ImportRun.everything.get(pk=work.arguments["run"])

    def progress(by: int, total: int) -> None:
        work.advance(by, total=total)

    at = datetime.fromisoformat(work.arguments["at"])
    ended = actions.read_run(run=run, actor=system("import"), at=at, progress=progress)
    if ended.state == ImportState.CANCELLED:
        raise jobs.Cancelled(str(work.run))
