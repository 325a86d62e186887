"""Unified social credit codes, occupation codes and names, and normalising."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.law.codes import (
    credit_check_character,
    normalise,
    parse_credit_code,
    parse_occupation_code,
    strip_marks,
)
from gongjiang.law.codes.credit_code import CHARACTERS


@st.composite
def codes(draw: st.DrawFn) -> str:
    tail = draw(st.text(CHARACTERS, min_size=9, max_size=9))
    first17 = f"{draw(st.sampled_from(['91', '12', '52', '93']))}{draw(st.integers(110000, 659999))}{tail}"
    return first17 + credit_check_character(first17)


@pytest.mark.requirement("FIL-02")
@pytest.mark.parametrize(
    "text",
    ["91350100M000100Y43", "91440300708461136T", "12100000400000624D", "91110000802100433B"],
)
def test_the_right_codes(text: str) -> None:
    code = parse_credit_code(f" {text.lower()} ")
    assert code.as_dict() == {"valid": True, "reasons": []}
    assert (code.text, code.area, code.body, code.check) == (text, text[2:8], text[8:17], text[17])


@pytest.mark.requirement("FIL-02")
@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("91350100M000100Y4Z", ["character"]),
        ("91350100M000100Y44", ["check"]),
        ("9135010OM000100Y43", ["character"]),
        ("91350100M000100Y4", ["length"]),
        ("91350100M000100Y4I9", ["length", "character"]),
        ("220102000012345", ["registration15"]),
        ("", ["empty"]),
    ],
)
def test_every_refusal_has_its_reason(text: str, codes: list[str]) -> None:
    code = parse_credit_code(text)
    assert ([reason.code for reason in code.reasons], code.valid) == (codes, False)


def test_the_area_must_be_digits() -> None:
    first17 = "9135A100M000100Y4"
    code = parse_credit_code(first17 + credit_check_character(first17))
    assert [reason.code for reason in code.reasons] == ["area"]


def test_a_wrong_check_says_the_right_one() -> None:
    assert parse_credit_code("91350100M000100Y44").reasons[0].message_zh == "末位校验位应为 3，请对照证照核对"


def test_old_registration_numbers_are_read_in_old_files_only() -> None:
    assert parse_credit_code("220102000012345", historical=True).valid


@pytest.mark.requirement("FIL-02")
@given(codes(), st.integers(0, 17), st.sampled_from(CHARACTERS))
def test_one_wrong_character_is_always_found(code: str, place: int, other: str) -> None:
    wrong = code[:place] + other + code[place + 1 :]
    assert parse_credit_code(wrong).valid == (wrong == code)


@pytest.mark.parametrize(
    ("text", "code", "job_type", "skill"),
    [
        ("6-18-01-01", "6-18-01-01", None, True),
        ("6-30-05-01-014", "6-30-05-01", "014", True),
        ("２—02－32-01", "2-02-32-01", None, False),
        (" 4-04-05-05 ", "4-04-05-05", None, True),
        ("7-01-01-00", "7-01-01-00", None, False),
    ],
)
def test_occupation_codes(text: str, code: str, job_type: str | None, skill: bool) -> None:
    occupation = parse_occupation_code(text)
    assert (occupation.valid, occupation.code, occupation.job_type) == (True, code, job_type)
    assert occupation.skill_class is skill


@pytest.mark.parametrize("text", ["", "9-01-01-01", "6-18-01", "6-18-01-01-1", "6180101", "6-18-01-0\u0661"])
def test_other_texts_are_no_occupation_codes(text: str) -> None:
    occupation = parse_occupation_code(text)
    assert (occupation.valid, [reason.code for reason in occupation.reasons]) == (False, ["shape"])


@pytest.mark.parametrize(
    ("written", "name", "green", "digital"),
    [
        ("人工智能训练师S", "人工智能训练师", False, True),
        ("管廊运维员L", "管廊运维员", True, False),
        ("碳管理工程技术人员 L/S", "碳管理工程技术人员", True, True),
        ("电工", "电工", False, False),
        ("应用CNS", "应用CNS", False, False),
    ],
)
def test_marks_are_flags_and_no_part_of_the_name(written: str, name: str, green: bool, digital: bool) -> None:
    occupation = strip_marks(written)
    assert (occupation.name, occupation.green, occupation.digital) == (name, green, digital)


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once.text).text == once.text
    assert normalise(once.text).changes == ()


@pytest.mark.parametrize(
    ("written", "text", "changes"),
    [
        ("ａ１", "A1", ("full_width", "lower_case")),
        ("A\u3000 1\u200b", "A1", ("spaces", "invisible")),
        ("A1", "A1", ()),
        ("ß٣", "ß٣", ()),
    ],
)
def test_what_was_normalised_is_told(written: str, text: str, changes: tuple[str, ...]) -> None:
    cleaned = normalise(written)
    assert (cleaned.text, cleaned.changes) == (text, changes)
