"""Each condition of an applicant cites the item in which it stands, in every document that lists conditions."""

import pytest

from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.law.places import CHINA, JILIN, JILIN_PILOT, XINZHOU
from gongjiang.law.rules import DOCUMENTS

LISTS = {"JL-2025-1": JILIN, "JL-2019-133": JILIN_PILOT, "XZ-2024-2": XINZHOU, "MOHRSS-2020-17": CHINA}


@pytest.mark.requirement("FIL-02")
@pytest.mark.parametrize("key", LISTS)
def test_what_is_asked_item_by_item_is_what_is_asked_in_all(key) -> None:
    own = {p.kind: p for p in ask.CONDITION_ASKED.provisions if p.document.key == key}
    listed = [p for p in ask.APPLICANT_CONDITIONS.provisions if p.document.key == key]
    assert set(own) == {condition for provision in listed for condition in provision.value}
    assert {cite.document for provision in own.values() for cite in provision.cites} == {DOCUMENTS[key]}
    assert all(Citation.parse(cite).words() for provision in own.values() for cite in provision.keys)


@pytest.mark.requirement("FIL-10")
def test_conditions_of_an_addition_cite_their_items() -> None:
    own = {p.kind: p.keys for p in ask.ADDITION_CONDITION_ASKED.provisions}
    assert set(own) == set(ask.ADDITION_CONDITIONS.provisions[0].value)
    assert (own["coverage"], own["item_bank"], own["own_venue"]) == (
        ["XZ-2024-2§24(1)"],
        ["XZ-2024-2§24(2)"],
        ["XZ-2024-2§24(3)"],
    )
