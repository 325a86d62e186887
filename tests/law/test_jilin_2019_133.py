"""吉人社函字〔2019〕133号: what each of its parts answers on its first day, in its place."""

from datetime import date
from typing import Any

from gongjiang.law import questions as ask
from gongjiang.law.model import Question
from gongjiang.law.places import JILIN_PILOT
from gongjiang.law.rules.jilin_2019_133 import DOC

DAY = date(2019, 7, 31)


def answer(question: Question[Any], kind: str | None = None) -> tuple[Any, list[str]]:
    provision = question.at(place=JILIN_PILOT, day=DAY, kind=kind)
    return provision.value, provision.keys


def test_in_force() -> None:
    assert (DOC.in_force, DOC.place, DOC.repealed) == (DAY, JILIN_PILOT, None)


def test_part_3() -> None:
    assert answer(ask.BODY_KINDS) == (("employer",), ["JL-2019-133§3"])


def test_part_3_1() -> None:
    assert answer(ask.APPLICANT_CONDITIONS, "employer") == (
        (
            "legal_person",
            "clean_record",
            "main_business",
            "influence",
            "rules",
            "funding",
            "non_profit",
            "unit",
            "staff",
            "experts",
            "supervisors",
            "venue",
            "equipment",
            "video",
            "pay_mechanism",
        ),
        [
            "JL-2019-133§3(1)",
            "JL-2019-133§3(1)1",
            "JL-2019-133§3(1)2",
            "JL-2019-133§3(1)3",
            "JL-2019-133§3(1)4",
            "JL-2019-133§3(1)5",
            "JL-2019-133§3(1)6",
        ],
    )


def test_part_3_2_1() -> None:
    assert answer(ask.CANDIDATE_IS_ON_THE_JOB) == (True, ["JL-2019-133§3(2)1"])


def test_part_3_2_2() -> None:
    assert answer(ask.ELIGIBILITY_BY_STANDARD) == (True, ["JL-2019-133§3(2)2"])


def test_part_3_2_3() -> None:
    assert answer(ask.OCCUPATION_MATCHES_POST) == (True, ["JL-2019-133§3(2)3"])
    assert answer(ask.ONE_OCCUPATION_AT_A_TIME) == (True, ["JL-2019-133§3(2)3"])


def test_part_4_1_1() -> None:
    assert answer(ask.ASSESSMENT_CONTENT) == (
        ("ability", "work_performance", "ethics"),
        ["JL-2019-133§4(1)1", "JL-2019-133§4(1)2", "JL-2019-133§4(1)3"],
    )


def test_part_4_2() -> None:
    assert answer(ask.ASSESSMENT_METHODS) == (
        (
            "theory_exam",
            "practical_exam",
            "thesis_defence",
            "work_record_review",
            "continuous_assessment",
            "competition_route",
        ),
        ["JL-2019-133§4(2)", "JL-2019-133§4(2)1", "JL-2019-133§4(2)2", "JL-2019-133§4(2)3", "JL-2019-133§4(2)4"],
    )


def test_part_4_2_4() -> None:
    assert answer(ask.COMPETITION_WINNERS_RECOGNISED) == (True, ["JL-2019-133§4(2)4"])


def test_part_5_1() -> None:
    assert answer(ask.EVALUATION_KINDS) == (("level",), ["JL-2019-133§5(1)"])
    assert answer(ask.OCCUPATION_TYPE, "level") == ("level_type", ["JL-2019-133§5(1)"])
    assert answer(ask.OCCUPATION_SOURCES) == (("classification_2015", "published_later"), ["JL-2019-133§5(1)"])
    assert answer(ask.LEVELS_BY_BODY_KIND, "employer") == (("5", "4", "3", "2", "1"), ["JL-2019-133§5(1)"])
    assert answer(ask.LEVELS_BY_EVALUATION_KIND, "level") == (("5", "4", "3", "2", "1"), ["JL-2019-133§5(1)"])
    assert answer(ask.SERVICE_SCOPE, "employer") == (ask.Scope(True, False, "本企业在岗职工"), ["JL-2019-133§5(1)"])
    assert answer(ask.DELEGATION_FORBIDDEN) == (True, ["JL-2019-133§5(1)"])
    assert answer(ask.PLAN_WITHIN_SCOPE) == (True, ["JL-2019-133§5(1)"])


