"""Whatever people try in whatever order: nothing is granted without every step that its place's flow asks for."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import at, make_actor, make_body
from tests.filing.handling import DAYS, STEPS, Office, jilin, settle_panel, submitted, xinzhou
from tests.filing.life import WELDER
from tests.filing_factories import make_application

from gongjiang.filing import actions, flow
from gongjiang.filing.models import Application
from gongjiang.kernel import notices
from gongjiang.kernel.refusal import Refused
from gongjiang.law.places import JILIN_PILOT

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("FIL-06")]
PEOPLE = ("first", "second", "third", "signer", "manager", "approver")


def jilins_first():
    office = jilin()
    return office, *submitted(office)


def jilins_amendment():
    office = jilin()
    return office, *make_application(kind="amendment", body=make_body(office.organisation))


def jilins_addition():
    office = jilin()
    return office, *make_application(kind="addition", body=make_body(office.organisation), cells=[(WELDER, "4")])


def jilins_renewal():
    office = jilin()
    office.signer = make_actor(office.organisation, "city_approver")  # a renewal's letter is the authority's own
    body = make_body(office.organisation, filed_on=date(2023, 9, 1), filed_until=date(2026, 9, 1))
    return office, *make_application(kind="renewal", body=body)


def pilots_first():
    office = jilin("province")
    return office, *submitted(office, body_kind="employer", regime=JILIN_PILOT.code)


def xinzhous_first():
    office = xinzhou()
    return office, *submitted(office)


def xinzhous_employer():
    office = xinzhou()
    return office, *submitted(office, body_kind="employer")


def xinzhous_amendment():
    office = xinzhou(centre=True)
    body = make_body(office.organisation, regime="1409", place_code="1409")
    return office, *make_application(kind="amendment", body=body)


CASES = (
    jilins_first, jilins_addition, jilins_amendment, jilins_renewal, pilots_first,
    xinzhous_first, xinzhous_employer, xinzhous_amendment,
)  # fmt: skip


class Attempt:
    """One application in the hands of people who try things."""

    def __init__(self, office: Office, application: Application, manager) -> None:
        self.application, self.now = application, at(DAYS["accept"])
        role = "provincial_approver" if office.organisation.kind == "province" else "city_approver"
        approver = make_actor(office.organisation, role)
        self.people = {
            "first": office.first, "second": office.second, "third": office.third, "signer": office.signer,
            "manager": manager, "approver": approver,
        }  # fmt: skip

    def tries(self, step: str, who: str, days: int) -> None:
        """Let somebody try a step some days later; what is refused is undone."""
        self.now += timedelta(days=days)
        self.application.refresh_from_db()
        told = {"actor": self.people[who], "at": self.now, "application": self.application}
        with suppress(Refused), transaction.atomic():
            self._do(step, told)
        self.application.refresh_from_db()

    def _do(self, step: str, told: dict) -> None:
        if step == "opinions":
            for item in flow.items_of(self.application, self.now.date()):
                actions.write_opinion(**told, item=item, met=True)
        elif step == "panel" and self.application.evaluation_id:
            settle_panel(self.application, self.now.strftime("%Y-%m-%d %H:%M"))
        elif step == "deliberate":
            actions.deliberate(**told, text="样例：同意", favourable=True)
        elif step == "undertake":
            actions.sign_undertaking(**told, signed_by="甲子春")
        elif step in ACTS:
            ACTS[step](**told)


ACTS = {
    "accept": actions.accept,
    "open": actions.open_evaluation,
    "conclude": actions.conclude_evaluation,
    "post": actions.post_notice,
    "clear": actions.clear,
    "sign": actions.sign_letter,
}
RIGHT = dict.fromkeys(STEPS, "first") | {"deliberate": "second", "undertake": "manager", "sign": "signer"}
# The right way, each step left out, done by somebody, twice, or out of its order; or nothing but tries.
one_step = st.tuples(st.sampled_from(STEPS), st.sampled_from(PEOPLE), st.integers(0, 9))


@st.composite
def attempts(draw):
    way = [(step, RIGHT[step], 9) for step in STEPS]
    for _each in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(way) - 1))
        match draw(st.sampled_from(["drop", "other", "insert", "swap"])):
            case "drop":
                way.pop(place)
            case "other":
                step, _who, days = way[place]
                way[place] = (step, draw(st.sampled_from(PEOPLE)), draw(st.sampled_from([days, 0, 1])))
            case "insert":
                way.insert(place, draw(one_step))
            case "swap":
                other = draw(st.integers(0, len(way) - 1))
                way[place], way[other] = way[other], way[place]
    return way


def assert_nothing_was_left_out(application: Application) -> None:
    plan = {step["key"] for step in application.flow}
    people = [application.accepted_by_id, application.deliberated_by_id, application.signed_by_id]
    assert len({pk for pk in people if pk is not None}) == 3
    day = application.accepted_on
    assert set(flow.items_of(application, day)) == set(application.opinions.values_list("item", flat=True))
    if plan & set(flow.PANEL):
        assert (application.evaluation.state, application.evaluation.verdict) == ("concluded", True)
    if "public_notice" in plan:
        notice = notices.newest_on(application)
        assert notice.working_days >= 5
        assert notice.last_day < application.cleared_on
    if "undertaking" in plan:
        assert application.undertaking_at is not None
    days = [application.accepted_on, application.evaluated_on, application.deliberated_on, application.cleared_on,
            application.decided_on]  # fmt: skip
    assert days == sorted(days)
    steps = {step.key: step.state for step in flow.steps_of(application, application.decided_on)}
    assert set(steps.values()) == {"done"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_the_right_way_is_granted(case):
    attempt = Attempt(*case())
    for step in STEPS:
        attempt.tries(step, RIGHT[step], 9)
    assert attempt.application.state == "filed"
    assert_nothing_was_left_out(attempt.application)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(way=attempts())
def test_no_way_leads_past_a_step(case, way):
    with transaction.atomic():
        attempt = Attempt(*case())
        for step, who, days in way:
            attempt.tries(step, who, days)
        if attempt.application.state == "filed":
            assert_nothing_was_left_out(attempt.application)
        transaction.set_rollback(True)


NEEDED = {"jilins_first": STEPS, "xinzhous_employer": [step for step in STEPS if step != "post"]}


@pytest.mark.parametrize(("case", "left_out"), [(case, step) for case, steps in NEEDED.items() for step in steps])
def test_each_step_left_out_keeps_it_from_being_granted(case, left_out):
    attempt = Attempt(*globals()[case]())
    for step in STEPS:
        if step != left_out:
            attempt.tries(step, RIGHT[step], 9)
    assert attempt.application.state != "filed"
