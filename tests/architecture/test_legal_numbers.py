"""The law is asked, never quoted: no app holds a number of the law."""

import ast
import re

from tests.architecture.source import modules

# What a number of the law is called: terms, notices, retention, pass marks, ratios.
LEGAL = re.compile(
    r"(?i)(working_days|notice_days|reply_days|reporting_days|retention_(years|days)|term_(years|days|months)"
    r"|validity_(years|days)|pass_mark|renewal_lead(_days|_months)?)$"
)
LAWFUL_ROWS = {"law", "solvers"}


def is_number(node: ast.AST | None) -> bool:
    """Tell whether the node is a plain number other than zero."""
    return isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value != 0


def named_numbers(tree: ast.AST) -> list[tuple[int, str]]:
    """Return (line, name) wherever a legal name is given a plain number."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and is_number(node.value):
            targets = [t.id for t in node.targets if isinstance(t, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and is_number(node.value) and isinstance(node.target, ast.Name):
            targets = [node.target.id]
        elif isinstance(node, ast.keyword) and is_number(node.value) and node.arg:
            targets = [node.arg]
        else:
            continue
        found += [(node.lineno, name) for name in targets if LEGAL.search(name)]
    return found


def test_no_legal_number_outside_the_law() -> None:
    found = [
        f"{module.path.name}:{line} {name} ({module.name})"
        for module in modules().values()
        if module.app not in LAWFUL_ROWS
        for line, name in named_numbers(module.tree)
    ]
    assert found == []


def test_the_search_finds_what_it_looks_for() -> None:
    text = "NOTICE_WORKING_DAYS = 5\nopen(working_days=5)\npass_mark: int = 60\npages = 5\nterm_years = 0"
    expected = [(1, "NOTICE_WORKING_DAYS"), (2, "working_days"), (3, "pass_mark")]
    assert sorted(named_numbers(ast.parse(text))) == expected


def test_no_place_is_named_in_an_if() -> None:
    found = [
        module.where(node)
        for module in modules().values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.If | ast.IfExp)
        and re.search(r"(?i)\bplace(\.code)? == ['\"]|== ['\"](jilin|shanxi|xinzhou)", ast.unparse(node.test))
    ]
    assert found == []
