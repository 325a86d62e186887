"""The catalogue of occupations stands in the database of every test, with no trace in the trail.

It is loaded once, outside any test's transaction. A test with ``transaction=True`` empties every table when it ends,
and tests are handed out by file, so an ordinary one may come after it: the catalogue is then loaded again.
"""

import pytest
from pytest_django.plugin import DjangoDbBlocker

emptied = pytest.StashKey[DjangoDbBlocker]()


def load(blocker: DjangoDbBlocker) -> None:
    """Load the catalogue where it is gone, and clear the trail of it."""
    from tests.factories import make_catalogue

    from gongjiang.kernel.models import AuditEntry, ChainHead

    with blocker.unblock():
        make_catalogue()
        AuditEntry.objects.all().delete()
        ChainHead.objects.all().delete()


def is_transactional(item: pytest.Item) -> bool:
    """Tell whether the tables are emptied after this test."""
    marker = item.get_closest_marker("django_db")
    names = getattr(item, "fixturenames", ())
    return "transactional_db" in names or "live_server" in names or bool(marker and marker.kwargs.get("transaction"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Load the catalogue again for an ordinary test after one that emptied the tables."""
    blocker = item.config.stash.get(emptied, None)
    if blocker is not None and not is_transactional(item):
        load(blocker)
        del item.config.stash[emptied]


@pytest.fixture(autouse=True)
def tell_of_emptying(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> None:
    """Remember that the tables are empty after this test."""
    if is_transactional(request.node):
        request.config.stash[emptied] = django_db_blocker
