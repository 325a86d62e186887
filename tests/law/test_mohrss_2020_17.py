"""人社职司便函〔2020〕17号: what each of its articles answers on its first day, in its place."""

from datetime import date
from typing import Any

from gongjiang.law import questions as ask
from gongjiang.law.model import Question
from gongjiang.law.places import CHINA
from gongjiang.law.rules.mohrss_2020_17 import DOC

DAY = date(2021, 1, 1)


def answer(question: Question[Any], kind: str | None = None) -> tuple[Any, list[str]]:
    provision = question.at(place=CHINA, day=DAY, kind=kind)
    return provision.value, provision.keys


def test_in_force() -> None:
    assert (DOC.in_force, DOC.place, DOC.repealed) == (DAY, CHINA, None)


def test_article_2() -> None:
    assert answer(ask.BODY_KINDS) == (("employer", "social"), ["MOHRSS-2020-17§2"])
    assert answer(ask.EVALUATION_KINDS) == (("level",), ["MOHRSS-2020-17§2"])


def test_article_3() -> None:
    assert answer(ask.QUALITY_SUPERVISED_BY) == ("centre", ["MOHRSS-2020-17§3"])


def test_article_4() -> None:
    assert answer(ask.OCCUPATION_TYPE, "level") == ("level_type", ["MOHRSS-2020-17§4"])


def test_article_6() -> None:
    assert answer(ask.OCCUPATION_SOURCES) == (("current_classification", "published_later"), ["MOHRSS-2020-17§6"])


def test_article_8() -> None:
    assert answer(ask.STANDARDS_ALLOWED, "employer") == (
        ("national", "specification"),
        ["MOHRSS-2020-17§8", "MOHRSS-2020-17§7"],
    )
    assert answer(ask.STANDARDS_ALLOWED, "social") == (
        ("national", "specification"),
        ["MOHRSS-2020-17§8", "MOHRSS-2020-17§7"],
    )
    assert answer(ask.SPECIFICATION_DRAFTED_BY) == (("employer", "social"), ["MOHRSS-2020-17§8"])
    assert answer(ask.SPECIFICATION_FILED_FIRST) == (True, ["MOHRSS-2020-17§8"])


def test_article_9() -> None:
    assert answer(ask.LEVELS_BY_BODY_KIND, "employer") == (
        ("5", "4", "3", "2", "1", "master", "chief"),
        ["MOHRSS-2020-17§9"],
    )
    assert answer(ask.LEVELS_BY_BODY_KIND, "social") == (("5", "4", "3", "2", "1"), ["MOHRSS-2020-17§9"])
    assert answer(ask.LEVELS_BY_EVALUATION_KIND, "level") == (("5", "4", "3", "2", "1"), ["MOHRSS-2020-17§9"])
    assert answer(ask.MAY_SUBDIVIDE_LEVELS, "employer") == (True, ["MOHRSS-2020-17§9"])


def test_article_11() -> None:
    assert answer(ask.SELECTION_BY_PUBLIC_CALL) == (True, ["MOHRSS-2020-17§11"])


def test_article_12() -> None:
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
        [
            "MOHRSS-2020-17§12",
            "MOHRSS-2020-17§12(1)",
            "MOHRSS-2020-17§12(2)",
            "MOHRSS-2020-17§12(3)",
            "MOHRSS-2020-17§12(4)",
            "MOHRSS-2020-17§12(5)",
        ],
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
        [
            "MOHRSS-2020-17§12",
            "MOHRSS-2020-17§12(1)",
            "MOHRSS-2020-17§12(2)",
            "MOHRSS-2020-17§12(3)",
            "MOHRSS-2020-17§12(4)",
            "MOHRSS-2020-17§12(5)",
        ],
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
        [
            "MOHRSS-2020-17§12",
            "MOHRSS-2020-17§12(1)",
            "MOHRSS-2020-17§12(2)",
            "MOHRSS-2020-17§12(3)",
            "MOHRSS-2020-17§12(4)",
            "MOHRSS-2020-17§12(5)",
        ],
    )


