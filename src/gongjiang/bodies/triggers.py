"""What no constraint can say, said to the database: terms never overlap, and a published decision stays as it is.

Triggers are dropped before every migration and made anew after it: SQLite rebuilds a table that a migration changes,
and would lose those on it. A term waits for its body's row, so that two transactions can't both find room.
"""

from typing import Any

from django.db import connections

TABLES = {"bodies_assessmentbody", "bodies_filingterm", "bodies_decision"}
FROZEN = (
    "id", "salt", "number", "body_id", "kind", "title", "decided_at", "decided_by", "since", "facts", "cites",
    "letter_number", "document_id", "notice_id", "replaces_id",
)  # fmt: skip
OVERLAP = (
    "EXISTS (SELECT 1 FROM bodies_filingterm t WHERE t.body_id = NEW.body_id AND t.id <> NEW.id"
    " AND t.since < NEW.until AND NEW.since < t.until)"
)
AFTER_THE_END = (
    "EXISTS (SELECT 1 FROM bodies_assessmentbody b WHERE b.id = NEW.body_id AND b.terminated_on < NEW.until)"
)
TERM_LEFT = "EXISTS (SELECT 1 FROM bodies_filingterm t WHERE t.body_id = NEW.id AND t.until > NEW.terminated_on)"
NAMES = {
    "term_apart_on_insert": "bodies_filingterm",
    "term_apart_on_update": "bodies_filingterm",
    "decision_stays": "bodies_decision",
    "end_without_term": "bodies_assessmentbody",
}


def drop(using: str = "default", **_kwargs: Any) -> None:
    """Take the triggers away, whether they are there or not."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, table in NAMES.items():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def create(using: str = "default", **_kwargs: Any) -> None:
    """Make the triggers, if the tables stand."""
    connection = connections[using]
    if not set(connection.introspection.table_names()) >= TABLES:
        return
    drop(using)
    statements = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite() -> list[str]:
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in FROZEN)
    rows = [
        ("term_apart_on_insert", "INSERT ON bodies_filingterm", OVERLAP, "filing terms overlap"),
        ("term_apart_on_update", "UPDATE ON bodies_filingterm", OVERLAP, "filing terms overlap"),
        ("decision_stays", "UPDATE ON bodies_decision", changed, "a decision is never edited"),
        ("end_without_term", "UPDATE ON bodies_assessmentbody", TERM_LEFT, "a term runs past the end"),
    ]
    return [
        # AFTER, where NEW.id is known also on an insert; the statement is undone with the error.
        f"CREATE TRIGGER {name} AFTER {event} WHEN {f'{when} OR {AFTER_THE_END}' if when is OVERLAP else when} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for name, event, when, message in rows
    ]


def _postgresql() -> list[str]:
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in FROZEN)
    lock = "PERFORM 1 FROM bodies_assessmentbody WHERE id = NEW.body_id FOR UPDATE;"
    functions = {
        "gongjiang_terms_apart": (lock, f"{OVERLAP} OR {AFTER_THE_END}", "filing terms overlap"),
        "gongjiang_decision_stays": ("", changed, "a decision is never edited"),
        "gongjiang_end_without_term": ("", TERM_LEFT, "a term runs past the end"),
    }
    made = [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {first} "
        f"IF {when} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "RETURN NEW; END $$"
        for name, (first, when, message) in functions.items()
    ]
    runs = {
        "term_apart_on_insert": ("INSERT", "gongjiang_terms_apart"),
        "term_apart_on_update": ("UPDATE", "gongjiang_terms_apart"),
        "decision_stays": ("UPDATE", "gongjiang_decision_stays"),
        "end_without_term": ("UPDATE", "gongjiang_end_without_term"),
    }
    return made + [
        f"CREATE TRIGGER {name} AFTER {event} ON {NAMES[name]} FOR EACH ROW EXECUTE FUNCTION {function}()"
        for name, (event, function) in runs.items()
    ]
