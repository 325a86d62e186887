"""The parts of every page as template tags: icons, citations, deadlines, steps, timelines, tables, forms.

Each tag is given plain data (``gongjiang.kernel.parts``); the look is in templates/parts/. This library is a builtin:
pages need no ``{% load %}``. Pictures and the shell's tags live in their own files and are registered here.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.template import Context
from django.template.base import render_value_in_context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from gongjiang.kernel.parts import Act, BadRow, Check, Choice, Deadline, Event, Step, Table, WorkGroup, cells_of
from gongjiang.kernel.refusal import Ground, Refused
from gongjiang.kernel.templatetags import citing, forms, pictures, shell
from gongjiang.kernel.templatetags.icons import ICONS

register = template.Library()
for library in (citing.register, forms.register, pictures.register, shell.register):
    register.tags.update(library.tags)
    register.filters.update(library.filters)

UNFOLDED = 12  # acts of a timeline; a wall of them hides the newest
STATE_ICONS = {"ok": "check", "no": "x", "wait": "hour", "go": "arrow", "na": "dash"}
CHIP_ICONS = {"done": "check", "prov": "half", "over": "alert", "soon": "hour", "far": "clock", "near": "clock"}


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Return one of our own icons, hidden from screen readers: a word beside it says the same. ``size``: 20 or 28."""
    css = f"i i{size}" if size else "i"
    drawing = mark_safe(ICONS[name])  # nosec B308 B703: our own table of drawings
    return format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', css, drawing)


@register.simple_tag
def state_badge(kind: str, label: str) -> SafeString:
    """Show a state in icon, word and colour. ``kind``: ok, no, wait, go or na."""
    return format_html('<span class="state {}">{}{}</span>', kind, icon(STATE_ICONS[kind]), label)


@register.inclusion_tag("parts/deadline.html", takes_context=True)
def deadline(context: Context, due: Deadline | None) -> dict[str, Any]:
    """Show a deadline chip; opened, it shows each day counted or not, and the rule. Nothing where there's none."""
    if due is None:
        return {"due": None}
    return {"due": due, "icon": CHIP_ICONS[due.kind], "id": citing.next_id(context, "due"), **_shared(context)}


@register.inclusion_tag("parts/deadline_open.html", takes_context=True)
def deadline_open(context: Context, due: Deadline, title: str, opens: str = "") -> dict[str, Any]:
    """Show a deadline laid open on the page under a heading; ``opens`` says what the day after it permits."""
    return {"due": due, "title": title, "opens": opens, "icon": CHIP_ICONS[due.kind], **_shared(context)}


@register.inclusion_tag("parts/stepbar.html")
def stepbar(steps: Sequence[Step], label: str = "") -> dict[str, Any]:
    """Show where a batch or filing stands, each step with its date."""
    return {"steps": steps, "label": label}


@register.inclusion_tag("parts/stepbar_small.html")
def stepbar_small(steps: Sequence[Step]) -> dict[str, Any]:
    """Show the same in a line of small marks, said in words for those who don't see it."""
    now = next((n for n, step in enumerate(steps, 1) if step.state in ("now", "late")), 0)
    return {"steps": steps, "number": now, "now": steps[now - 1] if now else None, "total": len(steps)}


@register.inclusion_tag("parts/timeline.html", takes_context=True)
def timeline(context: Context, items: Iterable[Event]) -> dict[str, Any]:
    """Show what happened to a record, newest first: when, who, what, why, by which article; the oldest folded away."""
    every = list(items)
    shown = len(every) if len(every) <= UNFOLDED + 2 else UNFOLDED
    return {"items": every[:shown], "older": every[shown:], **_shared(context)}


@register.inclusion_tag("parts/refusal.html", takes_context=True)
def refusal(context: Context, refused: Refused | Sequence[Ground], asked: str = "") -> dict[str, Any]:
    """Show a refusal in three parts; given bare grounds, ``asked`` names what was or would be asked."""
    shown = refused if isinstance(refused, Refused) else Refused(asked, refused)
    return {"refused": shown, **_shared(context)}


@register.inclusion_tag("parts/checks.html", takes_context=True)
def checks(context: Context, items: Sequence[Check], title: str) -> dict[str, Any]:
    """Show the conditions of an act with what is met; those unmet stand first."""
    ordered = sorted(items, key=lambda each: (each.met is not False, each.met is None))
    met = sum(each.met is not False for each in items)
    return {"items": ordered, "title": title, "met": met, "total": len(items), **_shared(context)}


