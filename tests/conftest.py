"""Fixtures for every test. What a machine can't run is left out loudly, never skipped."""

from pathlib import Path

import pytest
from django.utils.translation.reloader import translation_file_changed
from hypothesis import settings
from pytest_django.plugin import DjangoDbBlocker
from scripts.compile_messages import compile_all

# Two workers share two cores with a browser: how long an example takes says nothing.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

pytest_plugins = ["tests.plugins.left_out", "tests.plugins.browser", "tests.plugins.catalogue"]


def pytest_configure(config: pytest.Config) -> None:
    """Compile the messages before anything reads them; the workers find them compiled."""
    if not hasattr(config, "workerinput"):
        compile_all()
        translation_file_changed(None, Path("django.mo"))  # Django was set up before, and has read the old ones


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Load the catalogue into the new database."""
    from tests.plugins.catalogue import load

    load(django_db_blocker)
