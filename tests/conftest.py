"""Fixtures for every test. What a machine can't run is left out loudly, never skipped."""

import pytest
from scripts.compile_messages import compile_all

pytest_plugins = ["tests.plugins.left_out", "tests.plugins.browser"]


def pytest_configure(config: pytest.Config) -> None:
    """Compile the messages before anything reads them; the workers find them compiled."""
    if not hasattr(config, "workerinput"):
        compile_all()
