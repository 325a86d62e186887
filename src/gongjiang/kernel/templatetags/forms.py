"""Form fields as template tags: label, help and error in our own words, grouped."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect
from django.template import Context

register = template.Library()


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, hint: str = "") -> dict[str, Any]:
    """Show one field: label, hint, input, and its errors beside it, joined to the input for screen readers."""
    widget = bound.field.widget
    group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    return {
        "field": bound,
        "hint": hint or bound.help_text,
        "input": _input(bound),
        "group": group,
        "tick": _tick(bound),
    }


@register.inclusion_tag("parts/fields.html")
def fields(form: BaseForm, *names: str, legend: str = "") -> dict[str, Any]:
    """Show some of a form's fields as a group; all of them, with hidden ones and general errors, if none is named."""
    shown: Sequence[BoundField] = [form[name] for name in names] if names else form.visible_fields()
    return {"form": form, "shown": shown, "legend": legend, "whole": not names}


@register.inclusion_tag("parts/upload.html", takes_context=True)
def upload(
    context: Context, bound: BoundField, title: str, note: str = "", template_url: str = "", template_label: str = ""
) -> dict[str, Any]:
    """Show a place to drop a file on, with what was chosen; a plain file input where JavaScript doesn't run."""
    return {
        "field": bound,
        "title": title,
        "note": note,
        "template_url": template_url,
        "template_label": template_label,
        "input": _input(bound),
    }


def _tick(bound: BoundField) -> bool:
    return isinstance(bound.field.widget, CheckboxInput)


def _input(bound: BoundField) -> str:
    """Return the input's HTML with our class, marked as wrong and described by its error or hint where it has one."""
    widget = bound.field.widget
    attrs: dict[str, Any] = {}
    if not isinstance(widget, RadioSelect | CheckboxSelectMultiple | CheckboxInput | FileInput):
        attrs["class"] = " ".join(filter(None, [widget.attrs.get("class"), "in", "bad" if bound.errors else ""]))
    described = [f"{bound.id_for_label}-hint"] if bound.help_text and bound.id_for_label else []
    if bound.errors and bound.id_for_label:
        attrs["aria-invalid"] = "true"
        described.append(f"{bound.id_for_label}-error")
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return bound.as_widget(attrs=attrs)
