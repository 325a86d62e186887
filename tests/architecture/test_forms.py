"""What a form shows in a browser's own calendar is a day that the browser can read."""

import importlib
import pkgutil

from django import forms

import gongjiang


def form_classes() -> list[type[forms.BaseForm]]:
    """Return every form of the platform."""
    for module in pkgutil.walk_packages(gongjiang.__path__, "gongjiang."):
        if "forms" in module.name.rsplit(".", 1)[-1] or module.name.endswith(".views_law"):
            importlib.import_module(module.name)
    found, todo = set(), [forms.BaseForm]
    while todo:
        each = todo.pop()
        todo += each.__subclasses__()
        if each.__module__.startswith("gongjiang."):
            found.add(each)
    return sorted(found, key=lambda each: (each.__module__, each.__qualname__))


def test_a_known_day_stands_in_the_browsers_calendar() -> None:
    """A calendar shows nothing but year-month-day; a local form of it would be lost without a word."""
    lost = [
        f"{form.__module__}.{form.__qualname__}.{name}"
        for form in form_classes()
        for name, field in form.base_fields.items()
        if isinstance(field.widget, forms.DateInput)
        and (field.widget.attrs.get("type") == "date" or field.widget.input_type == "date")
        and field.widget.format != "%Y-%m-%d"
    ]

    assert lost == []
