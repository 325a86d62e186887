"""Self-checks: a body publishes what it found when it looked at itself."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from tests.factories import at, make_actor, make_user

from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.supervision.actions import publish_self_check
from gongjiang.supervision.models import SelfCheck

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("GOV-08")]


def publish(actor, body, **changes) -> SelfCheck:
    told = {"checked_on": date(2026, 6, 1), "items": ["fees", "rules"], "problems": "", "measures": "", **changes}
    return publish_self_check(actor=actor, at=at("2026-06-02 09:00"), body=body, **told)


@pytest.mark.parametrize("role", ["body_manager", "internal_supervisor"])
def test_a_self_check_is_published_once_a_day_in_the_laws_order(body, role):
    actor = make_actor(body.organisation, role)
    check = publish(actor, body)
    assert (check.items, check.in_order) == (["rules", "fees"], True)
    assert AuditEntry.objects.get(action="self_check.publish").cites == ["MOHRSS-2020-17§24"]
    with pytest.raises(Refused) as refused:
        publish(actor, body, items=["marking"])
    assert refused.value.codes == ("checked-already",)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"items": []}, "no-items"),
        ({"items": ["weather"]}, "no-items"),
        ({"checked_on": date(2026, 6, 3)}, "checked-later"),
        ({"problems": "监控有死角。"}, "no-measures"),
        ({"problems": "长" * 4001, "measures": "整改。"}, "too-long"),
    ],
)
def test_what_doesnt_fit_isnt_published(body, manager, changes, code):
    with pytest.raises(Refused) as refused:
        publish(manager, body, **changes)
    assert refused.value.codes == (code,)
    assert not SelfCheck.everything.exists()


def test_nobody_publishes_for_another_body(other_body, manager, officer):
    for actor in (manager, officer):
        with pytest.raises(NotAllowed):
            publish(actor, other_body)


def test_problems_without_measures_dont_stand_in_the_database(body, manager):
    check = publish(manager, body, problems="监控有死角。", measures="六月底前补装。")
    assert not check.in_order
    with pytest.raises(IntegrityError), transaction.atomic():
        SelfCheck.everything.update(measures="")


def test_the_form_publishes(body):
    client = Client()
    client.force_login(make_user(body.organisation, "internal_supervisor"))
    told = {"checked_on": "2020-01-02", "items": ["room_order", "staff"], "problems": "", "measures": ""}
    assert client.post(reverse("self-check-new"), {**told, "items": []}).status_code == 400
    assert client.post(reverse("self-check-new"), told)["Location"] == reverse("own-supervision")
    assert SelfCheck.everything.get().items == ["room_order", "staff"]
    assert "2020-01-02" in client.get(reverse("own-supervision")).content.decode()
