"""A plan is made after an earlier one (feature 20): the days keep their weekdays, what ended is left out."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import at, make_actor, make_batch, make_body, make_tree, make_user
from tests.journeys.conftest import sign_in

from gongjiang.accounts.models import User
from gongjiang.kernel.models import DemoClock
from gongjiang.planning.models import Batch
from gongjiang.planning.own_levels import cells_of
from gongjiang.planning.repeating import DAYS, repeated

pytestmark = pytest.mark.django_db
CELLS = (("6-31-01-03", "4"), ("6-31-01-03", "3"))


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"], scope=CELLS)


@pytest.fixture
def batch(body):
    return make_batch(body, make_actor(body.organisation, "exam_clerk"), lines=CELLS)


def test_it_begins_with_what_the_batch_had_and_days_after_today(body, batch):
    begin = repeated(batch, cells_of(body), date(2026, 6, 1))
    occupation = batch.lines.first().occupation_id
    assert begin["lines"] == [f"{occupation}:4", f"{occupation}:3"]
    assert (begin["title"], begin["site"], begin["fee"]) == (batch.title, batch.site_id, Decimal(430))
    # Seven weeks after Monday 2026-04-13 is the day itself; the eighth is the first that can be announced before.
    assert [begin[name] for name in DAYS] == [
        date(2026, 6, 8), date(2026, 6, 25), date(2026, 7, 25), date(2026, 7, 25),
    ]  # fmt: skip


def test_what_the_body_may_not_plan_any_more_is_left_out(body, batch):
    cells = cells_of(body)
    gone = f"{batch.lines.first().occupation_id}:3"
    left = {key: cell for key, cell in cells.items() if key != gone}
    assert repeated(batch, left, date(2026, 6, 1))["lines"] == list(left)


@given(later=st.integers(-400, 400))
def test_days_keep_distance_and_weekday_and_begin_after_today_at_the_earliest(later):
    plan = Batch(
        title="", enrolment_from=date(2026, 4, 13), enrolment_until=date(2026, 4, 30), exam_from=date(2026, 5, 30),
        exam_until=date(2026, 5, 31),
    )  # fmt: skip
    today = date(2026, 4, 13) + timedelta(days=later)
    plan.pk = 0  # not in the database: it has no lines
    begin = repeated(plan, {}, today)
    found = [begin[name] for name in DAYS]
    assert [day - found[0] for day in found] == [getattr(plan, name) - plan.enrolment_from for name in DAYS]
    assert found[0] > today or found[0] == plan.enrolment_from
    assert [day.weekday() for day in found] == [getattr(plan, name).weekday() for name in DAYS]
    assert found[0] - timedelta(weeks=1) <= today or found[0] == plan.enrolment_from


def test_the_clerk_repeats_a_batch_from_its_page_and_nobody_elses(tree, body, batch):
    DemoClock.objects.create(shift_seconds=int((at("2026-06-01 10:00") - timezone.now()).total_seconds()))
    clerk = User.objects.get(pk=make_user(body.organisation, "exam_clerk").pk)
    client = sign_in(clerk)
    link = f"/batches/new/?after={batch.pk}"
    assert f'href="{link}"' in client.get(f"/batches/{batch.pk}/").content.decode()
    page = client.get(link)
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    assert sent["enrolment_from"] == date(2026, 6, 8)
    made = client.post(link, {key: value for key, value in sent.items() if value not in (None, "")})
    again = Batch.everything.exclude(pk=batch.pk).get()
    assert (made.status_code, made.headers["Location"]) == (302, f"/batches/{again.pk}/")
    assert again.title == batch.title
    assert list(again.lines.values_list("occupation", "level", "fee")) == list(
        batch.lines.values_list("occupation", "level", "fee")
    )
    stranger = make_body(
        tree["jilin_city"], name="样例另一机构", code="S000022999018", credit_code="12100000400000624D"
    )
    other = sign_in(make_user(stranger.organisation, "exam_clerk"))
    assert other.get(link).status_code == 404
