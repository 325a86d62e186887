"""The source as data: modules, functions, imports and calls, read with ast and without importing anything."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/gongjiang"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, eq=False)
class Module:
    """One Python file of the package."""

    path: Path

    @cached_property
    def name(self) -> str:
        parts = self.path.relative_to(PACKAGE.parent).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def app(self) -> str:
        return (*self.name.split("."), "")[1]

    @cached_property
    def room(self) -> str:
        """The first part below the app, before its underscore: actions_issue and actions/issue are both 'actions'."""
        return (*self.name.split("."), "", "")[2].split("_")[0]

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(), str(self.path))

    def where(self, node: ast.AST) -> str:
        """Return file:line for a failure message."""
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


@lru_cache(maxsize=1)
def modules() -> dict[str, Module]:
    """Return every module of the package by dotted name, migrations left aside."""
    found = [Module(path) for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]
    return {module.name: module for module in found}


def is_action(module: Module) -> bool:
    """Tell whether the module is one of an app's rooms of verbs."""
    return module.room == "actions"


def public_functions(module: Module) -> Iterator[Function]:
    """Yield the module's own public functions."""
    for node in module.tree.body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node


def _only_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)


def walk_at_run_time(node: ast.AST) -> Iterator[ast.AST]:
    """Walk the tree without what only a type checker sees."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not _only_for_types(child):
            yield from walk_at_run_time(child)


def aliases(module: Module, tree: ast.AST | None = None) -> dict[str, str]:
    """Return local name → dotted target for each import of the module (of one function where given)."""
    names: dict[str, str] = {}
    for node in walk_at_run_time(tree or module.tree):
        if isinstance(node, ast.Import):
            for each in node.names:
                names[each.asname or each.name.split(".")[0]] = each.name if each.asname else each.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = module.name.split(".")
                if module.path.name != "__init__.py":
                    package = package[:-1]
                package = package[: len(package) - node.level + 1]
                base = ".".join([*package, base] if base else package)
            for each in node.names:
                names[each.asname or each.name] = f"{base}.{each.name}"
    return names


def imported_modules(module: Module) -> set[str]:
    """Return the package's own modules that the module imports, wherever in its text."""
    known, found = modules(), set()
    for target in aliases(module).values():
        if target in known:
            found.add(target)
        elif target.rpartition(".")[0] in known:
            found.add(target.rpartition(".")[0])
    return found - {module.name}


def dotted(node: ast.AST) -> str:
    """Return a.b.c for a name or attribute, else an empty string."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = dotted(node.value)
        return f"{base}.{node.attr}" if base else ""
    return ""


def resolve(name: str, names: dict[str, str]) -> str:
    """Return the dotted name with its first part replaced by what it was imported from."""
    head, dot, rest = name.partition(".")
    return names.get(head, head) + dot + rest
