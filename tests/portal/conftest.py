"""A small world on 2026-06-17: two cities, a body in each, batches at several steps, a candidate with an account."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.factories import (
    at,
    make_actor,
    make_arranged_batch,
    make_batch,
    make_body,
    make_certificates,
    make_confirmed_batch,
    make_noticed_batch,
    make_tree,
    make_user,
)

from gongjiang.accounts.models import User
from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel.models import DemoClock
from gongjiang.planning import actions as planning


def set_clock(text: str) -> None:
    """Make the platform's clock stand at ``2026-06-17 10:24`` for this test."""
    DemoClock.objects.get_or_create(id=1)
    DemoClock.objects.update(shift_seconds=int((at(text) - timezone.now()).total_seconds()) + 1)


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def tree(db):
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"])


@pytest.fixture
def other_body(tree):
    return make_body(
        tree["jilin_city"],
        name="吉林墨斗职业学校（样例）",
        credit_code="91350100M000200Y4T",
        code="S000022999018",
        place_code="2202",
        regime="2202",
        filed_until=date(2026, 8, 31),
    )


def candidate_account(enrolment: Enrolment) -> User:
    """Give the enrolment's candidate an account."""
    user = User.objects.create_user(username=f"candidate{enrolment.pk}", password="joiner-and-seal-1")
    user.display_name, user.person_key = enrolment.name, enrolment.candidate.person_key
    user.save()
    return user


@pytest.fixture
def world(tree, body, other_body):
    """Batches: announced, arranged and released, on notice, issued (report overdue); another body's on notice."""
    clerk = make_actor(body.organisation, "exam_clerk", "certificate_clerk")
    announced = make_batch(
        body,
        clerk,
        on="2026-06-01 09:00",
        title="2026 年第 4 批",
        enrolment_from=date(2026, 6, 8),
        enrolment_until=date(2026, 6, 26),
        exam_from=date(2026, 7, 18),
        exam_until=date(2026, 7, 18),
    )
    planning.announce(actor=clerk, at=at("2026-06-02 09:00"), batch=announced)
    issued = make_confirmed_batch(body, clerk, passed=2, start=400, title="2026 年第 1 批")
    certificates = make_certificates(issued, clerk)
    noticed = make_noticed_batch(body, title="2026 年第 2 批")
    foreign = make_noticed_batch(other_body, title="外市的批次")
    set_clock("2026-06-17 10:24")
    return SimpleNamespace(
        tree=tree,
        body=body,
        other_body=other_body,
        clerk=clerk,
        announced=announced,
        issued=issued,
        certificates=certificates,
        noticed=noticed,
        foreign=foreign,
        enrolment=Enrolment.everything.filter(batch=noticed).order_by("pk").first(),
    )


@pytest.fixture
def sign_in(client: Client) -> Callable[..., Client]:
    """Return a way to sign somebody with roles in: ``sign_in(organisation, "exam_clerk")``."""

    def signed(organisation: object, *roles: str) -> Client:
        client.force_login(make_user(organisation, *roles), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed


@pytest.fixture
def released(body):
    """A batch whose arrangement is released."""
    return make_arranged_batch(body, released=True)
