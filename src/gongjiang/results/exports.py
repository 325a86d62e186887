"""What leaves the building of scores: the user's own sheet with its problems marked."""

import io
from collections.abc import Sequence

from gongjiang.kernel.sheets.report import write_problem_report
from gongjiang.kernel.uploads.problems import Problem
from gongjiang.results.columns import SCORE_COLUMNS
from gongjiang.results.reading import ScoreReading


def problem_report(reading: ScoreReading, problems: Sequence[Problem]) -> bytes:
    """Return the rows as they were given, bad cells red and explained; it can be mended and imported again."""
    out = io.BytesIO()
    headers = {column.key: column.header_zh for column in SCORE_COLUMNS}
    required = {column.key for column in SCORE_COLUMNS if column.required}
    write_problem_report(out, headers, reading.given, problems, title="成绩", required=required)
    return out.getvalue()
