"""Every verb is keyword-only, says who and when, is atomic and leaves an audit entry."""

import ast
from collections.abc import Iterator
from functools import cache

from tests.architecture.source import Function, Module, aliases, dotted, is_action, modules, public_functions, resolve

WRITES_AUDIT = {
    "gongjiang.kernel.workflow.apply",
    "gongjiang.kernel.audit.record",
    "gongjiang.kernel.audit.record_many",
}
ATOMIC = "django.db.transaction.atomic"
WHEN = {"on", "at"}

# What is no act upon a record, with the reason. Only ever shorter.
WITHOUT_AUDIT: dict[str, str] = {}


def verbs() -> Iterator[tuple[Module, Function]]:
    """Yield every public function of every room of verbs."""
    for module in modules().values():
        if is_action(module):
            for node in public_functions(module):
                yield module, node


@cache
def functions() -> dict[str, tuple[Module, Function | ast.ClassDef]]:
    """Return every function and class that stands at a module's own level, by its dotted name."""
    return {
        f"{module.name}.{node.name}": (module, node)
        for module in modules().values()
        for node in module.tree.body
        if isinstance(node, Function | ast.ClassDef)
    }


def calls(module: Module, node: Function | ast.ClassDef) -> set[str]:
    """Return the dotted names of all that it calls, hands on or is decorated with, resolved through the imports."""
    names = aliases(module)
    own = {each.name for each in module.tree.body if isinstance(each, Function | ast.ClassDef)}
    found = {resolve(dotted(each), names) for each in node.decorator_list}
    for each in ast.walk(node):
        if isinstance(each, ast.Call):
            for part in [each.func, *each.args, *(keyword.value for keyword in each.keywords)]:
                name = dotted(part)
                if name:
                    found.add(f"{module.name}.{name}" if name in own else _through_packages(resolve(name, names)))
    return found


def _through_packages(name: str) -> str:
    """Follow a name that a package's __init__ only passes on."""
    package, _, last = name.rpartition(".")
    module = modules().get(package)
    if module and module.path.name == "__init__.py":
        return aliases(module).get(last, name)
    return name


@cache
def called_by(name: str) -> frozenset[str]:
    """Return what the function or class of this dotted name calls."""
    return frozenset(calls(*functions()[name]))


def reaches(name: str, targets: set[str], seen: set[str] | None = None) -> bool:
    """Tell whether the function, or one it calls, calls one of the targets."""
    seen = set() if seen is None else seen
    if name in seen or name not in functions():
        return False
    seen.add(name)
    called = called_by(name)
    return bool(called & targets) or any(reaches(each, targets, seen) for each in called)


def is_atomic(module: Module, node: Function) -> bool:
    """Tell whether the verb opens a transaction: by its decorator, or in parts where one would be too long."""
    return reaches(f"{module.name}.{node.name}", {ATOMIC})


def test_verbs_take_keywords_only() -> None:
    positional = [
        f"{module.where(node)} {node.name}"
        for module, node in verbs()
        if node.args.args or node.args.posonlyargs or node.args.vararg
    ]
    assert positional == []


def test_verbs_say_who_and_when() -> None:
    silent = []
    for module, node in verbs():
        names = {argument.arg for argument in node.args.kwonlyargs}
        if "actor" not in names or not names & WHEN:
            silent.append(f"{module.where(node)} {node.name}({', '.join(sorted(names))})")
    assert silent == []


def test_verbs_are_atomic() -> None:
    assert [f"{module.where(node)} {node.name}" for module, node in verbs() if not is_atomic(module, node)] == []


def test_verbs_write_an_audit_entry() -> None:
    silent = [
        f"{module.name}.{node.name}"
        for module, node in verbs()
        if not reaches(f"{module.name}.{node.name}", WRITES_AUDIT)
    ]
    assert sorted(silent) == sorted(WITHOUT_AUDIT)
