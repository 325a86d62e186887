"""One word for one thing: every model and every table of states stands in docs/glossary.md."""

import re

import pytest
from django.apps import apps
from tests.architecture.source import ROOT

from gongjiang.kernel.workflow import Workflow

GLOSSARY = ROOT / "docs/glossary.md"
ROW = re.compile(r"^\| (?P<chinese>[^|]+) \| (?P<identifiers>[^|]+) \|(?P<note>[^|]*)\|$", re.MULTILINE)


def rows() -> list[tuple[str, list[str]]]:
    """Return (Chinese term, its identifiers) for each row of the glossary's tables."""
    found = ROW.findall(GLOSSARY.read_text())
    return [(chinese.strip(), re.findall(r"`([^`]+)`", identifiers)) for chinese, identifiers, _ in found]


def named() -> set[str]:
    """Return every identifier that the glossary names."""
    return {identifier for _, identifiers in rows() for identifier in identifiers}


def own_models() -> list[type]:
    """Return the models of the product's own apps."""
    return [model for model in apps.get_models() if model.__module__.startswith("gongjiang.")]


def test_every_model_is_in_the_glossary() -> None:
    assert sorted({model.__name__ for model in own_models()} - named()) == []


def test_every_table_of_states_is_in_the_glossary() -> None:
    workflows: list[Workflow] = [model.workflow for model in own_models() if hasattr(model, "workflow")]
    assert sorted({type(workflow.initial).__name__ for workflow in workflows} - named()) == []


def test_no_chinese_term_stands_twice() -> None:
    terms = [chinese for chinese, _ in rows() if chinese not in {"中文", "---"}]
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


@pytest.mark.parametrize("word", ["BodyDirectory", "working_day", "Floor"])
def test_the_glossary_is_read(word: str) -> None:
    assert word in named()
