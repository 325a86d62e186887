import pytest
from tests.factories import make_actor, make_body, make_noticed_batch, make_tree


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"])


@pytest.fixture
def staff(body):
    """One actor per role of the body."""
    roles = ("exam_clerk", "scorer", "body_manager", "assessor", "certificate_clerk")
    return {role: make_actor(body.organisation, role) for role in roles}


@pytest.fixture
def noticed(body):
    return make_noticed_batch(body)
