"""A batch open for enrolment, its clerk and its reviewer."""

import pytest
from tests.factories import make_actor, make_body, make_open_batch, make_tree

LINES = (("6-31-01-03", "5"), ("6-31-01-03", "4"))


@pytest.fixture(autouse=True)
def _files_aside(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"], scope=(*LINES, ("6-18-02-04", "5")))


@pytest.fixture
def clerk(body):
    return make_actor(body.organisation, "exam_clerk")


@pytest.fixture
def reviewer(body):
    return make_actor(body.organisation, "eligibility_reviewer")


@pytest.fixture
def batch(body, clerk):
    return make_open_batch(body, clerk, lines=LINES)
