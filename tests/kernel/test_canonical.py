"""One text for one value, the same before saving and after loading."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel import canonical

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_it_is_json_of_the_same_value(value):
    assert json.loads(canonical.dumps(value)) == value


@given(st.dictionaries(st.text(), st.integers(), min_size=2))
def test_the_order_of_keys_makes_no_difference(value):
    turned = dict(reversed(list(value.items())))
    assert canonical.dumps(turned) == canonical.dumps(value)


def test_rfc_8785s_own_example_of_ordering():
    keys = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    assert list(json.loads(canonical.dumps(keys)).values()) == [2, 4, 6, 7, 1, 5, 3]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2026, 6, 15, 9, tzinfo=timezone(timedelta(hours=8))), '"2026-06-15T01:00:00.000000+00:00"'),
        (datetime(2026, 6, 15, 1, tzinfo=UTC), '"2026-06-15T01:00:00.000000+00:00"'),
        (date(2026, 6, 15), '"2026-06-15"'),
        (Decimal("58.50"), '"58.5"'),
        (Decimal("60"), '"60"'),
        (Decimal("-0.0"), '"0"'),
        (Decimal("1E+2"), '"100"'),
        (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        ({"b": (1, 2), "a": {"x"}}, '{"a":["x"],"b":[1,2]}'),
        ("丁\u2028", '"丁\u2028"'),
    ],
)
def test_each_kind_has_one_text(value, text):
    assert canonical.dumps(value) == text


@pytest.mark.parametrize("value", [1.5, float("nan"), b"x", object()])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(TypeError):
        canonical.dumps({"a": [value]})
