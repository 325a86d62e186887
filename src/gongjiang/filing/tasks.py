"""The background work of filing. Each is safe to run twice."""

from gongjiang.filing.actions import life_renewal
from gongjiang.filing.renewal import near_their_end
from gongjiang.kernel import clock
from gongjiang.kernel.actor import system
from gongjiang.kernel.jobs import Work, job

REMIND_JOB = "filing.remind"


@job(REMIND_JOB)
def remind(work: Work) -> None:
    """Tell every body whose term draws to its end, once a stage."""
    at = clock.now()
    for body in near_their_end(at.date()):
        life_renewal.remind(actor=system(REMIND_JOB), at=at, body=body)
        work.advance()
