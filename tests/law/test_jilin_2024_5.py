"""吉人社规〔2024〕5号: what each of its articles answers on its first day, in its place."""

from datetime import date
from typing import Any

from gongjiang.law import questions as ask
from gongjiang.law.model import Question
from gongjiang.law.places import JILIN
from gongjiang.law.rules.jilin_2024_5 import DOC

DAY = date(2024, 12, 2)


def answer(question: Question[Any], kind: str | None = None) -> tuple[Any, list[str]]:
    provision = question.at(place=JILIN, day=DAY, kind=kind)
    return provision.value, provision.keys


def test_in_force() -> None:
    assert (DOC.in_force, DOC.place, DOC.repealed) == (DAY, JILIN, None)


def test_article_2() -> None:
    assert answer(ask.BODY_KINDS) == (("employer", "college", "social"), ["JL-2024-5§2"])
    assert answer(ask.EVALUATION_KINDS) == (("level",), ["JL-2024-5§2"])


def test_article_3() -> None:
    assert answer(ask.QUALITY_SUPERVISED_BY) == ("centre", ["JL-2024-5§3"])
    assert answer(ask.SUPERVISED_BY_SELECTING_AUTHORITY) == (True, ["JL-2024-5§3"])
    assert answer(ask.BODY_ANSWERS_FOR_RESULTS) == (True, ["JL-2024-5§3", "JL-2024-5§7"])


def test_article_4() -> None:
    assert answer(ask.SERVICE_SCOPE, "employer") == (
        ask.Scope(True, True, "本单位职工（含劳务派遣人员）"),
        ["JL-2024-5§4"],
    )
    assert answer(ask.SERVICE_SCOPE, "college") == (ask.Scope(True, True, "本学校在校学生"), ["JL-2024-5§4"])
    assert answer(ask.SERVICE_SCOPE, "social") == (ask.Scope(False, False, "面向社会"), ["JL-2024-5§4", "JL-2024-5§13"])


def test_article_6() -> None:
    assert answer(ask.SELECTION_BY_PUBLIC_CALL) == (True, ["JL-2024-5§6"])


def test_article_7() -> None:
    assert answer(ask.FEES_PUBLISHED) == (True, ["JL-2024-5§7(8)"])
    assert answer(ask.PLAN_WITHIN_SCOPE) == (True, ["JL-2024-5§7(5)", "JL-2024-5§16"])
    assert answer(ask.ANNUAL_REPORTS) == (("plan", "summary", "statistics"), ["JL-2024-5§7(9)"])
    assert answer(ask.DISPUTES_HANDLED_BY_BODY) == (True, ["JL-2024-5§7(11)"])


def test_article_8() -> None:
    assert answer(ask.OCCUPATION_SOURCES) == (("current_classification", "published_later"), ["JL-2024-5§8"])


def test_article_9() -> None:
    assert answer(ask.STANDARDS_ALLOWED, "employer") == (("national", "specification"), ["JL-2024-5§9"])
    assert answer(ask.STANDARDS_ALLOWED, "college") == (("national", "specification"), ["JL-2024-5§9"])
    assert answer(ask.STANDARDS_ALLOWED, "social") == (("national", "specification"), ["JL-2024-5§9"])
    assert answer(ask.SPECIFICATION_DRAFTED_BY) == (("employer",), ["JL-2024-5§9"])
    assert answer(ask.SPECIFICATION_FILED_FIRST) == (True, ["JL-2024-5§9"])


def test_article_10() -> None:
    assert answer(ask.LEVELS_BY_BODY_KIND, "employer") == (
        ("5", "4", "3", "2", "1", "master", "chief"),
        ["JL-2024-5§10"],
    )
    assert answer(ask.LEVELS_BY_BODY_KIND, "college") == (("5", "4", "3", "2", "1"), ["JL-2024-5§10"])
    assert answer(ask.LEVELS_BY_BODY_KIND, "social") == (("5", "4", "3", "2", "1"), ["JL-2024-5§10"])
    assert answer(ask.LEVELS_BY_EVALUATION_KIND, "level") == (("5", "4", "3", "2", "1"), ["JL-2024-5§10"])
    assert answer(ask.MAY_SUBDIVIDE_LEVELS, "employer") == (True, ["JL-2024-5§10"])


def test_article_11() -> None:
    assert answer(ask.ASSESSMENT_METHODS) == (
        ("theory_exam", "practical_exam", "work_record_review", "continuous_assessment", "competition_route"),
        ["JL-2024-5§11"],
    )
    stress = {kind: answer(ask.TALENT_EMPHASIS, kind) for kind in ask.TALENT_TYPES}
    assert stress == {
        "technical": (("practical_ability", "key_problems"), ["JL-2024-5§11"]),
        "knowledge": (("theory_in_practice", "creative_work"), ["JL-2024-5§11"]),
        "composite": (("several_skills", "several_posts"), ["JL-2024-5§11"]),
    }


def test_article_12() -> None:
    assert answer(ask.INITIAL_GRADING, "employer") == (True, ["JL-2024-5§12"])


def test_article_15() -> None:
    assert answer(ask.ANNOUNCEMENT_ELEMENTS) == (("time", "occupation", "level", "conditions", "fee"), ["JL-2024-5§15"])


def test_article_17() -> None:
    assert answer(ask.ELIGIBILITY_BY_STANDARD) == (True, ["JL-2024-5§17"])
    assert answer(ask.EVIDENCE_RETAINED) == (True, ["JL-2024-5§17"])