def test_part_5_2() -> None:
    assert answer(ask.FILING_MATERIALS) == (
        (
            "application_report",
            "basic_facts",
            "pilot_plan",
            "legal_person_certificate",
            "personnel_rules",
            "occupations_and_standards",
            "assets",
            "operating_rules",
        ),
        [
            "JL-2019-133§5(2)",
            "JL-2019-133§5(2)1",
            "JL-2019-133§5(2)2",
            "JL-2019-133§5(2)3",
            "JL-2019-133§5(2)4",
            "JL-2019-133§5(2)5",
            "JL-2019-133§5(2)6",
            "JL-2019-133§5(2)7",
            "JL-2019-133§5(2)8",
        ],
    )


def test_part_6() -> None:
    assert answer(ask.OPENING_APPLIED_FOR) == (True, ["JL-2019-133§6", "JL-2019-133§7(2)5"])
    assert answer(ask.RESULTS_REVIEWED) == (True, ["JL-2019-133§6"])


def test_part_6_1() -> None:
    assert answer(ask.SELECTION_BY_PUBLIC_CALL) == (True, ["JL-2019-133§6(1)"])
    assert answer(ask.FILING_AUTHORITY, "central") == ("province", ["JL-2019-133§6(1)"])
    assert answer(ask.FILING_AUTHORITY, "provincial") == ("province", ["JL-2019-133§6(1)"])
    assert answer(ask.FILING_AUTHORITY, "municipal") == ("city", ["JL-2019-133§6(1)"])
    assert answer(ask.TECHNICAL_EVALUATION_METHODS) == (("site_visit", "expert_review"), ["JL-2019-133§6(1)"])


def test_part_6_3() -> None:
    assert answer(ask.DIRECTORY_PUBLISHED) == (True, ["JL-2019-133§6(3)"])
    assert answer(ask.DIRECTORY_CONTENT) == (
        ("name", "branches", "address", "implementing_body", "supervising_body", "contact", "occupations", "levels"),
        ["JL-2019-133§6(3)"],
    )
    assert answer(ask.BODY_CODE_GIVEN_BY) == ("provincial_centre", ["JL-2019-133§6(3)"])


def test_part_6_5() -> None:
    assert answer(ask.CERTIFICATE_REQUIRES_PASS) == (True, ["JL-2019-133§6(5)"])
    assert answer(ask.CERTIFICATE_CODING_NATIONAL) == (True, ["JL-2019-133§6(5)", "JL-2019-133§6(3)"])
    assert answer(ask.NUMBERS_GIVEN_BY) == ("provincial_centre", ["JL-2019-133§6(5)"])
    assert answer(ask.FREE_PUBLIC_QUERY) == (True, ["JL-2019-133§6(5)"])
    assert answer(ask.WHOLE_PROCESS_KEPT) == (True, ["JL-2019-133§6(5)"])


def test_part_8_2() -> None:
    system = ("government", "bodies", "society", "credit", "participation")
    assert answer(ask.SUPERVISION_SYSTEM) == (system, ["JL-2019-133§8(2)"])
    assert answer(ask.COMPLAINTS_INVESTIGATED) == (True, ["JL-2019-133§8(2)"])


def test_part_8_3() -> None:
    assert answer(ask.BODY_ANSWERS_FOR_RESULTS) == (True, ["JL-2019-133§8(3)"])


def test_part_8_4() -> None:
    assert answer(ask.QUALITY_SUPERVISED_BY) == ("centre", ["JL-2019-133§8(4)"])
    assert answer(ask.BODIES_INSPECTED) == (True, ["JL-2019-133§8(4)"])
