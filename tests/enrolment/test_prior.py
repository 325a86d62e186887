"""A certificate that a candidate states is looked up in the register that is connected."""

import pytest
from django.urls import reverse
from tests.enrolment.people import person
from tests.factories import make_enrolment, make_user

from gongjiang.enrolment import prior

pytestmark = pytest.mark.django_db
NUMBER = "S000022999011185292888"
PAPERS = {"certificate_level": "五级/初级工", "certificate_on": "2018-06-18", "certificate_number": NUMBER}


@pytest.fixture
def held(monkeypatch):
    """Connect a register of one certificate, for this test only."""
    known: dict[tuple[str, str], prior.Registered] = {}
    monkeypatch.setattr(prior, "_look_ups", [lambda number, person_key: known.get((number, person_key))])
    return known


@pytest.mark.requirement("ENR-03")
@pytest.mark.parametrize(
    ("found", "words"),
    [
        (prior.Registered(stands=True, level="5", same_holder=True), "与登记一致"),
        (prior.Registered(stands=False, level="5", same_holder=True), "已登记，但已失效"),
        (prior.Registered(stands=True, level="4", same_holder=True), "登记的持有人或等级不同"),
        (prior.Registered(stands=True, level="5", same_holder=False), "登记的持有人或等级不同"),
        (None, "本平台未登记，请在全国联网查询核对"),
    ],
)
def test_the_reviewer_sees_what_the_register_holds(client, body, batch, clerk, held, found, words):
    enrolment = make_enrolment(batch, clerk, person(0, **PAPERS))
    if found:
        held[NUMBER, enrolment.candidate.person_key] = found
    client.force_login(make_user(body.organisation, "eligibility_reviewer"))

    page = client.get(reverse("enrolment-review", args=[enrolment.pk])).content.decode()

    assert words in page


def test_the_first_register_that_knows_a_number_answers(monkeypatch):
    monkeypatch.setattr(prior, "_look_ups", [])
    known = prior.Registered(stands=True, level="3", same_holder=True)

    def nothing(number: str, person_key: str) -> None:
        return None

    def something(number: str, person_key: str) -> prior.Registered:
        return known

    for look_up in (nothing, something, something):
        prior.register(look_up)

    assert (prior.look_up("x", "y"), len(prior._look_ups)) == (known, 2)
