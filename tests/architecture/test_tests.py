"""The suite keeps its own rules: nothing skipped, nothing that expects to fail, markers that exist."""

import ast
from pathlib import Path

from tests.architecture.source import ROOT, dotted

FORBIDDEN = {
    "pytest.skip", "pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail", "pytest.xfail", "pytest.importorskip",
    "unittest.skip",
}  # fmt: skip


def suite() -> list[Path]:
    """Return every file of the suite."""
    return sorted((ROOT / "tests").rglob("*.py"))


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {dotted(node)}"
        for path in suite()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and dotted(node) in FORBIDDEN
    ]
    assert found == []


def test_every_test_can_fail() -> None:
    """A test without an assert, a raises or a helper that checks proves nothing."""
    idle = []
    for path in suite():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and path.name.startswith("test_"):
                inner = list(ast.walk(node))
                checks = any(isinstance(each, ast.Assert | ast.Raise) for each in inner)
                called = {dotted(each.func) for each in inner if isinstance(each, ast.Call)}
                if not checks and not any(
                    name.rpartition(".")[2].startswith(("raises", "fail", "assert", "expect", "check", "refus", "must"))
                    for name in called
                ):
                    idle.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert idle == []
