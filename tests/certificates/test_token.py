"""The token of the QR code: what goes in comes out, and nothing else passes."""

from dataclasses import replace
from datetime import date, timedelta

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.certificates.token import (
    ALPHABET,
    DAY_ZERO,
    BadToken,
    TokenFields,
    decode,
    encode,
    key_id,
    make_token,
    read_token,
    token_digest,
    token_url,
)
from gongjiang.kernel.documents.qr import qr_version

pytestmark = pytest.mark.requirement("CRT-01")

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
KEYS = {key_id(KEY.public_key()): KEY.public_key()}
FIELDS = TokenFields(
    "S000022999017263000118", "甲子安", "229***********9016", "电工", "", "3", "长春榫卯技能评价中心", date(2026, 6, 15)
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(
    st.builds(
        TokenFields,
        number=st.from_regex(r"[YS][0-9]{21}", fullmatch=True) | texts,
        name=texts,
        identity=st.builds(
            "{}{}{}".format, st.text("0123456789", max_size=6), st.just("***"), st.text("0123X", max_size=4)
        ),
        occupation=texts,
        job_type=texts,
        level=st.sampled_from("12345"),
        body=texts,
        issued_on=st.integers(0, 20000).map(lambda days: DAY_ZERO + timedelta(days=days)),
        generation=st.integers(1, 99),
        photo=st.binary(max_size=8),
    )
)
def test_what_goes_in_comes_out(fields):
    assert read_token(token_url("https://h.cn/v", make_token(fields, KEY)), KEYS) == fields


@given(st.binary(max_size=200))
def test_bytes_round_trip_in_the_alphabet(raw):
    assert set(encode(raw)) <= set(ALPHABET)
    assert raw == b"" or decode(encode(raw)) == raw


@given(st.text(ALPHABET, min_size=1, max_size=60))
def test_each_text_stands_for_one_value(text):
    try:
        raw = decode(text)
    except BadToken:
        return
    assert encode(raw) == text


def test_any_flipped_bit_of_the_bytes_is_refused():
    raw = decode(make_token(FIELDS, KEY))
    passed = []
    for place in range(len(raw) * 8):
        held = bytearray(raw)
        held[place // 8] ^= 1 << place % 8
        try:
            read_token(encode(bytes(held)), KEYS)
            passed.append(place)
        except BadToken:
            continue
    assert passed == []


def test_any_changed_character_of_the_text_is_refused():
    token = make_token(FIELDS, KEY)
    passed = []
    for place, char in enumerate(token):
        for other in {char.lower(), chr(ord(char) ^ 1), "0", "%"} - {char}:
            try:
                read_token(token[:place] + other + token[place + 1 :], KEYS)
                passed.append((place, other))
            except BadToken:
                continue
    assert passed == []


def test_another_key_is_unknown_and_another_signature_is_wrong():
    stranger = Ed25519PrivateKey.generate()
    with pytest.raises(BadToken) as unknown:
        read_token(make_token(FIELDS, stranger), KEYS)
    assert (unknown.value.fault, unknown.value.fields) == ("key", FIELDS)
    with pytest.raises(BadToken) as wrong:
        read_token(make_token(FIELDS, stranger), {key_id(stranger.public_key()): KEY.public_key()})
    assert wrong.value.fault == "signature"


@pytest.mark.parametrize("value", [b"", b"x", cbor2.dumps([1, 2]), cbor2.dumps(cbor2.CBORTag(18, [b"", {}, b"", b""]))])
def test_other_bytes_are_no_token(value):
    with pytest.raises(BadToken) as bad:
        read_token(encode(value) or "A", KEYS)
    assert bad.value.fault == "form"


@given(st.binary(max_size=120))
def test_hostile_bytes_raise_nothing_but_bad_token(raw):
    with pytest.raises(BadToken):
        read_token(encode(raw) or "A", KEYS)


def test_a_newer_version_says_so():
    payload = cbor2.dumps([2, "later"])
    protected = cbor2.dumps({1: -8, 4: key_id(KEY.public_key())})
    signature = KEY.sign(cbor2.dumps(["Signature1", protected, b"", payload]))
    with pytest.raises(BadToken) as bad:
        read_token(encode(cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, signature]), canonical=True)), KEYS)
    assert bad.value.fault == "version"


def test_an_open_identity_number_is_never_put_in():
    with pytest.raises(ValueError, match="masked"):
        make_token(replace(FIELDS, identity="229001199001019016"), KEY)


def test_the_code_stays_small_and_each_copy_has_its_own_digest():
    token = make_token(replace(FIELDS, photo=b"12345678"), KEY)
    assert len(token) <= 267
    assert qr_version(token_url("https://verify.example.org.cn/v", token)) <= 11
    again = make_token(replace(FIELDS, photo=b"12345678", generation=2), KEY)
    assert token_digest(token) != token_digest(again)
    assert "甲" not in token
    assert FIELDS.number not in token