def test_article_13() -> None:
    assert answer(ask.APPLICANT_ANSWERS_FOR_TRUTH) == (True, ["MOHRSS-2020-17§13"])
    assert answer(ask.ONLINE_CHECK_REPLACES_PAPER) == (True, ["MOHRSS-2020-17§13"])


def test_article_14() -> None:
    assert answer(ask.TECHNICAL_EVALUATION_METHODS) == (
        ("document_check", "expert_review", "site_visit"),
        ["MOHRSS-2020-17§14"],
    )
    assert answer(ask.SELECTION_NOTICE_REQUIRED, "social") == (True, ["MOHRSS-2020-17§14"])


def test_article_15() -> None:
    assert answer(ask.DIRECTORY_PUBLISHED) == (True, ["MOHRSS-2020-17§15"])
    assert answer(ask.UNDERTAKING_SIGNED) == (True, ["MOHRSS-2020-17§15"])


def test_article_16() -> None:
    assert answer(ask.SERVICE_SCOPE, "employer") == (
        ask.Scope(True, True, "本单位职工（含劳务派遣人员）"),
        ["MOHRSS-2020-17§16"],
    )
    assert answer(ask.SERVICE_SCOPE, "social") == (ask.Scope(False, False, "面向社会"), ["MOHRSS-2020-17§16"])


def test_article_17() -> None:
    assert answer(ask.SPECIFICATION_ONLY_WITHOUT_NATIONAL) == (True, ["MOHRSS-2020-17§17"])


def test_article_18() -> None:
    assert answer(ask.ASSESSMENT_METHODS) == (
        ("theory_exam", "practical_exam", "work_record_review", "continuous_assessment", "competition_route"),
        ["MOHRSS-2020-17§18"],
    )


def test_article_19() -> None:
    assert answer(ask.PUBLISHED_RULES) == (
        ("exam_administration", "quality", "certificates", "fees"),
        ["MOHRSS-2020-17§19"],
    )


def test_article_20() -> None:
    assert answer(ask.CERTIFICATE_REQUIRES_PASS) == (True, ["MOHRSS-2020-17§20"])
    assert answer(ask.CERTIFICATE_CODING_NATIONAL) == (True, ["MOHRSS-2020-17§20"])
    assert answer(ask.NUMBERS_GIVEN_BY) == ("body", ["MOHRSS-2020-17§20"])
    assert answer(ask.ELECTRONIC_EQUALS_PAPER) == (True, ["MOHRSS-2020-17§20"])
    assert answer(ask.SOCIAL_SECURITY_CARD_CARRIES) == (True, ["MOHRSS-2020-17§20"])


def test_article_21() -> None:
    assert answer(ask.CERTIFICATE_DATA_TO_CENTRE) == (True, ["MOHRSS-2020-17§21"])
    assert answer(ask.PERIODIC_STATISTICS) == (True, ["MOHRSS-2020-17§21"])
    assert answer(ask.PAPER_RETENTION_YEARS) == (3, ["MOHRSS-2020-17§21"])
    assert answer(ask.ELECTRONIC_RETENTION_YEARS) == (5, ["MOHRSS-2020-17§21"])
    assert answer(ask.WHOLE_PROCESS_KEPT) == (True, ["MOHRSS-2020-17§21"])


def test_article_22() -> None:
    assert answer(ask.PUBLIC_QUERY_CONTENT) == (
        ("body", "filing_period", "scope", "standards", "certificates"),
        ["MOHRSS-2020-17§22"],
    )


def test_article_24() -> None:
    assert answer(ask.SUPERVISION_SYSTEM) == (ask.SUPERVISORS, ["MOHRSS-2020-17§24"])


def test_article_25() -> None:
    assert answer(ask.BODIES_INSPECTED) == (True, ["MOHRSS-2020-17§25"])
    assert answer(ask.COMPLAINTS_INVESTIGATED) == (True, ["MOHRSS-2020-17§25"])


def test_article_28() -> None:
    assert answer(ask.TERMINATED_BODY_KEEPS_DUTIES) == (True, ["MOHRSS-2020-17§28"])
