"""Lay docs/requirements.csv against the tests that carry its ids, and write docs/requirements-coverage.md.

A test names what it proves: ``@pytest.mark.requirement("FIL-06")``. An obligation counts as met only when
docs/requirements-met.txt lists it, which is a person's judgement that all of it works.
"""

import ast
import csv
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"


def obligations(path: Path = DOCS / "requirements.csv") -> list[dict[str, str]]:
    """Return the rows of the list of obligations."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def met(path: Path = DOCS / "requirements-met.txt") -> set[str]:
    """Return the ids that were judged met; lines that begin with # are remarks."""
    lines = [line.split("#")[0].strip() for line in path.read_text().splitlines()]
    return {line for line in lines if line}


def marked_ids(tree: ast.AST) -> list[str]:
    """Return the ids of every requirement marker under a node."""
    return [
        argument.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "requirement"
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def marked_tests(folder: Path = ROOT / "tests") -> dict[str, list[str]]:
    """Return requirement id → the tests (or whole files) that carry it."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(path.read_text())
        name = str(path.relative_to(folder.parent))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                for decorator in node.decorator_list:
                    for each in marked_ids(decorator):
                        found[each].append(f"{name}::{node.name}")
            elif isinstance(node, ast.Assign):  # pytestmark = [...]
                for each in marked_ids(node):
                    found[each].append(name)
    return found


def table() -> str:
    """Return the coverage table as Markdown."""
    tests, done, rows = marked_tests(), met(), obligations()
    lines = [
        "# Obligations and the tests that carry them",
        "",
        "Written by `make docs` from requirements.csv, requirements-met.txt and the markers of the tests. *Met* is a",
        "person's judgement that all of an obligation works; *begun* means that tests prove a part of it.",
        "",
        f"{len(rows)} obligations: {len(done)} met, {len(set(tests) - done)} begun, "
        f"{len([row for row in rows if row['id'] not in done and row['id'] not in tests])} not yet.",
        "",
        "| id | area | source | state | tests |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        state = "met" if row["id"] in done else "begun" if row["id"] in tests else "not yet"
        lines.append(f"| {row['id']} | {row['area']} | {row['source']} | {state} | {len(tests.get(row['id'], []))} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    text = table()
    (DOCS / "requirements-coverage.md").write_text(text)
    sys.stdout.write(text)
