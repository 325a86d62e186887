"""What no constraint can say, said to the database: a published standard and a draw once taken stay as they are.

Triggers are dropped before every migration and made anew after it: SQLite rebuilds a table that a migration changes,
and would lose those on it.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connections

VERSION, CRITERION, DRAW = "evaluation_criteriaversion", "evaluation_criterion", "evaluation_draw"
OF_THE_HEAD = ("place_code", "title", "version", "source", "is_demo", "pass_mark", "spread_percent", "since")
COMMITTED = ("evaluation_id", "commitment", "committed_at", "sealed_seed", "algorithm", "size")
TAKEN = ("seed", "public_part", "pool", "exclusions", "result", "reserves", "occupations", "drawn_at", "drawn_by_id")
TRIGGERS = (
    ("criteria_head_stays", "UPDATE", VERSION),
    ("criteria_lines_stay_on_insert", "INSERT", CRITERION),
    ("criteria_lines_stay_on_update", "UPDATE", CRITERION),
    ("draw_stays", "UPDATE", DRAW),
)


def drop(using: str = "default", **_kwargs: Any) -> None:
    """Take the triggers away, whether they are there or not."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, _event, table in TRIGGERS:
            if connection.vendor != "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            elif table in connection.introspection.table_names():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")


def create(using: str = "default", **_kwargs: Any) -> None:
    """Make the triggers, if the tables stand."""
    connection = connections[using]
    if not set(connection.introspection.table_names()) >= {VERSION, CRITERION, DRAW}:
        return
    drop(using)
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for name, event, table in TRIGGERS:
            when, message = _refused(name, "IS DISTINCT FROM" if postgresql else "IS NOT")
            for statement in (_postgresql if postgresql else _sqlite)(name, event, table, when, message):
                cursor.execute(statement)


def _refused(name: str, differs: str) -> tuple[str, str]:
    """Return when a row is refused, and why."""
    if name == "criteria_head_stays":
        changed = _changed((*OF_THE_HEAD, "published_at"), differs)
        return f"OLD.published_at IS NOT NULL AND ({changed})", "a published standard is never edited"
    if name == "draw_stays":
        taken = f"OLD.drawn_at IS NOT NULL AND ({_changed(TAKEN, differs)})"
        aside = "OLD.set_aside_why <> '' AND NEW.set_aside_why <> OLD.set_aside_why"
        return f"{_changed(COMMITTED, differs)} OR {taken} OR {aside}", "a draw is never edited"
    of = "NEW.version_id" if name.endswith("insert") else "NEW.version_id, OLD.version_id"
    published = f"SELECT 1 FROM {VERSION} v WHERE v.id IN ({of}) AND v.published_at IS NOT NULL"  # nosec B608: names of our own tables
    return f"EXISTS ({published})", "a published standard is never edited"


def _changed(columns: Iterable[str], differs: str) -> str:
    # json has no equality in PostgreSQL; as text it has.
    return " OR ".join(f"CAST(NEW.{each} AS text) {differs} CAST(OLD.{each} AS text)" for each in columns)


def _sqlite(name: str, event: str, table: str, when: str, message: str) -> list[str]:
    raised = f"SELECT RAISE(ABORT, '{message}');"
    return [f"CREATE TRIGGER {name} AFTER {event} ON {table} WHEN {when} BEGIN {raised} END"]


def _postgresql(name: str, event: str, table: str, when: str, message: str) -> list[str]:
    raised = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';"
    return [
        f"CREATE OR REPLACE FUNCTION gongjiang_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {when} THEN {raised} END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION gongjiang_{name}()",
    ]
