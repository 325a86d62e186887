"""The geometry of the pictures: plain numbers for the SVG templates."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import segno
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gongjiang.kernel.pictures import Career, SeatingPlan

SEAT_W, SEAT_H, GAP_X, GAP_Y, LEFT, TOP = 104, 76, 20, 22, 56, 84
LOOKS = ("a", "b", "c", "e", "f", "g")  # patterns of employers; d is for those who came alone
LIFE_WIDTH, LANE, LANES_TOP = 560, 40, 36  # the picture is wider by 40, for the last year


def room(plan: SeatingPlan) -> dict[str, Any]:
    """Return a seating plan's drawing: seats with their places, looks by employer, conflict marks, legend, size."""
    sizes: dict[str, int] = {}
    for seat in plan.seats:
        sizes[seat.group] = sizes.get(seat.group, 0) + 1
    named = sorted((group for group in sizes if group), key=lambda group: (-sizes[group], group))
    looks = {group: LOOKS[n % len(LOOKS)] for n, group in enumerate(named)} | {"": "d"}
    seats = [{"seat": s, "x": seat_x(s.column), "y": seat_y(s.row), "look": looks[s.group]} for s in plan.seats]
    centres = {s.number: (seat_x(s.column) + SEAT_W / 2, seat_y(s.row) + SEAT_H / 2) for s in plan.seats}
    pairs = [(centres[a], centres[b]) for a, b in plan.conflicts if a in centres and b in centres]
    return {
        "seats": seats,
        "clashes": [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairs],
        "legend": [(looks[group], group, sizes[group]) for group in [*named, *([""] if "" in sizes else [])]],
        "width": seat_x(max((s.column for s in plan.seats), default=1)) + SEAT_W + 40,
        "height": seat_y(max((s.row for s in plan.seats), default=1)) + SEAT_H + 40,
    }


def seat_x(column: int) -> int:
    return LEFT + (column - 1) * (SEAT_W + GAP_X)


def seat_y(row: int) -> int:
    return TOP + (row - 1) * (SEAT_H + GAP_Y)


def life(career: Career) -> dict[str, Any]:
    """Return a career's drawing: bars in lanes, marks and year lines, scaled to one width."""
    days = [day for span in career.spans for day in (span.since, span.until)] + [day for day, _ in career.marks]
    if not days:
        return {"spans": [], "marks": [], "years": [], "height": 0, "width": LIFE_WIDTH}
    start, end = date(min(days).year, 1, 1), max(days)
    scale = LIFE_WIDTH / max((end - start).days, 1)

    def place(day: date) -> float:
        return round((day - start).days * scale, 1)

    lanes = _lanes(career)
    step = max(1, (end.year - start.year) // 5)
    return {
        "spans": [
            {"span": s, "x": place(s.since), "w": max(4, place(s.until) - place(s.since)), "y": LANES_TOP + LANE * lane}
            for s, lane in zip(career.spans, lanes, strict=True)
        ],
        "marks": [
            {"x": place(day), "label": text, "day": day, "end": place(day) > LIFE_WIDTH / 2}
            for day, text in career.marks
        ],
        "years": [(year, place(date(year, 1, 1))) for year in range(start.year, end.year + 1, step)],
        "height": LANES_TOP + LANE * (max(lanes, default=0) + 1),
        "width": LIFE_WIDTH,
    }


def _lanes(career: Career) -> list[int]:
    """Return each span's lane, so that none covers another."""
    ends: list[date] = []
    lanes = []
    for span in career.spans:
        free = [n for n, until in enumerate(ends) if until <= span.since]
        lane = free[0] if free and span.kind != "sum" else len(ends)
        if lane == len(ends):
            ends.append(span.until)
        ends[lane] = span.until
        lanes.append(lane)
    return lanes


def bars(counts: Sequence[int], failing: int) -> list[dict[str, Any]]:
    """Return a distribution's bars, 64 high at most; a count above none is never invisible."""
    top = max(counts, default=0) or 1
    heights = [max(2, round(64 * count / top)) if count else 0 for count in counts]
    return [
        {"x": n * 10, "y": 64 - height, "h": height, "fail": n < failing, "count": count}
        for n, (height, count) in enumerate(zip(heights, counts, strict=True))
    ]


def row_marks(total: int, bad: Sequence[int], first: int) -> list[dict[str, Any]]:
    """Return an upload's rows as marks; a long sheet is gathered into 400 of them, each linked to its first bad row."""
    if total <= 0:
        return []
    size = -(-total // 400)
    marked: dict[int, int] = {}
    for number in sorted(bad, reverse=True):
        marked[(number - first) // size] = number
    return [{"bad": marked.get(n), "first": first + n * size} for n in range(-(-total // size))]


def qr_svg(text: str, label: str) -> SafeString:
    """Return a QR code as inline SVG."""
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(scale=4, border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr")
    return mark_safe(drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1))  # nosec B308 B703: drawn by the library, label escaped
