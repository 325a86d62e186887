"""The documents name every command, make target, setting and question of the law, and their links lead somewhere."""

import argparse
import json
import re
import tomllib
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from tests.architecture.source import PACKAGE, ROOT

from gongjiang import cli
from gongjiang.law import questions
from gongjiang.law.model import Question

SETTING = re.compile(r"GONGJIANG_[A-Z_]*[A-Z]")
ASKED = re.compile(r"\benv\.(?:text|items|flag|directory)\(\s*\"([A-Z_]+)\"")
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")


@lru_cache(maxsize=1)
def documents() -> dict[Path, str]:
    """Return every Markdown document."""
    return {path: path.read_text() for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]}


def everything() -> str:
    """Return all documents as one text."""
    return "\n".join(documents().values())


def commands() -> list[str]:
    """Return every ``gongjiang`` command with its sub-commands, as a person types them."""
    found = []
    for name, path, _ in cli.COMMANDS:
        if not cli.installed(path):
            continue
        module = import_module(path)
        verbs: list[str] = []
        if hasattr(module, "add_arguments"):
            parser = argparse.ArgumentParser()
            module.add_arguments(parser)
            groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
            verbs = [verb for group in groups for verb in group.choices]
        found += [f"gongjiang {name} {verb}".strip() for verb in verbs or [""]]
    return found


def test_every_command_is_documented() -> None:
    text = everything()
    assert [command for command in commands() if command not in text] == []


def test_every_make_target_is_documented() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)
    text = everything()
    assert [target for target in targets if f"make {target}" not in text] == []


def settings() -> set[str]:
    """Return every environment variable of the product, its tests and its scripts."""
    own = {f"GONGJIANG_{name}" for path in PACKAGE.rglob("*.py") for name in ASKED.findall(path.read_text())}
    places = [PACKAGE.rglob("*.py"), (ROOT / "tests").rglob("*.py"), (ROOT / "scripts").glob("*"), [ROOT / "Makefile"]]
    texts = [path.read_text() for files in places for path in files if path.is_file()]
    return own | {name for text in texts for name in SETTING.findall(text)}


def test_every_setting_is_documented() -> None:
    documented = set(SETTING.findall((ROOT / "docs/operating.md").read_text()))
    assert sorted(settings() - documented) == []


def test_every_documented_setting_exists() -> None:
    documented = set(SETTING.findall((ROOT / "docs/operating.md").read_text()))
    assert sorted(documented - settings()) == []


def test_every_question_of_the_law_is_documented() -> None:
    asked = {name for name, value in vars(questions).items() if isinstance(value, Question)}
    text = "\n".join(text for path, text in documents().items() if path.parent.name == "law")
    assert len(asked) > 20
    assert sorted(name for name in asked if f"`{name}`" not in text and name not in text) == []


def test_links_lead_somewhere() -> None:
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path, text in documents().items()
        for target in LINK.findall(text)
        if not (path.parent / target).exists()
    ]
    assert broken == []


def test_every_dependency_has_its_row() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named = [re.match(r"[\w-]+", each)[0] for each in project["dependencies"]]  # type: ignore[index]
    named += json.loads((ROOT / "frontend/package.json").read_text())["dependencies"]
    table = (ROOT / "docs/decisions/0006-dependencies.md").read_text()
    assert [name for name in named if f"| {name} |" not in table] == []
