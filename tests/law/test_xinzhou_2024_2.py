"""忻人社办发〔2024〕2号: what each of its articles answers on its first day, in its place."""

from datetime import date
from fractions import Fraction
from typing import Any

from gongjiang.law import questions as ask
from gongjiang.law.model import Question
from gongjiang.law.places import XINZHOU
from gongjiang.law.rules.xinzhou_2024_2 import DOC

DAY = date(2024, 3, 21)


def answer(question: Question[Any], kind: str | None = None) -> tuple[Any, list[str]]:
    provision = question.at(place=XINZHOU, day=DAY, kind=kind)
    return provision.value, provision.keys


def test_in_force() -> None:
    assert (DOC.in_force, DOC.place, DOC.repealed) == (DAY, XINZHOU, None)


def test_article_2() -> None:
    assert answer(ask.EVALUATION_KINDS) == (("level", "qualification", "specialised"), ["XZ-2024-2§2"])


def test_article_3() -> None:
    assert answer(ask.BODY_KINDS) == (("employer", "college", "social"), ["XZ-2024-2§3"])
    assert answer(ask.EVALUATED_BY, "qualification") == ("centre", ["XZ-2024-2§3"])
    assert answer(ask.EVALUATED_BY, "specialised") == ("centre", ["XZ-2024-2§3"])
    assert answer(ask.EVALUATED_BY, "level") == ("body", ["XZ-2024-2§3"])
    assert answer(ask.QUALITY_SUPERVISED_BY) == ("centre", ["XZ-2024-2§3"])


def test_article_4() -> None:
    assert answer(ask.OCCUPATION_TYPE, "qualification") == ("access_type", ["XZ-2024-2§4"])


def test_article_5() -> None:
    assert answer(ask.OCCUPATION_TYPE, "level") == ("level_type", ["XZ-2024-2§5"])
    assert answer(ask.OCCUPATION_SOURCES) == (("current_classification", "published_later"), ["XZ-2024-2§5"])


def test_article_6() -> None:
    assert answer(ask.OCCUPATION_TYPE, "specialised") == ("listed_project", ["XZ-2024-2§6"])


def test_article_7() -> None:
    assert answer(ask.STANDARDS_ALLOWED, "employer") == (("national", "specification"), ["XZ-2024-2§7"])
    assert answer(ask.STANDARDS_ALLOWED, "college") == (("national", "specification"), ["XZ-2024-2§7"])
    assert answer(ask.STANDARDS_ALLOWED, "social") == (("national", "specification"), ["XZ-2024-2§7"])
    assert answer(ask.SPECIFICATION_DRAFTED_BY) == (("employer", "social"), ["XZ-2024-2§7"])
    assert answer(ask.SPECIFICATION_FILED_FIRST) == (True, ["XZ-2024-2§7"])


def test_article_8() -> None:
    assert answer(ask.LEVELS_BY_BODY_KIND, "employer") == (
        ("5", "4", "3", "2", "1", "master", "chief"),
        ["XZ-2024-2§8"],
    )
    assert answer(ask.LEVELS_BY_BODY_KIND, "college") == (("5", "4", "3", "2", "1"), ["XZ-2024-2§8"])
    assert answer(ask.LEVELS_BY_BODY_KIND, "social") == (("5", "4", "3", "2", "1"), ["XZ-2024-2§8"])
    assert answer(ask.LEVELS_BY_EVALUATION_KIND, "level") == (("5", "4", "3", "2", "1"), ["XZ-2024-2§8"])
    assert answer(ask.LEVELS_BY_EVALUATION_KIND, "qualification") == (("5", "4", "3", "2", "1"), ["XZ-2024-2§8"])
    assert answer(ask.LEVELS_BY_EVALUATION_KIND, "specialised") == ((), ["XZ-2024-2§8"])
    assert answer(ask.MAY_SUBDIVIDE_LEVELS, "employer") == (True, ["XZ-2024-2§8"])


