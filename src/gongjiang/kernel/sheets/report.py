"""Give a sheet back with its problems: bad cells red, each with what, why and how to mend it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from gongjiang.kernel.uploads.problems import Problem

from .model import PROBLEM_LIST, Row
from .write import Formats, Target, Worksheet, put_text, workbook

COMMENTS = 5_000
"""So many cells bear a comment; further bad cells are red and stand in the list."""

LIST_HEADINGS = ("原表行号", "本表行号", "列", "问题", "原因", "怎么改")


def write_problem_report(
    target: Target,
    headers: Mapping[str, str],
    rows: Iterable[Row],
    problems: Collection[Problem],
    *,
    title: str = "",
    only_bad: bool = False,
    required: Collection[str] = (),
) -> int:
    """Write the user's rows as they were, the bad cells red and commented, and a list of all problems.

    The first sheet can be mended and imported again: its headings are the template's. `headers` maps
    keys to headings; a problem whose column is no key marks the row's first cell. With `only_bad` the
    sound rows are left out. Gives back how many rows were written.
    """
    by_row = _by_row(problems, tuple(headers))
    written: dict[int, int] = {}
    comments = 0
    with workbook(target, title=title) as book:
        sheet, formats = book.add_worksheet("填写"), Formats(book)
        _write_header(sheet, headers, required, formats)
        for row in rows:
            bad = by_row.get(row.number, {})
            if bad or not only_bad:
                written[row.number] = len(written) + 1
                comments += _write_row(sheet, len(written), tuple(headers), row, bad, formats, comments)
        _write_list(book.add_worksheet(PROBLEM_LIST), headers, problems, written, formats)
    return len(written)


def _by_row(problems: Collection[Problem], keys: Sequence[str]) -> dict[int, dict[str, list[Problem]]]:
    """The problems of each row by column; those of no column stand with the first."""
    found: dict[int, dict[str, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for each in problems:
        if each.row is not None and keys:
            found[each.row][each.column if each.column in keys else keys[0]].append(each)
    return found


def _write_header(sheet: Worksheet, headers: Mapping[str, str], required: Collection[str], formats: Formats) -> None:
    sheet.freeze_panes(1, 0)
    for place, (key, heading) in enumerate(headers.items()):
        sheet.set_column(place, place, max(12, 2 * len(heading) + 4), formats.text)
        shown = heading if key not in required or heading.endswith("*") else heading + "*"
        sheet.write_string(0, place, shown, formats.header)


def _write_row(
    sheet: Worksheet,
    at: int,
    keys: Sequence[str],
    row: Row,
    bad: Mapping[str, list[Problem]],
    formats: Formats,
    comments: int,
) -> int:
    """Write one row; how many comments it got is given back."""
    added = 0
    for place, key in enumerate(keys):
        text, found = row[key].original, bad.get(key, [])
        if found or text:
            put_text(sheet, at, place, text, formats, bad=bool(found))
        if found and comments + added < COMMENTS:
            words = "\n".join(f"{each.what} {each.why} {each.mend}" for each in found)
            sheet.write_comment(at, place, words[:2_000], {"x_scale": 2, "y_scale": 1 + len(found) * 0.5})
            added += 1
    return added


def _write_list(
    sheet: Worksheet,
    headers: Mapping[str, str],
    problems: Collection[Problem],
    written: Mapping[int, int],
    formats: Formats,
) -> None:
    sheet.freeze_panes(1, 0)
    for place, (title, width) in enumerate(zip(LIST_HEADINGS, (10, 10, 18, 40, 48, 48), strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, formats.header)
    for number, each in enumerate(problems, 1):
        if each.row is not None:
            sheet.write_number(number, 0, each.row)
            if each.row in written:
                sheet.write_number(number, 1, written[each.row] + 1)
        told = (headers.get(each.column, each.column), each.what, each.why, each.mend)
        for place, text in enumerate(told, 2):
            if text:
                sheet.write_string(number, place, text, formats.wrapped)
