"""The background work of certificates: papers after numbers, copies after approvals. Each is safe to run twice."""

from gongjiang.certificates import actions
from gongjiang.certificates.actions.numbering import PAPERS_JOB
from gongjiang.certificates.actions.requests import COPY_JOB
from gongjiang.certificates.models import CertificateRequest
from gongjiang.kernel import clock
from gongjiang.kernel.actor import system
from gongjiang.kernel.jobs import Work, job
from gongjiang.planning.models import Batch


@job(PAPERS_JOB)
def papers(work: Work) -> None:
    """Make the papers of a batch, one by one; a killed worker's successor goes on where it stopped."""
    batch = Batch.everything.get(pk=work.arguments["batch"])
    actions.make_papers(actor=system(PAPERS_JOB), at=clock.now(), batch=batch, count=work.advance)


@job(COPY_JOB)
def copy(work: Work) -> None:
    """Make the copy that an approved request asks for."""
    request = CertificateRequest.everything.select_related("copy").get(pk=work.arguments["request"])
    actions.make_copy(actor=system(COPY_JOB), at=clock.now(), request=request)
