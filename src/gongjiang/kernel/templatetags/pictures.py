"""Pictures as template tags: charts with their tables, seating plans, careers, distributions, tile maps, QR codes."""

import json
from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from gongjiang.kernel.pictures import Career, Chart, SeatingPlan, Tile
from gongjiang.kernel.templatetags import citing, drawing

register = template.Library()
UNSAFE = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


@register.inclusion_tag("parts/chart.html", takes_context=True)
def chart(context: Context, chart: Chart, table_open: bool = False) -> dict[str, Any]:
    """Show a chart and the table beneath it; without JavaScript or ECharts the table stands alone, laid open."""
    series = [{"name": str(s.name), "values": s.values, "role": s.role} for s in chart.series]
    data = {
        "kind": chart.kind,
        "categories": [str(c) for c in chart.categories],
        "series": series,
        "unit": str(chart.unit),
    }
    rows = [(category, [one.values[n] for one in chart.series]) for n, category in enumerate(chart.categories)]
    return {
        "chart": chart,
        "rows": rows,
        "id": citing.next_id(context, "chart"),
        "data": mark_safe(json.dumps(data, ensure_ascii=False).translate(UNSAFE)),  # nosec B308 B703: JSON with <, > and & escaped
        "table_open": table_open,
        "bare": not any(value for one in chart.series for value in one.values),
    }


@register.inclusion_tag("parts/seating.html", takes_context=True)
def seating(context: Context, plan: SeatingPlan) -> dict[str, Any]:
    """Show a room: employers by pattern and colour, pins, moves, conflicts; a table of the same beneath it."""
    return {"plan": plan, "id": citing.next_id(context, "room"), **drawing.room(plan)}


@register.inclusion_tag("parts/career.html")
def career(career: Career) -> dict[str, Any]:
    """Show a working life on a line of years; the same as a list beneath it."""
    return {"career": career, **drawing.life(career)}


@register.inclusion_tag("parts/distribution.html")
def distribution(counts: Sequence[int], label: str, failing: int = 0) -> dict[str, Any]:
    """Show counts as bars; the first ``failing`` of them, below the pass mark, are hatched."""
    return {"bars": drawing.bars(counts, failing), "label": label, "width": len(counts) * 10}


@register.inclusion_tag("parts/gap.html")
def gap(have: float, need: float) -> dict[str, Any]:
    """Show how far something reaches towards what is needed, as a bar with a mark."""
    top = max(have, need) * 1.1 or 1
    return {"have": round(200 * have / top, 1), "need": round(200 * need / top, 1), "met": have >= need}


@register.inclusion_tag("parts/tiles.html")
def tiles(tiles: Sequence[Tile], label: str, unit: str = "") -> dict[str, Any]:
    """Show divisions as tiles, roughly where they lie; it isn't a map."""
    return {"tiles": sorted(tiles, key=lambda each: (each.row, each.column)), "label": label, "unit": unit}


@register.inclusion_tag("parts/row_map.html")
def row_map(total: int, bad: Sequence[int], first: int = 2, label: str = "") -> dict[str, Any]:
    """Show the rows of an upload as a strip, those with problems marked and linked to ``#row-N``."""
    return {"marks": drawing.row_marks(total, bad, first), "label": label, "first": first, "last": first + total - 1}


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    """Return a QR code as SVG, with what it leads to as its name for screen readers."""
    return drawing.qr_svg(text, label)
