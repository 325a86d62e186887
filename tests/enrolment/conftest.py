"""A batch open for enrolment, its people, and sheets made on the spot."""

import io
from collections.abc import Callable, Iterable, Mapping

import pytest

from gongjiang.enrolment.columns import CANDIDATE_COLUMNS
from gongjiang.kernel.sheets.write import write_csv, write_table
from gongjiang.planning.actions import announce
from tests.factories import at, make_actor, make_batch, make_body, make_tree
from tests.enrolment.people import OPEN, person

HEADERS = [column.header_zh for column in CANDIDATE_COLUMNS]
KEYS = [column.key for column in CANDIDATE_COLUMNS]


@pytest.fixture(autouse=True)
def _files_aside(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"], scope=(("6-31-01-03", "5"), ("6-31-01-03", "4"), ("6-18-02-04", "5")))


@pytest.fixture
def clerk(body):
    return make_actor(body.organisation, "exam_clerk")


@pytest.fixture
def reviewer(body):
    return make_actor(body.organisation, "eligibility_reviewer")


@pytest.fixture
def batch(body, clerk):
    made = make_batch(body, clerk, lines=(("6-31-01-03", "5"), ("6-31-01-03", "4")))
    announce(actor=clerk, at=at("2026-04-07 09:00"), batch=made)
    return made


def sheet(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return a workbook of the rows; values keep their types, so that a number is a numeric cell."""
    out = io.BytesIO()
    write_table(out, HEADERS, ([row.get(key, "") for key in KEYS] for row in rows))
    return out.getvalue()


def csv_sheet(rows: Iterable[Mapping[str, object]], encoding: str = "utf-8-sig") -> bytes:
    """Return a CSV file of the rows in the encoding."""
    out = io.BytesIO()
    write_csv(out, HEADERS, ([row.get(key, "") for key in KEYS] for row in rows))
    return out.getvalue().decode("utf-8-sig").encode(encoding)
