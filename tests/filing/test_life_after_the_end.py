"""After the end: certificates stay valid, the duties go on, by the body or by the authority that took over."""

from datetime import date

import pytest
from django.test import Client
from tests.factories import at, make_actor, make_body, make_certificate, make_tree, make_user
from tests.filing.test_life_termination import close_archives, order

from gongjiang.certificates import queries
from gongjiang.certificates.actions import decide_request, request_reissue, revoke
from gongjiang.certificates.waiting import for_heirs
from gongjiang.filing.actions import life_termination as life
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.planning.models import Batch

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("FIL-09")]
LATER = "2026-09-01 09:00"


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"])


@pytest.fixture
def certificate(body):
    clerk = make_actor(body.organisation, "certificate_clerk", "exam_clerk")
    made = make_certificate(clerk, body)
    Batch.everything.filter(body=body).update(
        state="reported", issued_on=date(2026, 6, 15), reported_on=date(2026, 6, 20)
    )
    return made


@pytest.fixture
def officers(tree):
    return make_actor(tree["changchun"], "city_officer"), make_actor(tree["changchun"], "city_approver")


@pytest.fixture
def ended(tree, body, certificate, officers):
    termination = order(officers[0], body, on="2026-07-01")
    close_archives(make_actor(body.organisation, "body_manager"), termination, on="2026-07-01")
    return life.end(actor=officers[1], at=at("2026-07-02"), termination=termination, decision="样例决 2")


@pytest.fixture
def taken_over(ended, officers):
    return life.hand_over(
        actor=officers[1], at=at("2026-08-01"), termination=ended, evidence="注销登记", decision="样例决 3"
    )


def ask_for_copy(actor, certificate, key: str = "lost-1"):
    return request_reissue(actor=actor, at=at(LATER), certificate=certificate, reason="遗失", key=key)


def test_the_public_finds_the_certificates_of_an_ended_body_valid(ended, certificate):
    found = queries.find(certificate.number, certificate.holder_name)
    assert (found.state, queries.public_status(found, 1)) == ("valid", ("valid", None))
    page = Client().post("/verify/", {"number": certificate.number, "name": certificate.holder_name}, follow=True)
    assert page.status_code == 200
    assert certificate.holder_name in page.content.decode()


def test_the_ended_body_goes_on_replacing_and_revoking(ended, body, certificate):
    clerk, manager = make_actor(body.organisation, "certificate_clerk"), make_actor(body.organisation, "body_manager")
    request = ask_for_copy(clerk, certificate)
    decided = decide_request(actor=manager, at=at(LATER), request=request, approve=True)
    assert decided.state == "approved"
    revoked = revoke(actor=manager, at=at(LATER), certificate=certificate, reason="样例", decision="样例决 9")
    assert revoked.state == "revoked"


@pytest.mark.parametrize("roles", [("city_officer",), ("city_approver",), ("provincial_officer",)])
def test_before_the_hand_over_the_authority_does_not_decide_for_the_body(tree, ended, body, certificate, roles):
    request = ask_for_copy(make_actor(body.organisation, "certificate_clerk"), certificate)
    with pytest.raises(Refused) as refused:
        decide_request(actor=make_actor(tree["changchun"], *roles), at=at(LATER), request=request, approve=True)
    assert refused.value.codes == ("not-the-bearer",)


def test_after_the_hand_over_the_authority_decides_and_the_body_no_more(tree, taken_over, body, certificate):
    officer, approver = make_actor(tree["changchun"], "city_officer"), make_actor(tree["changchun"], "city_approver")
    manager = make_actor(body.organisation, "body_manager")
    with pytest.raises(Refused) as refused:
        ask_for_copy(manager, certificate)
    assert (refused.value.codes, [c.key for c in refused.value.cites]) == (("not-the-bearer",), ["JL-2025-1§12"])
    with pytest.raises(Refused) as refused:
        revoke(actor=manager, at=at(LATER), certificate=certificate, reason="样例", decision="样例决 9")
    assert refused.value.codes == ("not-the-bearer",)

    request = ask_for_copy(officer, certificate)
    assert [item.url for item in for_heirs(approver, date(2026, 9, 1))] == [f"/certificates/requests/{request.pk}/"]
    assert decide_request(actor=approver, at=at(LATER), request=request, approve=True).state == "approved"
    revoked = revoke(actor=approver, at=at(LATER), certificate=certificate, reason="样例", decision="样例决 9")
    assert revoked.state == "revoked"


def test_another_city_inherits_nothing(tree, taken_over, certificate):
    stranger = make_actor(tree["jilin_city"], "city_officer", "city_approver")
    with pytest.raises(Refused) as refused:
        ask_for_copy(stranger, certificate)
    assert refused.value.codes == ("not-the-bearer",)
    assert list(for_heirs(stranger, date(2026, 9, 1))) == []


def test_a_role_without_certificates_asks_for_nothing(taken_over, body, certificate):
    with pytest.raises(NotAllowed):
        ask_for_copy(make_actor(body.organisation, "scorer"), certificate)


def test_the_checklist_and_the_duties_are_on_the_page_for_both_sides(tree, taken_over, body):
    for organisation, role, status in (
        (tree["changchun"], "city_officer", 200),
        (body.organisation, "body_manager", 200),
        (tree["jilin_city"], "city_officer", 404),
    ):
        client = Client()
        client.force_login(make_user(organisation, role))
        assert client.get(f"/terminations/{taken_over.pk}/").status_code == status
