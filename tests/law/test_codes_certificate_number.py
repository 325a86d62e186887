"""Certificate numbers: every example, every form, every refusal, and that building undoes parsing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.law.codes import (
    PROVINCES,
    NumberRefused,
    build_certificate_number,
    parse_body_code,
    parse_certificate_number,
)

NOTHING = dict.fromkeys(("category", "body", "province", "site", "body_code", "year", "level", "sequence"))


@pytest.mark.requirement("CRT-01")
@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Y001011999966215000001", ("Y", "0010", "11", "999966", 2021, "5", "000001")),
        ("Y001011999966215000002", ("Y", "0010", "11", "999966", 2021, "5", "000002")),
        ("Y001011999966215000003", ("Y", "0010", "11", "999966", 2021, "5", "000003")),
        ("Y001011999966215000004", ("Y", "0010", "11", "999966", 2021, "5", "000004")),
        ("Y000511110084225000001", ("Y", "0005", "11", "110084", 2022, "5", "000001")),
        ("Y000544031005263000002", ("Y", "0005", "44", "031005", 2026, "3", "000002")),
        ("Y000545000001263000001", ("Y", "0005", "45", "000001", 2026, "3", "000001")),
        ("Y004145000001263000001", ("Y", "0041", "45", "000001", 2026, "3", "000001")),
        ("Y004145117705263000018", ("Y", "0041", "45", "117705", 2026, "3", "000018")),
        ("S000022000123243000045", ("S", "0000", "22", "000123", 2024, "3", "000045")),
        ("Y000022000001255000001", ("Y", "0000", "22", "000001", 2025, "5", "000001")),
    ],
)
def test_every_example_is_read(text: str, parts: tuple[object, ...]) -> None:
    category, body, province, site, year, level, sequence = parts
    assert parse_certificate_number(text).as_dict() == {
        "valid": True,
        "kind": "level",
        "category": category,
        "body": body,
        "province": province,
        "site": site,
        "body_code": text[:13],
        "year": year,
        "level": level,
        "sequence": sequence,
        "reasons": [],
    }


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("J000022000001255000001", ["category"]),
        ("Y000020000001255000001", ["province"]),
        ("Y000066000001255000001", ["province"]),
        ("Y000000000001255000001", ["province"]),
        ("Y000022000001250000001", ["level"]),
        ("Y000022000001256000001", ["level"]),
        ("Y000022000001255000000", ["sequence"]),
        ("A000019000001259000000", ["category", "province", "level", "sequence"]),
    ],
)
def test_a_wrong_part_is_named(text: str, codes: list[str]) -> None:
    number = parse_certificate_number(text)
    assert ([reason.code for reason in number.reasons], number.valid, number.kind) == (codes, False, "level")


def test_a_place_may_allow_more_provinces() -> None:
    text = "Y000066000001255000001"
    assert parse_certificate_number(text, extra_provinces={"66", "00"}).valid
    assert build_certificate_number("Y", "0000", "66", "000001", 2025, 5, 1, extra_provinces={"66"}) == text


@pytest.mark.parametrize(
    "written", [" y0000 2200 0001 255000001\n", "Ｙ０００022000001255000001", "Y000022\u200b000001255000001"]
)
def test_typing_is_forgiven(written: str) -> None:
    number = parse_certificate_number(written)
    assert (number.text, number.valid) == ("Y000022000001255000001", True)
    assert number.changes != ()


def test_the_special_form_is_known_but_its_parts_are_not() -> None:
    number = parse_certificate_number("YT00002200000125000001")
    assert number.as_dict() == NOTHING | {"valid": True, "kind": "special", "category": "YT", "reasons": []}


def test_a_place_that_knows_the_special_layout_can_say_so() -> None:
    layout = {"body": (2, 6), "province": (6, 8), "site": (8, 14), "year": (14, 16), "sequence": (17, 22)}
    number = parse_certificate_number("YT00002200000125100001", special_layout=layout)
    assert (number.body, number.province, number.site) == ("0000", "22", "000001")
    assert (number.year, number.sequence, number.level) == (2025, "00001", None)


def test_the_old_sixteen_digits_have_another_table_of_provinces() -> None:
    number = parse_certificate_number("1210012003300017")
    assert number.as_dict() == NOTHING | {
        "valid": True,
        "kind": "legacy16",
        "year": 2012,
        "level": "3",
        "sequence": "00017",
        "reasons": [],
    }
    # 10 was 江苏 there: it must never be taken for a code of GB/T 2260, whatever the digits.
    assert number.legacy_body == "10012003"
    assert parse_certificate_number("9922012003300017").province is None
    assert parse_certificate_number("9972003018300017").year == 1999


@pytest.mark.parametrize("text", ["1210012003600017", "1210012003300000"])
def test_an_old_number_is_refused_where_its_rule_refuses_it(text: str) -> None:
    number = parse_certificate_number(text)
    assert (number.kind, number.valid, len(number.reasons)) == ("legacy16", False, 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("RSNGN22010100124300001", "shape"),
        ("RSNGN220101001243000", "length"),
        ("Y00002200000125500000", "length"),
        ("Y00002200000125500000\u0661", "shape"),
        ("1001200330000", "thirteen_digits"),
    ],
)
def test_anything_else_is_unknown_and_says_why(text: str, code: str) -> None:
    number = parse_certificate_number(text)
    assert (number.kind, number.valid, [reason.code for reason in number.reasons]) == ("unknown", False, [code])
    assert number.as_dict()["reasons"] == [number.reasons[0].message_zh]
    assert number.as_dict("en")["reasons"] == [number.reasons[0].message_en]


@pytest.mark.requirement("CRT-01")
@given(
    st.sampled_from("YS"),
    st.integers(0, 9999),
    st.sampled_from(sorted(PROVINCES)),
    st.integers(0, 999_999),
    st.integers(2019, 2099),
    st.integers(1, 5),
    st.integers(1, 999_999),
)
def test_parsing_undoes_building(
    category: str, body: int, province: str, site: int, year: int, level: int, sequence: int
) -> None:
    text = build_certificate_number(category, f"{body:04d}", province, f"{site:06d}", year, level, sequence)
    number = parse_certificate_number(text)
    assert (number.valid, number.kind, number.text) == (True, "level", text)
    assert (number.category, number.body, number.province) == (category, f"{body:04d}", province)
    assert (number.site, number.year) == (f"{site:06d}", year)
    assert (number.level, number.sequence) == (str(level), f"{sequence:06d}")


@pytest.mark.requirement("CRT-01")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sequence": 1_000_000}, "sequence"),
        ({"sequence": 0}, "sequence"),
        ({"year": 1999}, "year"),
        ({"year": 2100}, "year"),
        ({"level": 6}, "level"),
        ({"level": 10}, "shape"),
        ({"category": "J"}, "category"),
        ({"province": "66"}, "province"),
        ({"site": "00001"}, "shape"),
        ({"body": "00000", "site": "00001"}, "shape"),
    ],
)
def test_a_number_that_the_rule_forbids_is_not_built(change: dict[str, object], code: str) -> None:
    parts = {"category": "Y", "body": "0000", "province": "22", "site": "000001", "year": 2026}
    with pytest.raises(NumberRefused) as refused:
        build_certificate_number(**(parts | {"level": 5, "sequence": 1} | change))
    assert refused.value.reason.code == code


@pytest.mark.requirement("CRT-01")
def test_the_last_number_of_a_counter_is_built() -> None:
    assert build_certificate_number("S", "0000", "22", "000123", 2026, 1, 999_999) == "S000022000123261999999"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Y000511110084", []),
        ("y0005 11110085", []),
        ("Y00051111008", ["shape"]),
        ("X000099110084", ["category", "province"]),
    ],
)
def test_a_body_code_is_the_first_thirteen(text: str, codes: list[str]) -> None:
    assert [reason.code for reason in parse_body_code(text)] == codes
