"""Numbers beyond the five levels: two letters and twenty digits, split as a place says (CAT-03, CRT-02)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.law.codes import NumberRefused, SpecialRule

pytestmark = pytest.mark.requirement("CAT-03")
FORM = "YTBBBBPPSSSSSSyyLNNNNN"
CODE = "Y000022999021"


def test_a_number_says_what_it_was_made_of():
    rule = SpecialRule(FORM, "7")

    number = rule.build(CODE, 2026, 18)

    assert number == "YT00002299902126700018"
    read = rule.parse(number)
    assert (read.valid, read.kind, read.category, read.body, read.province) == (True, "special", "YT", "0000", "22")
    assert (read.site, read.year, read.level, read.sequence) == ("999021", 2026, "7", "00018")
    assert rule.agrees(number, CODE, 2026)
    assert [rule.agrees(*told) for told in ((number, CODE, 2025), (number, "Y000022999022", 2026))] == [False, False]


@pytest.mark.parametrize(
    ("form", "code"),
    [("YTBBBPPSSSSSSyyLNNNNNN", CODE), ("YTPPSSSSSSyyLNNNNNNNNN"[:22], CODE)],
)
def test_a_shorter_part_keeps_its_last_digits(form, code):
    if form.count("N") > 7:
        with pytest.raises(ValueError, match="no form"):
            SpecialRule(form, "1")
        return
    assert SpecialRule(form, "1").build(code, 2026, 1) == "YT00022999021261000001"


def test_a_digit_that_would_be_lost_is_refused():
    with pytest.raises(NumberRefused, match="no room for 1204"):
        SpecialRule("YTBBBPPSSSSSSyyLNNNNNN", "1").build("Y120422999021", 2026, 1)


@pytest.mark.parametrize(("form", "digit"), [("", "1"), (FORM, ""), (FORM[:-1], "1"), ("yt" + FORM[2:], "1")])
def test_what_is_no_form_makes_no_rule(form, digit):
    with pytest.raises(ValueError, match="no form"):
        SpecialRule(form, digit)


def test_the_sequence_ends():
    rule = SpecialRule(FORM, "1")

    assert rule.last_sequence == 99_999
    for sequence in (0, 100_000):
        with pytest.raises(NumberRefused):
            rule.build(CODE, 2026, sequence)


@given(st.integers(1, 99_999), st.integers(2019, 2099), st.integers(0, 9), st.integers(0, 999_999))
def test_every_number_is_read_back(sequence, year, digit, site):
    rule = SpecialRule(FORM, str(digit))
    code = f"Y000022{site:06d}"

    number = rule.build(code, year, sequence)
    read = rule.parse(number)

    assert (len(number), read.year, read.level, int(read.sequence)) == (22, year, str(digit), sequence)
    assert rule.agrees(number, code, year)
