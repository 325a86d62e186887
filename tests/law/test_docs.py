"""docs/law/ is what the law says today."""

import subprocess
import sys
from pathlib import Path

from gongjiang.law import questions as law
from gongjiang.law.rules import DOCUMENTS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "law"


def test_the_generated_pages_are_current() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/law_docs.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_every_question_and_document_has_its_place() -> None:
    questions = (DOCS / "questions.md").read_text(encoding="utf-8")
    sections = [line.removeprefix("## ") for line in questions.splitlines() if line.startswith("## ")]

    assert sections == list(law.QUESTIONS)
    assert {path.stem for path in DOCS.glob("*.md")} == {"README", "questions", *DOCUMENTS}
    assert "a lawyer must confirm" in (DOCS / "README.md").read_text(encoding="utf-8")
