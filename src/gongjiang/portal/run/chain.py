"""The chain in order. Each step is a function of the run; it acts through the same actions as the pages."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gongjiang.kernel.actor import Actor
from gongjiang.planning.models import Batch
from gongjiang.portal.run import before_exam, exam_and_results, papers
from gongjiang.portal.run.cast import Cast
from gongjiang.portal.run.diary import Diary
from gongjiang.portal.run.folder import Folder

STEPS: tuple[Callable[["Chain"], None], ...] = (
    before_exam.standards_and_body,
    before_exam.plan_and_announce,
    before_exam.refuse_bad_sheet,
    before_exam.enrol,
    before_exam.review,
    before_exam.arrange,
    before_exam.release_and_brief,
    exam_and_results.examine,
    exam_and_results.enter_scores,
    exam_and_results.post_and_confirm,
    papers.issue,
    papers.report,
    papers.verify,
)


class Chain:
    """One run: the folder it reads, where it writes, the people, the batch, and what it tells."""

    cast: Cast
    batch: Batch

    def __init__(self, folder: Folder, out: Path, say: Callable[[str], None]) -> None:
        self.folder, self.out = folder, out
        self.diary = Diary(say)

    def go(self) -> dict[str, Any]:
        """Take every step and write ``summary.json``; return what it holds.

        :raises Refused: by the first step that the rules don't allow; what was written stays for a look.
        """
        for step in STEPS:
            step(self)
        summary = self.diary.summary(body=self.cast.body.code, batch=self.batch.number, place=self.batch.regime)
        text = json.dumps(summary, ensure_ascii=False, indent=1)
        (self.out / "summary.json").write_text(text + "\n", encoding="utf-8")
        return summary

    def actor(self, role: str) -> Actor:
        """Return who acts in the role."""
        return self.cast.actor(role)

    def read(self, sheet: str) -> bytes:
        """Return a file of the folder."""
        return self.folder.files[sheet].read_bytes()

    def write(self, name: str, content: bytes) -> None:
        """Write a file into the output folder."""
        (self.out / name).write_bytes(content)
