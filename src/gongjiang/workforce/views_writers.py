"""Item writers under their code names, and the page of somebody on a staff list."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.kernel.identity import reveal_url
from gongjiang.kernel.parts import Act, Cell, Column, Event, Row, Table
from gongjiang.kernel.timeline import timeline_for
from gongjiang.workforce import actions, queries_register, tables
from gongjiang.workforce.actions import WriterSpec
from gongjiang.workforce.forms import AgreementForm, DayForm, TaskForm, WriterForm
from gongjiang.workforce.models import ItemWriter, WriterTask
from gongjiang.workforce.rules_writers import agreement_on
from gongjiang.workforce.views import form_page

WRITER_READERS = ("body_manager", "centre_officer", "provincial_officer")
WRITER_KEEPERS = ("body_manager", "centre_officer")
HIDDEN = "＊＊＊"


@require_GET
@requires(*WRITER_READERS)
def writer_list(request: HttpRequest) -> HttpResponse:
    """The item writers by code name, with their agreement and open tasks."""
    writers = list(queries_register.writers_for(request.actor))
    n = len(writers)
    may = request.actor.has(*WRITER_KEEPERS)
    context = {
        "position": ngettext("%(n)s item writer, by code name", "%(n)s item writers, by code name", n) % {"n": n},
        "lead": _("Who they are is shielded; only the centre's officer can have it shown, for a purpose on record."),
        "lead_cite": "JL-2024-5§33",
        "table": _writers_table(writers, request.today),
        "acts": [Act(_("Register"), reverse("writer-new"), look="primary", icon="plus")] if may else [],
    }
    return render(request, "workforce/list.html", context)


def _writers_table(writers: list[ItemWriter], today: date) -> Table:
    rows = []
    for writer in writers:
        agreement = agreement_on(writer, today)
        held = Cell(agreement.until, state="ok") if agreement else Cell(_("none in force"), state="no")
        open_tasks = sum(task.done_on is None for task in writer.tasks.all())
        rows.append(
            Row(
                (
                    Cell(writer.code_name, sub=writer.home.name, url=reverse("writer", args=[writer.pk])),
                    Cell(writer.occupation.name, sub=tables.levels_text(writer.highest_level)),
                    held,
                    writer.ethics_on or Cell(_("none"), state="no"),
                    open_tasks,
                )
            )
        )
    columns = (
        Column(_("Code name")),
        Column(_("Occupation and levels")),
        Column(_("Agreement until")),
        Column(_("Trained in ethics on")),
        Column(_("Open tasks"), numeric=True),
    )
    return Table(_("Item writers"), columns, tuple(rows), empty=_("Item writers appear here once one is registered."))


@sensitive_post_parameters("name", "identity")
@require_http_methods(["GET", "POST"])
@requires(*WRITER_KEEPERS)
def writer_new(request: HttpRequest) -> HttpResponse:
    """Register an item writer with the agreement that was signed."""
    home = queries_register.own_home(request.actor)
    if home is None:
        raise Http404("no list")
    form = WriterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        spec = WriterSpec(**form.cleaned_data)
        writer = actions.register_writer(actor=request.actor, at=request.now, home=home, writer=spec)
        messages.success(request, _("Registered as %(code)s.") % {"code": writer.code_name})
        return redirect("writer", pk=writer.pk)
    lead = _("Name and number are encrypted and don't appear on any page again.")
    back = reverse("writer-list")
    title = _("Register an item writer")
    return form_page(request, form, title, back, button=_("Register"), lead=lead, cite="JL-2024-5§33")


@require_GET
@requires(*WRITER_READERS)
def writer(request: HttpRequest, pk: int) -> HttpResponse:
    """An item writer by code name: agreements, training in ethics, tasks."""
    found = _writer(request, pk)
    shows = request.actor.has("centre_officer")
    agreement = agreement_on(found, request.today)
    shielded = [
        (_("Name"), Cell(identity=HIDDEN, reveal_url=reveal_url(found, "name")) if shows else HIDDEN),
        (_("Identity number"), Cell(identity=HIDDEN, reveal_url=reveal_url(found, "identity")) if shows else HIDDEN),
    ]
    own = request.actor.has(*WRITER_KEEPERS) and found.home_id == request.actor.organisation_id
    context = {
        "writer": found,
        "crumbs": [(_("Item writers"), reverse("writer-list")), (found.code_name, "")],
        "facts": [
            *shielded,
            (_("Occupation"), found.occupation.name, tables.levels_text(found.highest_level)),
            (_("Registered by"), found.home.name),
            (_("Agreement until"), agreement.until if agreement else Cell(_("none in force"), state="no")),
            (_("Trained in ethics on"), found.ethics_on or Cell(_("none"), state="no")),
        ],
        "agreements": list(found.agreements.all()),
        "tasks": list(found.tasks.all()),
        "own": own,
        "next": _next(found) if own else [],
        "events": [
            Event(item.at, item.what, item.who, item.why, item.cites, item.kind) for item in timeline_for(found)
        ],
    }
    return render(request, "workforce/writer.html", context)


def _next(writer: ItemWriter) -> list[Act]:
    return [
        Act(_("Give a task"), reverse("writer-task", args=[writer.pk]), look="primary"),
        Act(_("Enter an agreement"), reverse("writer-agreement", args=[writer.pk])),
        Act(_("Record training in ethics"), reverse("writer-ethics", args=[writer.pk])),
    ]


@require_http_methods(["GET", "POST"])
@requires(*WRITER_KEEPERS)
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a further agreement."""
    return _form(request, pk, AgreementForm(request.POST or None), _("Enter an agreement"), actions.sign_agreement)


@require_http_methods(["GET", "POST"])
@requires(*WRITER_KEEPERS)
def ethics(request: HttpRequest, pk: int) -> HttpResponse:
    """Record training in professional ethics."""
    return _form(request, pk, DayForm(request.POST or None), _("Record training in ethics"), actions.record_ethics)


@require_http_methods(["GET", "POST"])
@requires(*WRITER_KEEPERS)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a task."""
    return _form(request, pk, TaskForm(request.POST or None), _("Give a task"), actions.give_task)


def _form(request: HttpRequest, pk: int, form: Any, title: str, action: Callable[..., Any]) -> HttpResponse:
    found = _writer(request, pk)
    if request.method == "POST" and form.is_valid():
        action(actor=request.actor, at=request.now, writer=found, **form.cleaned_data)
        messages.success(request, f"{found.code_name}: {title}")
        return redirect("writer", pk=pk)
    back = reverse("writer", args=[pk])
    return form_page(request, form, title, back, button=title, lead=found.code_name, cite="JL-2024-5§33")


@require_POST
@requires(*WRITER_KEEPERS)
def task_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a task as done."""
    writers = queries_register.writers_for(request.actor)
    found = WriterTask.objects.filter(pk=pk, writer__in=writers).select_related("writer__home").first()
    if found is None:
        raise Http404(pk)
    actions.settle_task(actor=request.actor, at=request.now, task=found)
    return redirect("writer", pk=found.writer_id)


def _writer(request: HttpRequest, pk: int) -> ItemWriter:
    found = queries_register.writers_for(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found
