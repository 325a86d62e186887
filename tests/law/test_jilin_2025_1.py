"""吉人社规〔2025〕1号: what each of its articles answers on its first day, in its place."""

from datetime import date
from typing import Any

from gongjiang.law import questions as ask
from gongjiang.law.model import Question
from gongjiang.law.places import JILIN
from gongjiang.law.rules.jilin_2025_1 import DOC

DAY = date(2025, 7, 1)


def answer(question: Question[Any], kind: str | None = None) -> tuple[Any, list[str]]:
    provision = question.at(place=JILIN, day=DAY, kind=kind)
    return provision.value, provision.keys


def test_in_force() -> None:
    assert (DOC.in_force, DOC.place, DOC.repealed) == (DAY, JILIN, None)


def test_article_3() -> None:
    assert answer(ask.FILED_AS, "employer") == ("employer", ["JL-2025-1§3"])
    assert answer(ask.FILED_AS, "college") == ("employer", ["JL-2025-1§3"])
    assert answer(ask.FILED_AS, "social") == ("social", ["JL-2025-1§3"])
    assert answer(ask.STANDARDS_ALLOWED, "employer") == (("national", "specification"), ["JL-2025-1§3"])
    assert answer(ask.STANDARDS_ALLOWED, "college") == (("national", "specification"), ["JL-2025-1§3"])
    assert answer(ask.STANDARDS_ALLOWED, "social") == (("national",), ["JL-2025-1§3"])


def test_article_4() -> None:
    assert answer(ask.FILING_AUTHORITY, "central") == ("province", ["JL-2025-1§4"])
    assert answer(ask.FILING_AUTHORITY, "provincial") == ("province", ["JL-2025-1§4"])
    assert answer(ask.FILING_AUTHORITY, "municipal") == ("city", ["JL-2025-1§4"])


def test_article_5() -> None:
    assert answer(ask.SUPERVISED_BY_SELECTING_AUTHORITY) == (True, ["JL-2025-1§5"])
    assert answer(ask.BODY_ANSWERS_FOR_RESULTS) == (True, ["JL-2025-1§5"])


def test_article_6() -> None:
    assert answer(ask.OCCUPATION_SOURCES) == (("current_classification", "published_later"), ["JL-2025-1§6"])
    assert answer(ask.OCCUPATION_CLASSES) == ((3, 4, 5, 6), ["JL-2025-1§6"])
    assert answer(ask.APPLICANT_CONDITIONS, "employer") == (
        (
            "legal_person",
            "clean_record",
            "non_profit",
            "published_fees",
            "unit",
            "staff",
            "experts",
            "assessors",
            "supervisors",
            "main_business",
            "venue",
            "equipment",
            "item_bank",
            "video",
            "safety_fire",
            "rules",
            "contingency_plan",
            "pay_mechanism",
        ),
        ["JL-2025-1§6(1)", "JL-2025-1§6(2)", "JL-2025-1§6(3)", "JL-2025-1§6(4)", "JL-2025-1§6(5)", "JL-2025-1§6(6)"],
    )
    assert answer(ask.APPLICANT_CONDITIONS, "college") == (
        (
            "legal_person",
            "clean_record",
            "non_profit",
            "published_fees",
            "unit",
            "staff",
            "experts",
            "assessors",
            "supervisors",
            "main_business",
            "venue",
            "equipment",
            "item_bank",
            "video",
            "safety_fire",
            "rules",
            "contingency_plan",
            "pay_mechanism",
        ),
        ["JL-2025-1§6(1)", "JL-2025-1§6(2)", "JL-2025-1§6(3)", "JL-2025-1§6(4)", "JL-2025-1§6(5)", "JL-2025-1§6(6)"],
    )
    assert answer(ask.APPLICANT_CONDITIONS, "social") == (
        (
            "legal_person",
            "clean_record",
            "non_profit",
            "published_fees",
            "unit",
            "staff",
            "experts",
            "assessors",
            "supervisors",
            "main_business",
            "venue",
            "equipment",
            "item_bank",
            "video",
            "safety_fire",
            "rules",
            "contingency_plan",
        ),
        ["JL-2025-1§6(1)", "JL-2025-1§6(2)", "JL-2025-1§6(3)", "JL-2025-1§6(4)", "JL-2025-1§6(5)"],
    )
    assert answer(ask.SUBSIDIARY_LIST_REQUIRED, "employer") == (True, ["JL-2025-1§6(6)"])
    assert answer(ask.FEES_PUBLISHED) == (True, ["JL-2025-1§6(2)"])


def test_article_7() -> None:
    assert answer(ask.FILING_LETTER_BY, "first") == ("province", ["JL-2025-1§7(5)"])
    assert answer(ask.FILING_LETTER_BY, "addition") == ("province", ["JL-2025-1§7(5)"])
    assert answer(ask.OFFICERS_DISTINCT) == (True, ["JL-2025-1§7(5)"])
    assert answer(ask.APPLICANT_ANSWERS_FOR_TRUTH) == (True, ["JL-2025-1§7"])
    assert answer(ask.TECHNICAL_EVALUATION_METHODS) == (("site_visit",), ["JL-2025-1§7(3)"])
    assert answer(ask.SELECTION_NOTICE_REQUIRED, "employer") == (True, ["JL-2025-1§7(5)"])
    assert answer(ask.SELECTION_NOTICE_REQUIRED, "college") == (True, ["JL-2025-1§7(5)"])
    assert answer(ask.SELECTION_NOTICE_REQUIRED, "social") == (True, ["JL-2025-1§7(5)"])
    assert answer(ask.FILING_NOTICE_WORKING_DAYS) == (5, ["JL-2025-1§7(5)"])
    assert answer(ask.FILING_TERM_YEARS) == (3, ["JL-2025-1§7(5)"])


def test_article_8() -> None:
    assert answer(ask.AMENDMENT_ELEMENTS) == (
        ("registered_address", "legal_representative", "exam_site", "occupation", "level"),
        ["JL-2025-1§8"],
    )
    assert answer(ask.AMENDMENT_BY) == ("filing_again", ["JL-2025-1§8"])
    assert answer(ask.FILING_LETTER_BY, "amendment") == ("province", ["JL-2025-1§7(5)", "JL-2025-1§8"])


def test_article_9() -> None:
    assert answer(ask.RENEWAL_LEAD_MONTHS) == (3, ["JL-2025-1§9"])


def test_article_12() -> None:
    assert answer(ask.TERMINATED_BODY_KEEPS_DUTIES) == (True, ["JL-2025-1§12"])


def test_article_13() -> None:
    assert answer(ask.CERTIFICATES_STAY_VALID) == (True, ["JL-2025-1§13"])
    assert answer(ask.UNSERVED_FEES_REFUNDED) == (True, ["JL-2025-1§13"])
