"""What a candidate states of career, papers and schooling: kept as plain cells, judged by the law's clauses."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongjiang.enrolment.columns import FACT_HEADINGS, fact_cells
from gongjiang.kernel.sheets.model import Cell, Row
from gongjiang.law.eligibility import RowFacts, facts_from_row

KEYS = {heading: key for key, heading in FACT_HEADINGS.items()}


def stated(row: Row) -> dict[str, str]:
    """Return the facts that a row states, by column key, days as ISO 8601; what isn't stated is left out."""
    told = fact_cells(row)
    return {
        key: value.isoformat() if isinstance(value, date) else str(value)
        for key, heading in FACT_HEADINGS.items()
        if (value := told[heading])
    }


def read_facts(facts: Mapping[str, Any], *, birth_date: date | None) -> RowFacts:
    """Return the law's facts from what :func:`stated` gave; problems name the law's headings (see ``KEYS``)."""
    return facts_from_row(
        {heading: facts[key] for key, heading in FACT_HEADINGS.items() if key in facts}, birth_date=birth_date
    )


def row_of(values: Mapping[str, object], number: int = 1) -> Row:
    """Return a form's values as a row of a sheet, so that both go through the same checks."""
    cells = {}
    for key, value in values.items():
        text = value.isoformat() if isinstance(value, date) else "" if value is None else str(value).strip()
        if text:
            cells[key] = Cell(text)
    return Row(number, cells)
