"""Fixtures for every test. What a machine can't run is left out loudly, never skipped."""

pytest_plugins = ["tests.plugins.left_out", "tests.plugins.browser"]
