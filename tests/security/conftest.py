"""The world of tests/security, built once a module and undone after it."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from tests.security import world as worlds


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[worlds.World]:
    """One world for a module: each test's own transaction lies inside of it."""
    folder = tmp_path_factory.mktemp("world")
    outer = transaction.atomic()
    outer._from_testcase = True
    kept = override_settings(FILES_DIR=folder / "files", KEYS_DIR=folder / "keys")
    with django_db_blocker.unblock(), kept, outer:
        yield worlds.build()
        transaction.set_rollback(True)
