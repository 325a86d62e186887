"""The exam day, the scores, the notice, the confirmed results."""

from collections import Counter
from datetime import time
from typing import TYPE_CHECKING

from gongjiang.planning.queries import review_rule
from gongjiang.portal.run.before_exam import _cites, refresh
from gongjiang.portal.run.cast import moment
from gongjiang.results import actions as results
from gongjiang.results import documents, queries
from gongjiang.sittings import actions as sittings

if TYPE_CHECKING:
    from gongjiang.portal.run.chain import Chain


def examine(chain: "Chain") -> None:
    """Begin the exam, record who came, end it."""
    days, clerk = chain.folder.days, chain.actor("exam_clerk")
    chain.batch = refresh(chain.batch)
    sittings.start_exam(actor=clerk, at=moment(days["exam_from"], time(8, 30)), batch=chain.batch)
    ended = moment(days["exam_until"], time(18))
    read = sittings.import_attendance(actor=clerk, at=ended, batch=chain.batch, content=chain.read("attendance"))
    sittings.end_exam(actor=clerk, at=ended, batch=chain.batch)
    chain.diary.step(
        "exam", "考试", days["exam_from"], _cites("batch.end_exam"), present=read.present, absent=read.absent
    )


def enter_scores(chain: "Chain") -> None:
    """Enter the scores from the sheet; another person confirms each part."""
    day = chain.folder.days["scored"]
    first, second = chain.actor("scorer"), chain.actor("second_scorer")
    sheets = results.import_scores(
        actor=first, at=moment(day), batch=chain.batch, content=chain.read("scores"), key="run-scores"
    )
    for sheet in sheets:
        results.confirm_sheet(actor=second, at=moment(day, time(15)), sheet=sheet)
    results.confirm_scores(actor=second, at=moment(day, time(16)), batch=chain.batch)
    scores = sum(sheet.scores.count() for sheet in sheets)
    outcomes = Counter(queries.results_in(chain.batch).values_list("outcome", flat=True))
    chain.diary.step(
        "scores",
        "成绩",
        day,
        _cites("batch.confirm_scores"),
        scores=scores,
        passed=outcomes["passed"],
        failed=outcomes["failed"],
        incomplete=outcomes["incomplete"],
    )


def post_and_confirm(chain: "Chain") -> None:
    """Post the results for objection, and confirm them once the notice is over."""
    days, clerk = chain.folder.days, chain.actor("exam_clerk")
    if review_rule(chain.batch):
        results.submit_results(actor=clerk, at=moment(days["scored"], time(17)), batch=chain.batch)
        results.approve_results(
            actor=chain.actor("centre_officer"), at=moment(days.get("approved", days["noticed"])), batch=chain.batch
        )
    notice = results.post_results(actor=clerk, at=moment(days["noticed"]), batch=chain.batch)
    chain.write("notice.pdf", documents.notice_pdf(notice))
    chain.diary.step(
        "notice",
        "成绩公示",
        days["noticed"],
        notice.cites,
        working_days=notice.working_days,
        last_day=notice.last_day,
    )
    results.confirm_results(actor=chain.actor("body_manager"), at=moment(days["confirmed"], time(8)), batch=chain.batch)
    passed = queries.confirmed_passes(chain.batch).count()
    chain.diary.step("confirm", "确认成绩", days["confirmed"], _cites("batch.confirm_results"), passed=passed)
