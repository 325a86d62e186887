"""Reading a sheet of staff in the background; safe to run twice."""

from datetime import datetime

from django.utils import translation

from gongjiang.kernel import jobs
from gongjiang.kernel.actor import system
from gongjiang.workforce import actions
from gongjiang.workforce.actions.importing import JOB
from gongjiang.workforce.models import StaffImport, StaffImportState


@jobs.job(JOB)
def read(work: jobs.Work) -> None:
    """Read the sheet whole and lay its rows aside; problems are told in the uploader's language."""
    run = StaffImport.everything.get(pk=work.arguments["run"])

    def progress(by: int, total: int) -> None:
        work.advance(by, total=total)

    at = datetime.fromisoformat(work.arguments["at"])
    with translation.override(work.arguments.get("language") or translation.get_language() or "zh-hans"):
        ended = actions.read_staff_import(run=run, actor=system("import"), at=at, progress=progress)
    if ended.state == StaffImportState.CANCELLED:
        raise jobs.Cancelled(str(work.run))
