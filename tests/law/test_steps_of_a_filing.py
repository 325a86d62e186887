"""Which steps an application of each kind goes through by each document, each step with its own article."""

from datetime import date

import pytest

from gongjiang.law import questions as ask
from gongjiang.law.places import CHINA, JILIN, JILIN_PILOT, XINZHOU

DAY = date(2026, 6, 1)


def steps(place, kind: str, day: date = DAY) -> dict[str, str] | None:
    found = ask.FILING_STEPS.get(place=place, day=day, kind=kind)
    return dict(zip(found.value, found.keys, strict=True)) if found else None


JILINS = {
    "application": "JL-2025-1§7(1)", "acceptance": "JL-2025-1§7(2)", "preliminary_evaluation": "JL-2025-1§7(2)",
    "technical_evaluation": "JL-2025-1§7(3)", "consolidated_evaluation": "JL-2025-1§7(4)",
    "deliberation": "JL-2025-1§7(5)", "public_notice": "JL-2025-1§7(5)", "filing_letter": "JL-2025-1§7(5)",
}  # fmt: skip


@pytest.mark.requirement("FIL-06")
def test_jilin_2025() -> None:
    assert steps(JILIN, "first") == JILINS
    assert steps(JILIN, "addition") == JILINS
    assert steps(JILIN, "amendment") == JILINS | {"application": "JL-2025-1§8"}
    for kind, key in (("renewal", "JL-2025-1§9"), ("termination", "JL-2025-1§10")):
        assert steps(JILIN, kind) == {"application": key, "work_evaluation": key, "filing_letter": key}


def test_the_pilot_of_2019() -> None:
    first = {
        "application": "JL-2019-133§6(1)", "acceptance": "JL-2019-133§6(1)",
        "technical_evaluation": "JL-2019-133§6(1)", "consolidated_evaluation": "JL-2019-133§6(2)",
        "filing_letter": "JL-2019-133§6(2)", "directory": "JL-2019-133§6(3)",
    }  # fmt: skip
    assert steps(JILIN_PILOT, "first", date(2019, 8, 1)) == first
    assert steps(JILIN_PILOT, "first") == first
    assert steps(JILIN_PILOT, "amendment") == {
        "application": "JL-2019-133§6(2)", "filing_letter": "JL-2019-133§6(2)",
    }  # fmt: skip
    assert steps(JILIN_PILOT, "renewal", date(2024, 1, 1)) is None
    by = ask.FILING_EVALUATED_BY.at(place=JILIN_PILOT, day=DAY)
    assert (by.value, by.keys) == ("province", ["JL-2019-133§6(1)"])
    assert ask.FILING_EVALUATED_BY.get(place=JILIN, day=DAY) is None


def test_xinzhou_2024() -> None:
    assert steps(XINZHOU, "first") == {
        "application": "XZ-2024-2§12", "technical_evaluation": "XZ-2024-2§13", "public_notice": "XZ-2024-2§13",
        "directory": "XZ-2024-2§14", "undertaking": "XZ-2024-2§14",
    }  # fmt: skip
    assert steps(XINZHOU, "addition") == {
        "application": "XZ-2024-2§23", "acceptance": "XZ-2024-2§23", "preliminary_evaluation": "XZ-2024-2§23",
        "technical_evaluation": "XZ-2024-2§23", "public_notice": "XZ-2024-2§13",
    }  # fmt: skip
    assert steps(XINZHOU, "amendment") == {
        "application": "XZ-2024-2§22", "acceptance": "XZ-2024-2§21", "document_check": "XZ-2024-2§22",
    }  # fmt: skip
    assert steps(XINZHOU, "renewal") is None
    accepted = {kind: ask.FILING_ACCEPTED_BY.get(place=XINZHOU, day=DAY, kind=kind) for kind in ask.APPLICATIONS}
    assert {kind: (found.value, found.keys) for kind, found in accepted.items() if found} == {
        "addition": ("centre", ["XZ-2024-2§23"]),
        "amendment": ("centre", ["XZ-2024-2§21"]),
    }
    assert ask.FILING_LETTER_BY.get(place=XINZHOU, day=DAY, kind="first") is None


def test_the_nation() -> None:
    assert steps(CHINA, "first") == {
        "application": "MOHRSS-2020-17§13", "technical_evaluation": "MOHRSS-2020-17§14",
        "public_notice": "MOHRSS-2020-17§14", "directory": "MOHRSS-2020-17§15", "undertaking": "MOHRSS-2020-17§15",
    }  # fmt: skip
    assert [kind for kind in ask.APPLICATIONS if steps(CHINA, kind)] == ["first"]


def test_every_step_has_one_article() -> None:
    for provision in ask.FILING_STEPS.provisions:
        assert len(provision.value) == len(provision.cites)
