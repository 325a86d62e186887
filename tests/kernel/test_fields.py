"""Identity numbers at rest: unreadable in the table, findable by their blind index, unusable when changed."""

from datetime import date

import pytest
from cryptography.exceptions import InvalidTag
from django.core import serializers
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.enrolment.models import Candidate
from gongjiang.kernel.fields import blind_index, decrypt, encrypt

NUMBER = "229901199003070014"
pytestmark = pytest.mark.requirement("CNF-01")


@given(st.text())
def test_what_was_encrypted_comes_back_and_never_looks_the_same(text):
    one, two = encrypt(text), encrypt(text)
    assert (decrypt(one), decrypt(two)) == (text, text)
    assert one != two


def test_changed_bytes_and_another_key_are_refused(settings):
    blob = encrypt(NUMBER)
    for place in (0, 5, 20, len(blob) - 1):
        changed = bytearray(blob)
        changed[place] ^= 1
        with pytest.raises(InvalidTag):
            decrypt(bytes(changed))
    settings.FIELD_KEY = "ab" * 32
    with pytest.raises(InvalidTag):
        decrypt(blob)


def test_the_blind_index_is_keyed(settings):
    before = blind_index(NUMBER)
    assert before == blind_index(NUMBER)
    assert len(before) == 64
    settings.INDEX_KEY = "ab" * 32
    assert blind_index(NUMBER) != before


@pytest.mark.databases
@pytest.mark.django_db
def test_the_database_holds_no_number_and_a_dump_is_refused():
    born_on = date(1990, 3, 7)
    masked = "229***********0014"
    candidate = Candidate.objects.create(
        identity_kind="resident",
        identity=NUMBER,
        identity_masked=masked,
        person_key=blind_index(NUMBER),
        born_on=born_on,
        sex="m",
    )
    assert Candidate.objects.get(person_key=blind_index(NUMBER)).identity == NUMBER
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM enrolment_candidate")
        row = cursor.fetchone()
        names = [column[0] for column in cursor.description]
    stored = [bytes(value) if isinstance(value, memoryview) else str(value).encode() for value in row]
    assert all(NUMBER.encode() not in value for value in stored)
    blob = row[names.index("identity")]
    assert decrypt(bytes(blob)) == NUMBER
    with pytest.raises(TypeError, match="not serialised"):
        serializers.serialize("json", [candidate])
