"""What the shell's templates need: assets that may be absent, addresses that may not exist yet, query strings."""

from datetime import date, datetime
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.template import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import is_aware, localtime

from gongjiang.kernel import access
from gongjiang.kernel.http import actor_of

register = template.Library()


@register.simple_tag
def vendor_css(name: str) -> SafeString:
    """Return the link to a stylesheet fetched at set-up; nothing where it wasn't fetched: pages stand without it."""
    found = _vendor(name)
    return format_html('<link rel="stylesheet" href="{}">', found) if found else SafeString("")


@register.simple_tag
def vendor_js(name: str) -> SafeString:
    """Return the script fetched at set-up; nothing where it wasn't fetched."""
    found = _vendor(name)
    return format_html('<script src="{}" defer></script>', found) if found else SafeString("")


def _vendor(name: str) -> str:
    return static(f"vendor/{name}") if finders.find(f"vendor/{name}") else ""


@register.simple_tag
def url_or_none(name: str, *args: Any) -> str:
    """Return the address of a named page, empty where this site has none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def opened_url(context: Context, name: str, *args: Any) -> str:
    """Return the address of a named page; empty where the reader's roles don't open it."""
    request = context.get("request")
    return access.opened(actor_of(request), name, *args) if request else reverse(name, args=args)


@register.simple_tag(takes_context=True)
def opens(context: Context, url: str) -> bool:
    """Say whether an address is one that the reader's roles open; True where nobody is known to read."""
    request = context.get("request")
    return bool(url) and (request is None or access.opens(actor_of(request), url))


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """Return the page's query string with these values changed; None or '' takes one away."""
    request = context.get("request")
    if request is None:
        return "?"
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = value
    return f"?{query.urlencode()}"


@register.filter
def iso(value: date | datetime | str | None) -> SafeString | str:
    """Return a day or instant as 2025-10-17 or 2025-10-17 09:00 (Asia/Shanghai), in a span that doesn't break."""
    if value is None or value == "":
        return "--"
    if isinstance(value, datetime):
        text = (localtime(value) if is_aware(value) else value).strftime("%Y-%m-%d %H:%M")
    else:
        text = value.isoformat() if isinstance(value, date) else str(value)
    return format_html('<span class="nb">{}</span>', text)


@register.filter
def weekday(value: date) -> str:
    """Return the day of the week in the reader's language."""
    return formats.date_format(value, "D")


@register.filter
def month_day(value: date) -> str:
    """Return a day without its year: 06-23."""
    return value.strftime("%m-%d")


@register.filter
def shown(value: Any) -> Any:
    """Return a plain value as cells show it: days as 2025-10-17, nothing as --, the rest as it is."""
    if value is None or value == "":
        return "--"
    return iso(value) if isinstance(value, date) else value


@register.filter
def at(sequence: Any, index: int) -> Any:
    """Return the item at ``index``; None where the sequence is shorter."""
    return sequence[index] if index < len(sequence) else None


@register.filter
def cell_text(value: Any) -> str:
    """Return the words of a cell, plain or not, for a label."""
    return str(getattr(value, "text", value))


@register.filter
def unlocal(value: float) -> str:
    """Return a number for an SVG attribute, with a point whatever the language."""
    return f"{value:g}"
