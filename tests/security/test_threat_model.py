"""The table of docs/security.md names tests that exist, each case once."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.+) \|$")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def rows() -> list[tuple[int, str]]:
    """Return each case with the cell that names its tests."""
    found = [ROW.match(line) for line in (ROOT / "docs/security.md").read_text().splitlines()]
    return [(int(row[1]), row[4]) for row in found if row]


def defined_in(path: str) -> set[str]:
    file = ROOT / path
    if not file.exists():
        return set()
    return {node.name for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.FunctionDef)}


def test_every_test_that_is_named_exists():
    named = [pair for _case, cell in rows() for pair in TEST.findall(cell)]
    assert len(named) > 50
    assert [f"{path}::{name}" for path, name in named if name not in defined_in(path)] == []


def test_every_case_names_a_test_and_stands_once_in_order():
    cases = [case for case, _cell in rows()]
    assert cases == sorted(set(cases))
    assert [case for case, cell in rows() if not TEST.search(cell)] == []
    assert set(cases) <= set(range(1, 57))


def test_what_is_not_proven_is_said():
    """Each case of the model stands in the table or among what isn't protected yet."""
    text = (ROOT / "docs/security.md").read_text().split("## What isn't protected yet")[1]
    told = {int(number) for number in re.findall(r"\((?:part of )?(\d+)\)", text)}
    for first, last in re.findall(r"(\d+) to (\d+)", text):
        told |= set(range(int(first), int(last) + 1))
    told |= {int(number) for number in re.findall(r"(?<=, )(\d+)(?=[,)])", text)}
    assert set(range(1, 57)) - {case for case, _cell in rows()} - told == set()
