"""A query on a scoped model fails until it was narrowed to an actor; a narrowed one holds nothing foreign."""

import pytest
from django.shortcuts import get_object_or_404
from tests.factories import make_actor, make_body, make_tree

from gongjiang.bodies.models import AssessmentBody, ScopeItem
from gongjiang.kernel.actor import PUBLIC, system
from gongjiang.kernel.scope import ScopeMissing

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("GOV-01")]


@pytest.mark.parametrize(
    "query",
    [
        lambda objects: list(objects.all()),
        lambda objects: objects.get(pk=1),
        lambda objects: objects.first(),
        lambda objects: objects.filter(name="x").count(),
        lambda objects: objects.exists(),
        lambda objects: list(objects.values_list("pk")),
        lambda objects: list(objects.iterator()),
        lambda objects: objects.aggregate(),
        lambda objects: objects.update(name="x"),
        lambda objects: objects.all().delete(),
        lambda objects: objects.in_bulk([1]),
        lambda objects: bool(objects.all() | objects.all()),
        lambda objects: get_object_or_404(AssessmentBody, pk=1),
        lambda objects: objects.unscoped(""),
    ],
)
def test_without_an_actor_every_query_fails(query):
    with pytest.raises(ScopeMissing):
        query(AssessmentBody.objects)


@pytest.fixture
def two():
    tree = make_tree()
    one = make_body(tree["changchun"])
    code, credit_code = "S000022999019", "91440300708461136T"
    return tree, one, make_body(tree["jilin_city"], code=code, credit_code=credit_code, name="吉林刨花（样例）")


def test_each_sees_their_own_part_of_the_tree(two):
    tree, one, other = two
    seen = {
        "own": make_actor(one.organisation, "exam_clerk"),
        "city": make_actor(tree["changchun"], "city_officer"),
        "province": make_actor(tree["province"], "provincial_officer"),
        "centre": make_actor(tree["centre"], "centre_officer"),
        "system": system("test"),
        "public": PUBLIC,
    }
    found = {who: set(AssessmentBody.objects.for_actor(actor)) for who, actor in seen.items()}
    both = {one, other}
    assert found == {
        "own": {one},
        "city": {one},
        "province": both,
        "centre": both,
        "system": both,
        "public": set(),
    }


def test_a_scoped_query_stays_scoped_when_it_is_narrowed_further(two):
    _tree, one, other = two
    own = AssessmentBody.objects.for_actor(make_actor(one.organisation, "exam_clerk"))
    assert own.filter(pk=other.pk).exists() is False
    assert own.filter(pk=one.pk).order_by("name").first() == one


def test_what_hangs_on_a_record_that_was_reached_may_be_read(two):
    _tree, one, other = two
    assert {item.body_id for item in one.scope.all()} == {one.pk}
    prefetched = AssessmentBody.objects.for_actor(system("test")).prefetch_related("scope")
    assert {item.body_id for body in prefetched for item in body.scope.all()} == {one.pk, other.pk}
    with pytest.raises(ScopeMissing):
        ScopeItem.objects.filter(body=one).count()


def test_unscoped_needs_its_reason():
    assert AssessmentBody.objects.unscoped("the public directory").count() == 0