def test_article_18() -> None:
    assert answer(ask.ROOM_KINDS) == (("theory", "practical", "panel_review"), ["JL-2024-5§18"])
    assert answer(ask.ROOM_REQUIREMENTS) == (("safety", "fire", "light", "evacuation", "video"), ["JL-2024-5§18"])


def test_article_19() -> None:
    assert answer(ask.EXAM_ROOMS) == (("exam_office", "waiting_room", "scoring_room"), ["JL-2024-5§19"])
    assert answer(ask.ROOMS_FOR_WORKPIECES) == (("scoring_room",), ["JL-2024-5§19"])
    assert answer(ask.ROOM_MAP_AT_ENTRANCE) == (True, ["JL-2024-5§19"])


def test_article_20() -> None:
    assert answer(ask.TICKET_WITH_IDENTITY_DOCUMENT) == (True, ["JL-2024-5§20"])
    assert answer(ask.TICKET_BY_ARRANGEMENT) == (True, ["JL-2024-5§20"])


def test_article_21() -> None:
    assert answer(ask.STAFF_ROLES) == (
        (
            "chief_officer",
            "administration_lead",
            "staff",
            "invigilator",
            "assessor",
            "internal_supervisor",
            "safety_officer",
        ),
        ["JL-2024-5§21"],
    )
    assert answer(ask.ROSTER_FIXED) == (True, ["JL-2024-5§21"])


def test_article_22() -> None:
    assert answer(ask.PAPERS_DRAWN_FROM_BANK) == (True, ["JL-2024-5§22"])


def test_article_23() -> None:
    assert answer(ask.STAFF_BRIEFING_REQUIRED) == (True, ["JL-2024-5§23"])


def test_article_25() -> None:
    assert answer(ask.RESULT_NOTICE_WORKING_DAYS) == (5, ["JL-2024-5§25"])
    assert answer(ask.OBJECTION_REPLY_WORKING_DAYS) == (5, ["JL-2024-5§25"])


def test_article_26() -> None:
    assert answer(ask.CERTIFICATE_REQUIRES_PASS) == (True, ["JL-2024-5§26"])
    assert answer(ask.CERTIFICATE_CODING_NATIONAL) == (True, ["JL-2024-5§26"])
    assert answer(ask.NUMBERS_GIVEN_BY) == ("body", ["JL-2024-5§26"])
    assert answer(ask.ELECTRONIC_EQUALS_PAPER) == (True, ["JL-2024-5§26"])


def test_article_27() -> None:
    assert answer(ask.BLANK_STOCK_LEDGER) == (True, ["JL-2024-5§27"])


def test_article_28() -> None:
    assert answer(ask.RESULT_REPORT_WORKING_DAYS) == (30, ["JL-2024-5§28"])


def test_article_29() -> None:
    assert answer(ask.REISSUE_ON_HOLDERS_APPLICATION) == (True, ["JL-2024-5§29"])


def test_article_30() -> None:
    assert answer(ask.CORRECTION_MUST_KEEP_ELIGIBILITY) == (True, ["JL-2024-5§30"])
    assert answer(ask.CORRECTION_REPORTED_TO_CENTRE) == (True, ["JL-2024-5§30"])


def test_article_31() -> None:
    assert answer(ask.ARRANGEMENT_SECRET_BEFORE_EXAM) == (True, ["JL-2024-5§31"])
    assert answer(ask.PERSONAL_DATA_SECRET) == (True, ["JL-2024-5§31"])


def test_article_33() -> None:
    assert answer(ask.NONDISCLOSURE_AGREEMENT_REQUIRED) == (True, ["JL-2024-5§33"])


def test_article_34() -> None:
    assert answer(ask.ARCHIVE_KEPT_BY) == ("body", ["JL-2024-5§34"])


def test_article_36() -> None:
    assert answer(ask.PAPER_RETENTION_YEARS) == (3, ["JL-2024-5§36"])
    assert answer(ask.ELECTRONIC_RETENTION_YEARS) == (5, ["JL-2024-5§36"])
    assert answer(ask.WHOLE_PROCESS_KEPT) == (True, ["JL-2024-5§36"])


def test_article_37() -> None:
    assert answer(ask.ASSESSOR_WITHIN_SCOPE) == (True, ["JL-2024-5§37"])


def test_article_38() -> None:
    assert answer(ask.ASSESSOR_TERM_YEARS) == (3, ["JL-2024-5§38"])
    assert answer(ask.ASSESSOR_STEPS) == (("training", "examination", "appointment"), ["JL-2024-5§38"])


def test_article_39() -> None:
    assert answer(ask.DISPATCH_ACCEPTED_BY) == (("assessor",), ["JL-2024-5§39"])


def test_article_40() -> None:
    assert answer(ask.SUPERVISOR_KINDS) == (("external", "internal"), ["JL-2024-5§40"])


def test_article_43() -> None:
    assert answer(ask.SUPERVISION_CONTENT, "system") == (("rules", "quality_system"), ["JL-2024-5§43(1)"])
    assert answer(ask.SUPERVISION_CONTENT, "work") == (ask.WORK_SUPERVISED, ["JL-2024-5§43(2)"])
    assert answer(ask.BODIES_INSPECTED) == (True, ["JL-2024-5§43"])
    assert answer(ask.COMPLAINTS_INVESTIGATED) == (True, ["JL-2024-5§43(3)"])


def test_article_44() -> None:
    assert answer(ask.INTERNAL_SUPERVISOR_TERM_YEARS) == (3, ["JL-2024-5§44"])
    assert answer(ask.INTERNAL_SUPERVISOR_REGULAR_STAFF) == (True, ["JL-2024-5§44"])
