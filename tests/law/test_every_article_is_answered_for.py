"""Each article of each document is answered by a rule, waived with a reason, or pending with a requirement."""

import csv
from pathlib import Path
from typing import Any

import pytest

from gongjiang.law.describe import describe_documents, units
from gongjiang.law.rules import MODULES

pytestmark = pytest.mark.requirement("GOV-04")
REQUIREMENTS = Path(__file__).parents[2] / "docs" / "requirements.csv"


def test_no_article_is_unaccounted_for() -> None:
    found = [
        article.cite.key for view in describe_documents() for article in view.articles if article.status == "missing"
    ]

    assert found == []


def test_all_are_looked_at() -> None:
    counts = {view.document.key: len(view.articles) for view in describe_documents()}

    assert counts == {
        "MOHRSS-2020-17": 30,
        "JL-2019-133": 46,
        "JL-2024-5": 50,
        "JL-2025-1": 15,
        "XZ-2024-2": 34,
    }


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.DOC.key)
def test_registers_name_articles_that_exist_and_contradict_nothing(module: Any) -> None:
    waived, pending = {str(key) for key in module.WAIVED}, {str(key) for key in module.PENDING}
    answered = {
        article.cite.key.partition("§")[2]
        for view in describe_documents()
        for article in view.articles
        if view.document is module.DOC and article.questions
    }

    assert waived | pending <= set(units(module.DOC))
    assert waived & pending == set()
    assert waived & answered == set()
    assert all(module.WAIVED.values())


def test_what_is_pending_names_requirements_that_exist() -> None:
    with REQUIREMENTS.open(encoding="utf-8", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    named = {name for module in MODULES for names in module.PENDING.values() for name in names}

    assert named - known == set()


def test_an_article_that_nothing_answers_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongjiang.law import describe
    from gongjiang.law.rules import jilin_2024_5

    monkeypatch.delitem(jilin_2024_5.WAIVED, 49)
    monkeypatch.delitem(jilin_2024_5.PENDING, 35)

    missing = [each.cite.key for each in describe.articles(jilin_2024_5) if each.status == "missing"]

    assert missing == ["JL-2024-5§35", "JL-2024-5§49"]
