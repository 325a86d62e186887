"""Time is passed in: only the edge of the program looks at the clock."""

import ast

from tests.architecture.source import Module, aliases, dotted, modules, resolve, walk_at_run_time

CLOCKS = {
    "django.utils.timezone.now",
    "datetime.date.today", "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today",
    "time.time",
}  # fmt: skip
CLOCKS_WITHOUT_ARGUMENT = {"django.utils.timezone.localdate", "django.utils.timezone.localtime"}
EDGE = {"views", "api", "tasks", "cli", "commands", "management", "middleware", "context", "feeds", "forms"}
EDGE_OF_KERNEL = {"gongjiang.kernel.clock", "gongjiang.kernel.queue", "gongjiang.kernel.jobs"}


def is_edge(module: Module) -> bool:
    """Tell whether the module may look at the clock."""
    return module.room in EDGE or module.name in EDGE_OF_KERNEL or module.app == "cli"


def asks_the_clock(node: ast.AST, names: dict[str, str]) -> bool:
    """Tell whether the node is, or hands on, a clock."""
    if isinstance(node, ast.Call) and not node.args:
        return resolve(dotted(node.func), names) in CLOCKS_WITHOUT_ARGUMENT
    return isinstance(node, ast.Attribute | ast.Name) and resolve(dotted(node), names) in CLOCKS


def test_no_clock_below_the_edge() -> None:
    found = []
    for module in modules().values():
        names = aliases(module)
        for node in () if is_edge(module) else walk_at_run_time(module.tree):
            if asks_the_clock(node, names):
                found.append(f"{module.where(node)} {ast.unparse(node)}")
    assert found == []


def test_no_field_sets_its_own_time() -> None:
    found = [
        module.where(node)
        for module in modules().values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}
    ]
    assert found == []


def test_the_search_finds_what_it_looks_for() -> None:
    names = {"timezone": "django.utils.timezone", "date": "datetime.date", "now": "django.utils.timezone.now"}
    texts = ["timezone.now()", "date.today", "now", "timezone.localdate()", "timezone.localtime(x)", "date(2026, 1, 1)"]
    found = [any(asks_the_clock(node, names) for node in ast.walk(ast.parse(text))) for text in texts]
    assert found == [True, True, True, True, False, False]
