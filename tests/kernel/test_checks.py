"""Production refuses to start unsafe; each problem comes with the way to mend it."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from gongjiang.config.environment import database
from gongjiang.kernel import checks

SAFE = {
    "PRODUCTION": True,
    "DEBUG": False,
    "SECRET_KEY": "s" * 64,
    "FIELD_KEY": "a1" * 32,
    "INDEX_KEY": "b2" * 32,
    "ALLOWED_HOSTS": ["pingjia.example"],
    "PUBLIC_URL": "https://pingjia.example",
}


def codes(**changed):
    return [problem.code for problem in checks.settings_problems(SimpleNamespace(**{**SAFE, **changed}))]


def test_safe_settings_have_no_problem():
    assert codes() == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"SECRET_KEY": ""}, ["kernel.E001"]),
        ({"SECRET_KEY": "demo-" + "x" * 60}, ["kernel.E001"]),
        ({"FIELD_KEY": ""}, ["kernel.E002"]),
        ({"FIELD_KEY": checks.demo_key("FIELD_KEY")}, ["kernel.E002"]),
        ({"FIELD_KEY": "zz" * 32}, ["kernel.E002"]),
        ({"INDEX_KEY": checks.demo_key("INDEX_KEY")}, ["kernel.E003"]),
        ({"INDEX_KEY": SAFE["FIELD_KEY"]}, ["kernel.E007"]),
        ({"DEBUG": True}, ["kernel.E004"]),
        ({"ALLOWED_HOSTS": []}, ["kernel.E005"]),
        ({"ALLOWED_HOSTS": ["*"]}, ["kernel.E005"]),
        ({"PUBLIC_URL": "http://pingjia.example"}, ["kernel.E006"]),
        ({"PUBLIC_URL": "", "DEBUG": True}, ["kernel.E004", "kernel.E006"]),
    ],
)
def test_each_unsafe_setting_is_named(changed, expected):
    assert codes(**changed) == expected


def test_the_demo_keys_are_the_ones_that_the_settings_use(settings):
    assert (checks.demo_key("FIELD_KEY"), checks.demo_key("INDEX_KEY")) == (settings.FIELD_KEY, settings.INDEX_KEY)


def start(tmp_path, **environment):
    code = "import django; django.setup(); from gongjiang.kernel.checks import require_safe; require_safe()"
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "DJANGO_SETTINGS_MODULE": "gongjiang.config.settings",
        "GONGJIANG_DATA_DIR": str(tmp_path),
        **environment,
    }
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, cwd=tmp_path)


def test_production_without_settings_doesnt_start_and_lists_everything(tmp_path):
    run = start(tmp_path)
    assert run.returncode == 1
    for words in ("SECRET_KEY", "FIELD_KEY", "INDEX_KEY", "GONGJIANG_ALLOWED_HOSTS", "GONGJIANG_PUBLIC_URL"):
        assert words in run.stderr
    assert "gongjiang keys init" in run.stderr
    assert "gongjiang manage migrate" in run.stderr


def test_the_demo_starts(tmp_path):
    run = start(tmp_path, GONGJIANG_MODE="demo")
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, []),
        ({"init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"}, ["E010"]),
        ({"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"}, ["E010"]),
        ({"timeout": 5, "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"}, ["E011"]),
        ({"transaction_mode": "DEFERRED"}, ["E012"]),
    ],
)
def test_each_unsafe_way_to_run_sqlite_is_named(tmp_path, options, expected):
    from django.db import ConnectionHandler

    entry = database(f"sqlite://{tmp_path / 'probe.sqlite3'}")
    entry["OPTIONS"] |= options
    connection = ConnectionHandler({"default": entry})["default"]
    try:
        found = checks._sqlite_problems(connection)
    finally:
        connection.close()
    assert [problem.code.removeprefix("kernel.") for problem in found] == expected


class FakePostgres:
    """Answers SHOW and the role question as a server with these settings would."""

    def __init__(self, **settings):
        self.settings = settings

    def cursor(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None

    def execute(self, sql):
        self.asked = sql

    def fetchone(self):
        if self.asked.startswith("SHOW "):
            return (self.settings.get(self.asked.removeprefix("SHOW "), "on"),)
        return (self.settings.get("superuser", False),)


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        ({}, []),
        ({"fsync": "off"}, [("kernel.E013", True)]),
        ({"full_page_writes": "off", "synchronous_commit": "off"}, [("kernel.E013", True)] * 2),
        ({"superuser": True}, [("kernel.W014", False)]),
    ],
)
def test_each_unsafe_way_to_run_postgresql_is_named(server, expected):
    found = checks._postgres_problems(FakePostgres(**server))
    assert [(problem.code, problem.fatal) for problem in found] == expected


@pytest.mark.django_db
def test_a_demos_database_is_refused_in_production():
    from gongjiang.kernel.models import DemoClock

    conf = SimpleNamespace(**SAFE)
    assert checks.demo_problems(conf) == []
    DemoClock.objects.create(shift_seconds=60)
    assert [problem.code for problem in checks.demo_problems(conf)] == ["kernel.E015"]
