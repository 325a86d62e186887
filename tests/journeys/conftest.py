"""A body with its people, another city's body with records of every kind, and the platform's clock."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.enrolment.people import person, sheet, upload
from tests.factories import (
    at,
    make_actor,
    make_arranged_batch,
    make_body,
    make_certificates,
    make_confirmed_batch,
    make_noticed_batch,
    make_open_batch,
    make_tree,
    make_user,
)

from gongjiang.accounts.queries import actor_for
from gongjiang.certificates import actions as certificates
from gongjiang.kernel.models import DemoClock
from gongjiang.kernel.roles import BODY_ROLES
from gongjiang.reports import actions as reports
from gongjiang.results import actions as results
from gongjiang.results.models import Result

BACKEND = "django.contrib.auth.backends.ModelBackend"
FOREIGN = "吉林墨斗职业学校（样例）"


@pytest.fixture(autouse=True)
def _aside(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    cache.clear()


@pytest.fixture
def tree(db):
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"])


@pytest.fixture
def foreign_body(tree):
    return make_body(
        tree["jilin_city"],
        name=FOREIGN,
        credit_code="12100000400000624D",
        code="S000022999018",
        place_code="2202",
        regime="2202",
    )


@pytest.fixture
def set_clock(db) -> Callable[[str], None]:
    """Return a way to set the platform's clock to an instant such as ``2026-06-17 10:24``."""

    def set_to(text: str) -> None:
        DemoClock.objects.get_or_create(id=1)
        DemoClock.objects.update(shift_seconds=int((at(text) - timezone.now()).total_seconds()) + 1)

    return set_to


def sign_in(user) -> Client:
    """Return a browser in which the user is signed in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def candidate_user(enrolment):
    """Give the enrolment's candidate an account."""
    user = make_user_without_roles(enrolment.name)
    user.person_key = enrolment.candidate.person_key
    user.save()
    return user


def make_user_without_roles(name: str):
    """Return somebody who holds no role anywhere."""
    from gongjiang.accounts.models import User

    return User.objects.create_user(username=f"nobody-{User.objects.count()}", display_name=name)


@pytest.fixture
def foreign(foreign_body):
    """Everything that a body of another city can have on record, made as of the middle of June."""
    organisation = foreign_body.organisation
    user = make_user(organisation, *BODY_ROLES, name="外市经办人")
    clerk = actor_for(user, on=date(2026, 6, 1))
    issued = make_certificates(make_confirmed_batch(foreign_body, clerk, passed=2, start=700), clerk)
    request = certificates.request_reissue(
        actor=clerk, at=at("2026-06-16 09:00"), certificate=issued[0], reason="遗失", key="foreign"
    )
    package = reports.prepare_report(actor=clerk, at=at("2026-06-16 10:00"), batch=issued[0].batch)
    noticed = make_noticed_batch(foreign_body, title="外市公示批次")
    result = Result.everything.filter(enrolment__batch=noticed).first()
    objection = results.object_to_result(
        actor=clerk, at=at("2026-06-16 11:00"), result=result, text="请复核外市成绩。", key="foreign"
    )
    arranged = make_arranged_batch(foreign_body, released=True, title="外市编排批次")
    opened = make_open_batch(foreign_body, clerk, title="外市报名批次")
    run = upload(clerk, opened, sheet([person(1), person(2, phone="1")]))
    return SimpleNamespace(
        body=foreign_body,
        user=user,
        clerk=clerk,
        batches=[issued[0].batch, noticed, arranged, opened],
        certificate=issued[0],
        request=request,
        package=package,
        result=result,
        sheet=noticed.score_sheets.first(),
        objection=objection,
        enrolment=result.enrolment,
        arranged=arranged,
        run=run,
    )


@pytest.fixture
def clerk_of_all(body):
    """Somebody with every role of the first body, so that only the scope keeps them from others' records."""
    return make_user(body.organisation, *BODY_ROLES, name="本市经办人")


@pytest.fixture
def staff(body):
    """One actor for each role of the body."""
    return {role: make_actor(body.organisation, role) for role in BODY_ROLES}
