"""Fixtures for every test. What a machine can't run is left out loudly, never skipped."""

import pytest
from hypothesis import settings
from scripts.compile_messages import compile_all

# Two workers share two cores with a browser: how long an example takes says nothing.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

pytest_plugins = ["tests.plugins.left_out", "tests.plugins.browser"]


def pytest_configure(config: pytest.Config) -> None:
    """Compile the messages before anything reads them; the workers find them compiled."""
    if not hasattr(config, "workerinput"):
        compile_all()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """Load the catalogue once for all tests, and leave no trace of it in the trail."""
    from tests.factories import make_catalogue

    from gongjiang.kernel.models import AuditEntry, ChainHead

    with django_db_blocker.unblock():
        make_catalogue()
        AuditEntry.objects.all().delete()
        ChainHead.objects.all().delete()