@register.inclusion_tag("parts/facts.html", takes_context=True)
def facts(context: Context, pairs: Iterable[Sequence[Any]], columns: int = 1) -> dict[str, Any]:
    """Show facts as (label, value) or (label, value, note); a value may be a Cell. ``columns``: 1 or 2."""
    rows = [(pair[0], pair[1], pair[2] if len(pair) > 2 else "") for pair in pairs]
    return {"rows": rows, "two": columns == 2, **_shared(context)}


@register.inclusion_tag("parts/work_queue.html", takes_context=True)
def work_queue(
    context: Context, groups: Sequence[WorkGroup], choices: Sequence[Choice] = (), more: str = "", more_url: str = ""
) -> dict[str, Any]:
    """Show what waits for me, soonest first, in groups; only the first item's button is the primary one."""
    shown = [group for group in groups if group.items]
    return {"groups": shown, "choices": choices, "more": more, "more_url": more_url, **_shared(context)}


@register.inclusion_tag("parts/table.html", takes_context=True)
def table(context: Context, table: Table, page: Any = None) -> dict[str, Any]:
    """Show a table with filter, sort, bulk action and export; ``page`` is a Django Page for the pagination under it."""
    return {"table": table, "page": page, "id": citing.next_id(context, "table"), **_shared(context)}


@register.simple_tag(takes_context=True)
def cell(context: Context, value: Any) -> SafeString:
    """Show a value or a Cell as tables and facts do.

    A list of thirty rows has hundreds of them: words, badges and links are written here, the rest by the template.
    """
    if not hasattr(value, "reveal_url"):
        return _shown(value, context)
    if value.due or value.identity or value.steps or value.act or value.cites:
        held = {"value": value, **_shared(context)}
        part = context.template.engine.get_template("parts/cell.html")  # type: ignore[union-attr]
        return part.render(context.new(held))
    if value.state:
        text = state_badge(value.state, value.text)
    elif value.url:
        text = format_html('<a href="{}">{}</a>', value.url, _shown(value.text, context))
    else:
        text = _shown(value.text, context)
    return format_html('{}<span class="sub">{}</span>', text, value.sub) if value.sub else text


def _shown(value: Any, context: Context) -> SafeString:
    return mark_safe(render_value_in_context(shell.shown(value), context))  # nosec B308 B703: it escapes


@register.inclusion_tag("parts/segment.html")
def segment(choices: Sequence[Choice], label: str) -> dict[str, Any]:
    """Show a segmented filter of links, one of them current."""
    return {"choices": choices, "label": label}


@register.inclusion_tag("parts/pagination.html", takes_context=True)
def pagination(context: Context, page: Any) -> dict[str, Any]:
    """Show where in a Django Page one is, with links that keep the query string."""
    numbers = page.paginator.get_elided_page_range(page.number) if page else ()
    return {"page": page, "numbers": numbers, "request": context.get("request")}


@register.inclusion_tag("parts/masked.html", takes_context=True)
def masked(context: Context, number: str, reveal_url: str = "") -> dict[str, Any]:
    """Show a masked identity number; 'show' asks for a purpose and posts it to ``reveal_url``."""
    return {"number": number, "reveal_url": reveal_url, "id": citing.next_id(context, "show"), **_shared(context)}


@register.inclusion_tag("parts/acts.html", takes_context=True)
def acts(context: Context, items: Iterable[Act]) -> dict[str, Any]:
    """Show buttons in a row: one primary, closed ones dashed with what would make them possible."""
    return {"items": items, **_shared(context)}


@register.inclusion_tag("parts/next_acts.html", takes_context=True)
def next_acts(context: Context, items: Iterable[Act]) -> dict[str, Any]:
    """Show what can be done next as a list, each with its note and deadline."""
    return {"items": items, **_shared(context)}


@register.inclusion_tag("parts/progress.html")
def progress(
    label: str, done: int, total: int, note: str = "", poll_url: str = "", cancel_url: str = ""
) -> dict[str, Any]:
    """Show how far a job is; ``poll_url`` is asked each second where JavaScript runs."""
    return {"label": label, "done": done, "total": total, "note": note, "poll_url": poll_url, "cancel_url": cancel_url}


@register.inclusion_tag("parts/problem_rows.html", takes_context=True)
def problem_rows(context: Context, columns: Sequence[str], rows: Iterable[BadRow]) -> dict[str, Any]:
    """Show the rows of an upload that have problems, each problem in its cell."""
    shown = [(row.number, cells_of(row, columns)) for row in rows]
    return {"columns": columns, "rows": shown, **_shared(context)}


def _shared(context: Context) -> dict[str, Any]:
    """Return what every part may need of the page around it."""
    return {name: context.get(name) for name in ("request", "csrf_token", "LANGUAGE_CODE")}