def test_article_10() -> None:
    assert answer(ask.SELECTION_BY_PUBLIC_CALL) == (True, ["XZ-2024-2§10"])


def test_article_11() -> None:
    assert answer(ask.APPLICANT_CONDITIONS, "employer") == (
        (
            "legal_person",
            "finance_rules",
            "clean_record",
            "influence",
            "unit",
            "staff",
            "experts",
            "venue",
            "equipment",
            "video",
            "non_profit",
            "funding",
            "quality_rules",
            "accepts_supervision",
            "pay_mechanism",
        ),
        ["XZ-2024-2§11", "XZ-2024-2§11(1)", "XZ-2024-2§11(2)", "XZ-2024-2§11(3)", "XZ-2024-2§11(4)", "XZ-2024-2§11(5)"],
    )
    assert answer(ask.APPLICANT_CONDITIONS, "college") == (
        (
            "legal_person",
            "finance_rules",
            "clean_record",
            "influence",
            "unit",
            "staff",
            "experts",
            "venue",
            "equipment",
            "video",
            "non_profit",
            "funding",
            "quality_rules",
            "accepts_supervision",
        ),
        ["XZ-2024-2§11", "XZ-2024-2§11(1)", "XZ-2024-2§11(2)", "XZ-2024-2§11(3)", "XZ-2024-2§11(4)", "XZ-2024-2§11(5)"],
    )
    assert answer(ask.APPLICANT_CONDITIONS, "social") == (
        (
            "legal_person",
            "finance_rules",
            "clean_record",
            "influence",
            "unit",
            "staff",
            "experts",
            "venue",
            "equipment",
            "video",
            "non_profit",
            "funding",
            "quality_rules",
            "accepts_supervision",
        ),
        ["XZ-2024-2§11", "XZ-2024-2§11(1)", "XZ-2024-2§11(2)", "XZ-2024-2§11(3)", "XZ-2024-2§11(4)", "XZ-2024-2§11(5)"],
    )


def test_article_12() -> None:
    assert answer(ask.APPLICANT_ANSWERS_FOR_TRUTH) == (True, ["XZ-2024-2§12"])
    assert answer(ask.ONLINE_CHECK_REPLACES_PAPER) == (True, ["XZ-2024-2§12"])


def test_article_13() -> None:
    assert answer(ask.TECHNICAL_EVALUATION_METHODS) == (
        ("document_check", "expert_review", "site_visit"),
        ["XZ-2024-2§13"],
    )
    assert answer(ask.SELECTION_NOTICE_REQUIRED, "social") == (True, ["XZ-2024-2§13"])


def test_article_14() -> None:
    assert answer(ask.DIRECTORY_PUBLISHED) == (True, ["XZ-2024-2§14"])
    assert answer(ask.UNDERTAKING_SIGNED) == (True, ["XZ-2024-2§14"])


def test_article_15() -> None:
    assert answer(ask.SERVICE_SCOPE, "employer") == (
        ask.Scope(True, True, "本单位职工（含劳务派遣人员）"),
        ["XZ-2024-2§15"],
    )
    assert answer(ask.SERVICE_SCOPE, "college") == (ask.Scope(True, True, "本校学生"), ["XZ-2024-2§15"])
    assert answer(ask.SERVICE_SCOPE, "social") == (ask.Scope(False, False, "面向社会"), ["XZ-2024-2§15"])


def test_article_16() -> None:
    assert answer(ask.SPECIFICATION_ONLY_WITHOUT_NATIONAL) == (True, ["XZ-2024-2§16"])


def test_article_17() -> None:
    assert answer(ask.ASSESSMENT_METHODS) == (
        ("theory_exam", "practical_exam", "work_record_review", "continuous_assessment", "competition_route"),
        ["XZ-2024-2§17"],
    )


