"""What must be true before the platform starts: each problem with the way to mend it."""

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

KEYS = {"FIELD_KEY": "gongjiang demo field key", "INDEX_KEY": "gongjiang demo index key"}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something unsafe: what, and how to mend it. ``fatal`` keeps the platform from starting."""

    what: str
    mend: str
    code: str
    fatal: bool = True

    def __str__(self) -> str:
        return f"{'✗' if self.fatal else '!'} {self.what}\n  → {self.mend}"


def settings_problems(conf: Any = settings) -> list[Problem]:
    """Return what is unsafe in the settings of production; the other modes are for trying only."""
    if not conf.PRODUCTION:
        return []
    found = [*_key_problems(conf)]
    if conf.DEBUG:
        found.append(Problem("DEBUG is on", "remove GONGJIANG_DEBUG", "kernel.E004"))
    if not conf.ALLOWED_HOSTS or "*" in conf.ALLOWED_HOSTS:
        found.append(Problem("no host names are set, or any is allowed", "set GONGJIANG_ALLOWED_HOSTS", "kernel.E005"))
    if not conf.PUBLIC_URL.startswith("https://"):
        found.append(
            Problem(
                "the public address isn't https",
                "set GONGJIANG_PUBLIC_URL to https://…: QR codes carry it",
                "kernel.E006",
            )
        )
    return found


def _key_problems(conf: Any) -> Iterable[Problem]:
    how = "set GONGJIANG_{0} to the output of: python3 -c 'import secrets; print(secrets.token_hex(32))'"
    secret = _secret(conf)
    if len(secret) < 50 or secret.startswith("demo-"):
        yield Problem("SECRET_KEY is missing, short or the demo's", how.format("SECRET_KEY"), "kernel.E001")
    for name, code in (("FIELD_KEY", "kernel.E002"), ("INDEX_KEY", "kernel.E003")):
        key = getattr(conf, name)
        if not _is_hex32(key) or key == demo_key(name):
            yield Problem(f"{name} is missing, not 32 bytes in hexadecimal, or the demo's", how.format(name), code)
    if conf.FIELD_KEY and conf.FIELD_KEY == conf.INDEX_KEY:
        yield Problem("FIELD_KEY and INDEX_KEY are one key", "make two", "kernel.E007")


def _secret(conf: Any) -> str:
    try:
        return str(conf.SECRET_KEY)
    except ImproperlyConfigured:  # Django's own complaint about an empty one; ours says how to mend it
        return ""


def demo_key(name: str) -> str:
    """Return the key that the demo uses under this setting's name."""
    return hashlib.sha256(KEYS[name].encode()).hexdigest()


def _is_hex32(text: str) -> bool:
    try:
        return len(bytes.fromhex(text)) == 32
    except ValueError:
        return False


def signing_key_problems(conf: Any = settings) -> list[Problem]:
    """Return what is wrong with production's signing keys: missing, readable by others, or the demo's."""
    if not conf.PRODUCTION:
        return []
    from gongjiang.kernel import keys

    return [Problem(what, mend, "kernel.E008") for what, mend in keys.problems()]


def database_problems(alias: str = "default") -> list[Problem]:
    """Return what is unsafe in how the database runs: acknowledged must mean durable."""
    connection = connections[alias]
    try:
        if connection.vendor == "sqlite":
            return _sqlite_problems(connection)
        return _postgres_problems(connection)
    except DatabaseError as error:
        return [Problem(f"the database can't be reached: {error}", "check GONGJIANG_DATABASE_URL", "kernel.E020")]


def _sqlite_problems(connection: BaseDatabaseWrapper) -> list[Problem]:
    found = []
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    in_memory = "mode=memory" in str(connection.settings_dict["NAME"]) or connection.settings_dict["NAME"] == ":memory:"
    if in_memory:
        del wanted["journal_mode"]
    for name, value in wanted.items():
        is_now = _one(connection, f"PRAGMA {name}")
        if is_now != value:
            found.append(Problem(f"SQLite runs with {name}={is_now}", f"use {name}={value}", "kernel.E010"))
    if _one(connection, "PRAGMA busy_timeout") < 30_000:
        found.append(Problem("SQLite's busy timeout is under 30 s", "use busy_timeout=30000", "kernel.E011"))
    if connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        found.append(Problem("SQLite begins transactions deferred", "set transaction_mode to IMMEDIATE", "kernel.E012"))
    return found


def _postgres_problems(connection: BaseDatabaseWrapper) -> list[Problem]:
    found = [
        Problem(f"PostgreSQL runs with {name}=off", f"set {name}=on in postgresql.conf", "kernel.E013")
        for name in ("fsync", "full_page_writes", "synchronous_commit")
        if _one(connection, f"SHOW {name}") == "off"
    ]
    if _one(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
        found.append(
            Problem(
                "the platform connects as a PostgreSQL superuser",
                "give it a role of its own without UPDATE, DELETE and TRUNCATE on the audit trail",
                "kernel.W014",
                fatal=False,
            )
        )
    return found


def _one(connection: BaseDatabaseWrapper, sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def demo_problems(conf: Any = settings) -> list[Problem]:
    """Return the traces of a demo in a database that production is to run on."""
    if not conf.PRODUCTION:
        return []
    from gongjiang.kernel.models import Checkpoint, DemoClock

    try:
        demo = DemoClock.objects.exists() or Checkpoint.objects.filter(key_id__startswith="demo-").exists()
    except DatabaseError:
        return [Problem("the tables are missing", "run: gongjiang manage migrate", "kernel.E021")]
    way = "use a fresh database: demo records must never become real ones"
    return [Problem("the database is a demo's", way, "kernel.E015")] if demo else []


def problems() -> list[Problem]:
    """Return everything unsafe, fatal or not."""
    found = [*settings_problems(), *signing_key_problems()]
    on_database = database_problems()
    unreachable = any(problem.code == "kernel.E020" for problem in on_database)
    return [*found, *on_database, *([] if unreachable else demo_problems())]


def require_safe() -> None:
    """Stop the program with every problem listed and how to mend it; warnings are printed and let through.

    :raises SystemExit: with code 1, if anything fatal was found.
    """
    found = problems()
    for problem in found:
        print(problem, file=sys.stderr)
    if any(problem.fatal for problem in found):
        raise SystemExit(1)


@checks.register(checks.Tags.security, deploy=True)
def check_settings(**kwargs: Any) -> list[checks.CheckMessage]:
    """Django's own check command shows the same problems."""
    return [checks.Error(p.what, hint=p.mend, id=p.code) for p in settings_problems()]


@checks.register(checks.Tags.database)
def check_database(databases: Iterable[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Checked when a command asks for the database checks (migrate does)."""
    found = [problem for alias in databases or [] for problem in database_problems(alias)]
    return [(checks.Error if p.fatal else checks.Warning)(p.what, hint=p.mend, id=p.code) for p in found]
