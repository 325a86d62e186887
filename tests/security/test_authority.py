"""Who selected a body supervises it, and nobody beside (谁遴选谁监管)."""

import pytest
from django.test import Client
from tests.factories import make_body, make_tree, make_user

from gongjiang.bodies.models import Suspension
from gongjiang.bodies.queries import bodies_for, body_for
from gongjiang.kernel.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("GOV-02")]
DECISION = {"decision": "样例决定〔2026〕1 号", "reason": "样例"}


@pytest.fixture
def tree():
    return make_tree()


def signed_in(organisation, role):
    client = Client()
    client.force_login(make_user(organisation, role))
    return client


def test_only_the_authority_that_selected_a_body_and_those_above_suspend_it(tree):
    body = make_body(tree["changchun"])
    url = f"/bodies/{body.pk}/suspend/"
    assert signed_in(tree["jilin_city"], "city_officer").post(url, DECISION).status_code == 404
    assert signed_in(tree["changchun"], "supervisor").post(url, DECISION).status_code == 403
    assert signed_in(tree["centre"], "centre_officer").post(url, DECISION).status_code == 403
    assert Suspension.objects.count() == 0
    refused = AuditEntry.objects.filter(outcome="refused").values_list("action", flat=True)
    assert sorted(refused) == ["request.body-suspend", "request.body-suspend", "scope.not_found"]
    assert signed_in(tree["changchun"], "city_officer").post(url, DECISION).status_code == 302
    assert Suspension.objects.get().body == body


def test_a_body_carries_the_authority_that_selected_it(tree):
    from tests.factories import make_actor

    body = make_body(tree["changchun"])
    assert body.organisation.parent == tree["changchun"]
    assert body.organisation.path == f"{tree['changchun'].path}{body.organisation.pk}/"
    assert list(bodies_for(make_actor(tree["changchun"], "city_officer"))) == [body]
    assert list(bodies_for(make_actor(tree["jilin_city"], "city_officer"))) == []
    assert body_for(make_actor(body.organisation, "body_manager"), body.pk) == body