def test_article_18() -> None:
    assert answer(ask.PUBLISHED_RULES) == (("exam_administration", "quality", "certificates", "fees"), ["XZ-2024-2§18"])


def test_article_19() -> None:
    assert answer(ask.CERTIFICATE_KINDS) == (("qualification", "level", "specialised"), ["XZ-2024-2§19"])
    assert answer(ask.CERTIFICATE_REQUIRES_PASS) == (True, ["XZ-2024-2§19"])
    assert answer(ask.CERTIFICATE_CODING_NATIONAL) == (True, ["XZ-2024-2§19"])
    assert answer(ask.NUMBERS_GIVEN_BY) == ("body", ["XZ-2024-2§19"])


def test_article_20() -> None:
    assert answer(ask.CERTIFICATE_DATA_TO_CENTRE) == (True, ["XZ-2024-2§20"])
    assert answer(ask.PERIODIC_STATISTICS) == (True, ["XZ-2024-2§20"])
    assert answer(ask.PAPER_RETENTION_YEARS) == (3, ["XZ-2024-2§20"])
    assert answer(ask.ELECTRONIC_RETENTION_YEARS) == (5, ["XZ-2024-2§20"])
    assert answer(ask.WHOLE_PROCESS_KEPT) == (True, ["XZ-2024-2§20"])


def test_article_21() -> None:
    assert answer(ask.AMENDMENTS_REPORTED) == ("quarterly", ["XZ-2024-2§21"])


def test_article_22() -> None:
    assert answer(ask.AMENDMENT_ELEMENTS) == (("legal_representative", "registered_address", "name"), ["XZ-2024-2§22"])
    assert answer(ask.AMENDMENT_BY) == ("documents", ["XZ-2024-2§22"])
    papers = {element: ask.AMENDMENT_DOCUMENTS.get(place=XINZHOU, day=DAY, kind=element) for element in ask.AMENDED}
    assert {element: found and found.value for element, found in papers.items()} == {
        "registered_address": ("grounds", "qualification"),
        "legal_representative": ("written_application", "identity_copy"),
        "exam_site": None,
        "name": ("grounds", "qualification"),
    }
    assert {found.keys[0] for found in papers.values() if found} == {"XZ-2024-2§22"}
    assert [kind for kind in ask.BODIES if ask.LETTER_OF_OFFICE_NEEDED.get(place=XINZHOU, day=DAY, kind=kind)] == [
        "employer",
        "college",
    ]


def test_article_24() -> None:
    assert answer(ask.ADDITION_NEEDS_COVERAGE) == (Fraction(2, 3), ["XZ-2024-2§24(1)"])
    assert answer(ask.ADDITION_CONDITIONS) == (
        (
            "coverage",
            "quality_control",
            "clean_record",
            "experts",
            "assessors",
            "staff",
            "supervisors",
            "item_bank",
            "own_venue",
            "equipment",
            "video",
        ),
        ["XZ-2024-2§24(1)", "XZ-2024-2§24(2)", "XZ-2024-2§24(3)"],
    )


def test_article_25() -> None:
    assert answer(ask.ADDITION_STOPS_AT_COVERAGE) == (Fraction(2, 3), ["XZ-2024-2§25"])


def test_article_26() -> None:
    assert answer(ask.MAX_OCCUPATIONS_FILED, "social") == (5, ["XZ-2024-2§26"])


def test_article_28() -> None:
    assert answer(ask.SUPERVISION_SYSTEM) == (ask.SUPERVISORS, ["XZ-2024-2§28"])


def test_article_29() -> None:
    assert answer(ask.BODIES_INSPECTED) == (True, ["XZ-2024-2§29"])
    assert answer(ask.COMPLAINTS_INVESTIGATED) == (True, ["XZ-2024-2§29"])


def test_article_32() -> None:
    assert answer(ask.TERMINATED_BODY_KEEPS_DUTIES) == (True, ["XZ-2024-2§32"])
