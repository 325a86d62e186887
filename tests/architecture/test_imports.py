"""The house of docs/architecture.md: rows, rooms and purity."""

import os
import subprocess
import sys

from tests.architecture.source import ROOT, Module, imported_modules, modules

# The rooms of an app from the bottom up. A module that is no room takes the rank of the highest it imports.
RANK = {
    "states": 0,
    "models": 1,
    "queries": 2, "permissions": 2,
    "actions": 3,
    "views": 4, "api": 4, "forms": 4, "tables": 4, "exports": 4, "tasks": 4, "commands": 4, "cli": 4, "management": 4,
    "middleware": 4, "context": 4, "feeds": 4,
    "urls": 5,
}  # fmt: skip
ROOMLESS_ROWS = {"kernel", "law", "solvers", "config", "cli", ""}
WIRING = {"apps", "wiring"}  # connect the apps to the framework; nothing imports them


def rank(module: Module, seen: frozenset[str] = frozenset()) -> int:
    """Return the module's height in the house."""
    if module.room in RANK:
        return RANK[module.room]
    if module.app in ROOMLESS_ROWS or module.name in seen:
        return 0
    below = [modules()[name] for name in imported_modules(module)]
    return max((rank(other, seen | {module.name}) for other in below if other.app not in ROOMLESS_ROWS), default=0)


def test_rows_import_only_rows_below() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert "0 broken" in done.stdout


def test_rooms_import_only_rooms_below() -> None:
    upward = [
        f"{module.name} imports {name}"
        for module in modules().values()
        if module.app not in ROOMLESS_ROWS and module.room not in WIRING
        for name in sorted(imported_modules(module))
        if modules()[name].app not in ROOMLESS_ROWS and rank(modules()[name]) > rank(module)
    ]
    assert upward == []


def test_nothing_imports_django_admin() -> None:
    text = {module.name: module.path.read_text() for module in modules().values()}
    assert [name for name, source in text.items() if "django.contrib.admin" in source] == []
