"""Small files and small functions. The allowances only go down."""

import ast
import math
from pathlib import Path

from tests.architecture.source import ROOT, Function

FILE_P95, FILE_MOST = 300, 500
FUNCTION_P95, FUNCTION_MOST = 30, 60


def sources() -> list[Path]:
    """Return the Python files that the budgets hold for: all but tests and migrations."""
    folders = [ROOT / name for name in ("src", "scripts", "benchmarks")]
    found = [path for folder in folders for path in folder.rglob("*.py") if "migrations" not in path.parts]
    return [*found, ROOT / "scripts/fresh"]


def p95(values: list[int]) -> int:
    """Return the smallest value that 95 % of the values don't exceed."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def test_files_stay_small() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in sources()}
    assert {name: n for name, n in lengths.items() if n > FILE_MOST} == {}
    assert p95(list(lengths.values())) <= FILE_P95


def test_functions_stay_small() -> None:
    lengths = {}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, Function):
                where = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
                lengths[where] = (node.end_lineno or node.lineno) - node.lineno + 1
    assert {where: n for where, n in lengths.items() if n > FUNCTION_MOST} == {}
    assert p95(list(lengths.values())) <= FUNCTION_P95


def test_p95_is_the_value_that_ninety_five_percent_do_not_exceed() -> None:
    assert [p95(list(range(1, 101))), p95([7]), p95([1] * 19 + [99])] == [95, 7, 1]
