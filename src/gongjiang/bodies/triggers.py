"""What no constraint can say, said to the database: terms never overlap, and a published decision stays as it is.

Triggers are dropped before every migration and made anew after it: SQLite rebuilds a table that a migration changes,
and would lose those on it. A term waits for its body's row, so that two transactions can't both find room.
"""

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import Model

# Published once and for good: only its end may still be set.
FROZEN = {
    "decision_stays": "Decision",
    "rule_stays": "PublishedRule",
    "fee_schedule_stays": "FeeSchedule",
    "fee_item_stays": "FeeItem",
}
OVERLAP = (
    "EXISTS (SELECT 1 FROM bodies_filingterm t WHERE t.body_id = NEW.body_id AND t.id <> NEW.id"
    " AND t.since < NEW.until AND NEW.since < t.until)"
)
AFTER_THE_END = (
    "EXISTS (SELECT 1 FROM bodies_assessmentbody b WHERE b.id = NEW.body_id AND b.terminated_on < NEW.until)"
)
TERM_LEFT = "EXISTS (SELECT 1 FROM bodies_filingterm t WHERE t.body_id = NEW.id AND t.until > NEW.terminated_on)"
STAYS = "what is published is never edited"
ON = {
    "term_apart_on_insert": "bodies_filingterm",
    "term_apart_on_update": "bodies_filingterm",
    "end_without_term": "bodies_assessmentbody",
}


def tables() -> dict[str, str]:
    """Return the table of each trigger."""
    return {**ON, **{name: _model(model)._meta.db_table for name, model in FROZEN.items()}}


def drop(using: str = "default", **_kwargs: Any) -> None:
    """Take the triggers away, whether they are there or not."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name, table in tables().items():
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def create(using: str = "default", **_kwargs: Any) -> None:
    """Make the triggers, if the tables stand."""
    connection = connections[using]
    if not set(connection.introspection.table_names()) >= set(tables().values()):
        return
    drop(using)
    statements = _postgresql() if connection.vendor == "postgresql" else _sqlite()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _model(name: str) -> type[Model]:
    return apps.get_model("bodies", name)


def _changed(name: str, differs: str) -> str:
    """Return the condition that a column other than the end was changed."""
    columns = [field.column for field in _model(name)._meta.concrete_fields if field.name != "until"]
    return " OR ".join(f'NEW."{column}" {differs} OLD."{column}"' for column in columns)


def _sqlite() -> list[str]:
    rows = [
        ("term_apart_on_insert", "INSERT", f"{OVERLAP} OR {AFTER_THE_END}", "filing terms overlap"),
        ("term_apart_on_update", "UPDATE", f"{OVERLAP} OR {AFTER_THE_END}", "filing terms overlap"),
        ("end_without_term", "UPDATE", TERM_LEFT, "a term runs past the end"),
        *((name, "UPDATE", _changed(model, "IS NOT"), STAYS) for name, model in FROZEN.items()),
    ]
    on = tables()
    return [
        # AFTER, where NEW.id is known also on an insert; the statement is undone with the error.
        f"CREATE TRIGGER {name} AFTER {event} ON {on[name]} WHEN {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for name, event, when, message in rows
    ]


def _postgresql() -> list[str]:
    lock = "PERFORM 1 FROM bodies_assessmentbody WHERE id = NEW.body_id FOR UPDATE;"
    apart = (lock, f"{OVERLAP} OR {AFTER_THE_END}", "filing terms overlap")
    rows = {
        "term_apart_on_insert": ("INSERT", *apart),
        "term_apart_on_update": ("UPDATE", *apart),
        "end_without_term": ("UPDATE", "", TERM_LEFT, "a term runs past the end"),
        **{name: ("UPDATE", "", _changed(model, "IS DISTINCT FROM"), STAYS) for name, model in FROZEN.items()},
    }
    on = tables()
    made = []
    for name, (event, first, when, message) in rows.items():
        made += [
            f"CREATE OR REPLACE FUNCTION gongjiang_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {first} "
            f"IF {when} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            "RETURN NEW; END $$",
            f"CREATE TRIGGER {name} AFTER {event} ON {on[name]} FOR EACH ROW EXECUTE FUNCTION gongjiang_{name}()",
        ]
    return made
