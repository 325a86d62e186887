"""Enrolment's question to the register: a published certificate only, and only whether it agrees."""

import pytest
from tests.factories import at, make_confirmed_batch

from gongjiang.certificates import actions, held
from gongjiang.certificates.models import Certificate
from gongjiang.enrolment import prior
from gongjiang.enrolment.prior import Registered


@pytest.mark.requirement("ENR-03")
def test_a_stated_certificate_is_known_once_it_is_published(world):
    batch = make_confirmed_batch(world.body, world.clerk, passed=1)
    (made,) = actions.number_certificates(actor=world.clerk, at=at("2026-06-15 10:00"), batch=batch, key="k")
    assert held.registered(made.number, made.person_key) is None

    Certificate.everything.update(state="valid")
    assert prior.look_up(made.number.lower(), made.person_key) == Registered(True, made.level, True)
    assert held.registered(made.number, "another") == Registered(True, made.level, False)

    Certificate.everything.update(state="revoked", revoked_on="2026-07-01", revocation_reason="样例")
    assert held.registered(made.number, made.person_key).stands is False
    assert held.registered("S000022999017264999999", made.person_key) is None
