"""Whatever happens to a filing in whatever order, its terms never overlap and none runs past its end."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import at, make_body, make_tree
from tests.filing.life import application

from gongjiang.bodies import actions as register
from gongjiang.bodies.actions import Ruling
from gongjiang.bodies.models import AssessmentBody
from gongjiang.filing.actions.life_renewal import grant_renewal
from gongjiang.filing.effects_life import next_term
from gongjiang.kernel.actor import system
from gongjiang.kernel.refusal import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("FIL-06", "FIL-08")]
BOT = system("test")
ACTS = st.lists(st.tuples(st.sampled_from(["renew", "renew", "wind_up", "end"]), st.integers(0, 900)), max_size=6)


@pytest.fixture
def body(db):
    return make_body(make_tree()["changchun"])


def do(act: str, body: AssessmentBody, asked, day: date) -> None:
    ruling = Ruling("样例", "样例长春市人社局", day, letter_number="样例")
    told = {"actor": BOT, "at": at(f"{day:%Y-%m-%d} 09:00")}
    if act == "renew":
        asked.body = body
        _since, until = next_term(body, day)
        grant_renewal(**told, application=asked, ruling=ruling, until=until)
    elif act == "wind_up":
        register.begin_winding_up(**told, body=body, ruling=ruling)
    else:
        register.end_filing(**told, body=body, kind="voluntary", ruling=ruling)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_terms_never_overlap_in_any_order_of_acts(body, acts):
    from django.db import transaction

    with transaction.atomic():
        asked, day = application(body, "renewal", state="submitted"), date(2026, 1, 5)
        for act, later in acts:
            day += timedelta(days=later)
            try:
                do(act, AssessmentBody.everything.get(pk=body.pk), asked, day)
            except Refused:
                continue
        kept = AssessmentBody.everything.get(pk=body.pk)
        terms = [(term.since, term.until) for term in kept.terms.order_by("since")]
        assert all(first[1] <= second[0] for first, second in pairwise(terms))
        assert all(since < until for since, until in terms)
        if kept.terminated_on:
            assert all(until <= kept.terminated_on for _since, until in terms)
        transaction.set_rollback(True)
