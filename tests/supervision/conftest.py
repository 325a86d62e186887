import pytest
from django.utils import translation
from tests.factories import make_actor, make_body, make_tree


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def tree(db):
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"])


@pytest.fixture
def other_body(tree):
    return make_body(
        tree["jilin_city"], credit_code="91350100M000100X9H", code="S000022999018", name="吉林墨斗（样例）"
    )


@pytest.fixture
def officer(tree):
    return make_actor(tree["changchun"], "city_officer")


@pytest.fixture
def manager(body):
    return make_actor(body.organisation, "body_manager")
