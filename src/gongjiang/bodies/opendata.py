"""The register as open data: each table with its fields explained, as CSV line by line and as JSON.

No personal data: a body's legal representative isn't among the fields.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongjiang.bodies import directory, queries
from gongjiang.bodies.models import AssessmentBody, FeeItem, FilingTerm, PublishedRule, ScopeItem
from gongjiang.kernel.sheets.cells import neutralise

CHUNK = 500
BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a table: its name in the files, what it means, and how it is read from a record on a day."""

    name: str
    about: str | Promise
    read: Callable[[Any, date], object]


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table of open data."""

    name: str
    about: str | Promise
    rows: Callable[[], QuerySet[Any]]
    fields: tuple[Field, ...]

    def records(self, today: date) -> Iterator[dict[str, object]]:
        """Yield the rows as plain values, in chunks from the database."""
        for record in self.rows().iterator(chunk_size=CHUNK):
            yield {field.name: field.read(record, today) for field in self.fields}


def csv_lines(table: OpenTable, today: date) -> Iterator[bytes]:
    """Yield the table as CSV in UTF-8 with a byte order mark, a line at a time; nothing in it can be a formula."""
    yield (BOM + _line(field.name for field in table.fields)).encode()
    for record in table.records(today):
        yield _line(_plain(value) for value in record.values()).encode()


def json_parts(table: OpenTable, today: date) -> Iterator[bytes]:
    """Yield the table as one JSON document: the day, the fields with what they mean, the rows."""
    fields = {field.name: str(field.about) for field in table.fields}
    head = json.dumps({"table": table.name, "as_of": today.isoformat(), "fields": fields}, ensure_ascii=False)
    yield (head[:-1] + ', "rows": [').encode()
    for n, record in enumerate(table.records(today)):
        line = json.dumps({key: _json(value) for key, value in record.items()}, ensure_ascii=False)
        yield ((",\n" if n else "\n") + line).encode()
    yield b"\n]}\n"


def _line(values: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([neutralise(value) for value in values])
    return out.getvalue()


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return " ".join(map(str, value))
    return str(value)


def _json(value: object) -> object:
    return value if value is None or isinstance(value, bool | int | str | list) else str(value)


def _bodies() -> QuerySet[AssessmentBody]:
    return directory.directory().prefetch_related(*queries.STANDING)


def _scope() -> QuerySet[ScopeItem]:
    cells = ScopeItem.objects.unscoped(directory.PUBLIC).select_related("body", "occupation", "site")
    return cells.order_by("body__code", "pk")


def _terms() -> QuerySet[FilingTerm]:
    return FilingTerm.objects.select_related("body", "decision").order_by("body__code", "since")


def _rules() -> QuerySet[PublishedRule]:
    return PublishedRule.objects.select_related("body").order_by("body__code", "kind", "version")


def _fees() -> QuerySet[FeeItem]:
    return FeeItem.objects.select_related("schedule__body", "occupation").order_by("schedule__body__code", "pk")


def _of(path: str) -> Callable[[Any, date], object]:
    """Return a reader of a dotted path."""

    def read(record: Any, _today: date) -> object:
        for step in path.split("."):
            record = getattr(record, step, None)
        return record

    return read


def _fields(*given: tuple[str, str | Promise] | tuple[str, str | Promise, Any]) -> tuple[Field, ...]:
    made = []
    for name, about, *reader in given:
        how = reader[0] if reader else name
        made.append(Field(name, about, _of(how) if isinstance(how, str) else how))
    return tuple(made)


BODY = ("body", _("code of the body, 13 characters"), "body.code")
SINCE = ("since", _("first day in force"))
UNTIL = ("until", _("first day no longer in force; empty is open"))
LETTER = ("letter_number", _("number of the letter"))
TABLES: dict[str, OpenTable] = {
    table.name: table
    for table in (
        OpenTable(
            "bodies",
            _("Assessment bodies ever on file"),
            _bodies,
            _fields(
                ("code", _("code of the body, 13 characters")),
                ("name", _("name")),
                ("credit_code", _("unified social credit code")),
                ("kind", _("employer, college or social")),
                ("authority", _("authority that selected and supervises it"), "authority.name"),
                ("address", _("registered address")),
                ("place_code", _("division of its authority, GB/T 2260 without trailing zeros")),
                ("filing_letter", _("number of the newest filing letter")),
                ("filed_on", _("first day of the newest term")),
                ("filed_until", _("first day after the newest term")),
                ("standing", _("filed, suspended, winding_up, expired or terminated"), queries.standing),
            ),
        ),
        OpenTable(
            "scope",
            _("What may be assessed where"),
            _scope,
            _fields(
                BODY,
                ("occupation_code", _("code of the occupation"), "occupation.code"),
                ("occupation", _("name of the occupation"), "occupation.name"),
                ("level", _("5 lowest to 1 highest; master, chief")),
                ("site", _("exam site"), "site.name"),
                ("division", _("division of the site, six digits"), "site.division"),
                SINCE,
                UNTIL,
            ),
        ),
        OpenTable(
            "terms",
            _("Filing terms"),
            _terms,
            _fields(BODY, SINCE, UNTIL, LETTER, ("rule", _("document it was filed under, where repealed since")),
                    ("decision", _("number of the decision"), "decision.number")),
        ),
        OpenTable(
            "decisions",
            _("Decisions about bodies"),
            directory.decisions,
            _fields(
                ("number", _("permanent number; its page is /decisions/<number>/")),
                BODY,
                ("kind", _("what was decided")),
                ("title", _("title of the document")),
                ("decided_at", _("instant of the decision, ISO 8601")),
                ("decided_by", _("who decided")),
                SINCE,
                UNTIL,
                LETTER,
                ("articles", _("articles it rests on"), "cites"),
                ("standing", _("in_force, coming, objection, replaced or ended"), directory.decision_standing),
                ("replaces", _("number of the decision that it replaces"), "replaces.number"),
            ),
        ),
        OpenTable(
            "rules",
            _("Rules published by bodies"),
            _rules,
            _fields(BODY, ("kind", _("kind of rules")), ("version", _("version, from 1")),
                    ("title", _("title of the document")), SINCE, UNTIL),
        ),
        OpenTable(
            "fees",
            _("Fees published by bodies, in yuan"),
            _fees,
            _fields(
                ("body", _("code of the body, 13 characters"), "schedule.body.code"),
                ("version", _("version of the schedule, from 1"), "schedule.version"),
                ("occupation_code", _("code of the occupation"), "occupation.code"),
                ("level", _("5 lowest to 1 highest; master, chief")),
                ("part", _("theory, practical, review or other")),
                ("amount", _("yuan")),
                ("since", _("first day in force"), "schedule.since"),
                ("until", _("first day no longer in force; empty is open"), "schedule.until"),
            ),
        ),
    )
}  # fmt: skip


def described() -> Iterable[OpenTable]:
    """Return the tables in the order of the page."""
    return TABLES.values()
