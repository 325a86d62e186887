"""Pages of the expert pool: the list, the coverage, an expert's record, the sheet, the expert's own entry."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gongjiang.accounts.models import Organisation
from gongjiang.accounts.permissions import requires
from gongjiang.evaluation import actions, queries, tables_pool
from gongjiang.evaluation.expert_sheet import EXPERT_COLUMNS
from gongjiang.evaluation.forms_pool import AccountForm, EndForm, ExpertForm, SheetForm, TieForm
from gongjiang.evaluation.models import Expert
from gongjiang.evaluation.permissions import EXPERT, KEEPERS, READERS
from gongjiang.kernel import files, settings_of_place
from gongjiang.kernel.parts import Act, Choice, Event
from gongjiang.kernel.sheet_rows import SheetRefused
from gongjiang.kernel.sheets.model import required_keys
from gongjiang.kernel.sheets.report import write_problem_report
from gongjiang.kernel.sheets.write import write_template
from gongjiang.kernel.timeline import timeline_for

PAGE = 50
SHOWS = ("ready", "not", "all")


@require_GET
@requires(*READERS)
def expert_list(request: HttpRequest) -> HttpResponse:
    """The pool, by who can be drawn today, with a search by name, employer or occupation."""
    found = queries.experts_for(request.actor).select_related("organisation").prefetch_related("fields__occupation")
    show = request.GET.get("show") if request.GET.get("show") in SHOWS else "all"
    able = queries.experts_for(request.actor).filter(queries.ready(request.today)).count()
    total = queries.experts_for(request.actor).count()
    page = Paginator(_searched(_shown(found, show, request), request.GET.get("q", "")), PAGE)
    shown = page.get_page(request.GET.get("page"))
    may = request.actor.has(*KEEPERS)
    context = {
        "table": tables_pool.experts_table(shown, request.today),
        "page": shown,
        "total": total,
        "able": able,
        "q": request.GET.get("q", ""),
        "show": show,
        "choices": [
            Choice(_("All"), "?show=all", show == "all", total),
            Choice(_("Can be drawn"), "?show=ready", show == "ready", able),
            Choice(_("Can't be drawn"), "?show=not", show == "not", total - able),
        ],
        "acts": _list_acts() if may else [Act(_("Coverage"), reverse("expert-coverage"))],
    }
    return render(request, "evaluation/experts.html", context)


def _list_acts() -> list[Act]:
    return [
        Act(_("Import the expert sheet"), reverse("expert-import"), look="primary", icon="up"),
        Act(_("Enter an expert"), reverse("expert-new"), icon="plus"),
        Act(_("Coverage"), reverse("expert-coverage")),
    ]


def _shown(found: QuerySet[Expert], show: str | None, request: HttpRequest) -> QuerySet[Expert]:
    if show == "ready":
        return found.filter(queries.ready(request.today))
    return found.exclude(queries.ready(request.today)) if show == "not" else found


def _searched(found: QuerySet[Expert], text: str) -> QuerySet[Expert]:
    if not text.strip():
        return found
    return found.filter(queries.matches(text.strip())).distinct()


@require_GET
@requires(*READERS)
def coverage(request: HttpRequest) -> HttpResponse:
    """How many experts can be drawn for each occupation, and where there are too few."""
    pks = queries.experts_for(request.actor).values_list("pk", flat=True)
    rows = queries.coverage(pks, request.today)
    place = request.actor.place_code or "00"
    size = int(settings_of_place.setting("evaluation.panel_size", place=place, day=request.today).value)
    context = {
        "rows": rows,
        "scarce": sum(1 for row in rows if row[2] < size),
        "size": size,
        "chart": tables_pool.coverage_chart(rows) if rows else None,
        "table": tables_pool.coverage_table(rows, size),
        "crumbs": _crumbs(_("Coverage")),
    }
    return render(request, "evaluation/coverage.html", context)


@require_GET
@requires(*READERS)
def expert(request: HttpRequest, pk: int) -> HttpResponse:
    """An expert: the term, what he or she can judge, what ties to whom, the panels so far."""
    shown = _expert(request, pk)
    acts = []
    if request.actor.has(*KEEPERS):
        acts = [
            Act(_("Change the entry"), reverse("expert-edit", args=[pk])),
            Act(_("Enter a tie"), reverse("expert-tie", args=[pk])),
            Act(_("End the term"), reverse("expert-end", args=[pk])),
        ]
        if shown.user_id is None:
            acts.insert(0, Act(_("Open an account"), reverse("expert-account", args=[pk]), icon="key"))
    events = [Event(item.at, item.what, item.who, item.why, item.cites, item.kind) for item in timeline_for(shown)]
    context = {
        **_record(request, shown, own=False),
        "crumbs": _crumbs(shown.name),
        "next": acts,
        "events": events,
        "panels": shown.panels.select_related("evaluation").order_by("-pk")[:20],
    }
    return render(request, "evaluation/expert.html", context)


@require_http_methods(["GET", "POST"])
@requires(EXPERT)
def own(request: HttpRequest) -> HttpResponse:
    """The expert's own entry, and where he or she declares what ties to an organisation."""
    shown = queries.experts_for(request.actor).select_related("organisation", "user").first()
    if shown is None:
        raise Http404("no entry in a pool")
    form = TieForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.declare_tie(actor=request.actor, at=request.now, expert=shown, tie=form.spec())
        messages.success(request, _("The tie is declared; you won't be drawn for this organisation."))
        return redirect("expert-own")
    return render(request, "evaluation/own.html", {**_record(request, shown, own=True), "form": form})


@require_http_methods(["GET", "POST"])
@requires(*KEEPERS)
def new(request: HttpRequest) -> HttpResponse:
    """Enter one expert."""
    pools = queries.pools_of(request.actor)
    form = ExpertForm(pools, request.POST or None)
    if request.method == "POST" and form.is_valid():
        pool: Organisation = form.cleaned_data["pool"]
        actions.enter_experts(actor=request.actor, at=request.now, organisation=pool, specs=[form.spec()])
        messages.success(request, _("The expert stands in the pool."))
        return redirect("expert-list")
    return _form(request, form, _("Enter an expert"), reverse("expert-list"))


@require_http_methods(["GET", "POST"])
@requires(*KEEPERS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring an expert's entry up to date."""
    shown = _expert(request, pk)
    initial = {name: getattr(shown, name) for name in ExpertForm.base_fields if hasattr(shown, name)}
    initial["occupations"] = "、".join(field.occupation.code for field in shown.fields.select_related("occupation"))
    form = ExpertForm((), request.POST or None, expert=shown, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.enter_experts(actor=request.actor, at=request.now, organisation=shown.organisation, specs=[form.spec()])
        messages.success(request, _("The entry is up to date."))
        return redirect("expert", pk=pk)
    return _form(request, form, _("Change the entry of %(name)s") % {"name": shown.name}, reverse("expert", args=[pk]))


@require_http_methods(["GET", "POST"])
@requires(*KEEPERS)
def tie(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what ties an expert to an organisation."""
    shown = _expert(request, pk)
    form = TieForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.declare_tie(actor=request.actor, at=request.now, expert=shown, tie=form.spec())
        messages.success(request, _("The tie is kept; the expert isn't drawn for this organisation."))
        return redirect("expert", pk=pk)
    return _form(request, form, _("Enter a tie of %(name)s") % {"name": shown.name}, reverse("expert", args=[pk]))


@require_http_methods(["GET", "POST"])
@requires(*KEEPERS)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an expert's term."""
    shown = _expert(request, pk)
    form = EndForm(request.POST or None, initial={"on": request.today})
    if request.method == "POST" and form.is_valid():
        actions.end_expert(actor=request.actor, at=request.now, expert=shown, **form.cleaned_data)
        messages.success(request, _("The term has an end; panels already drawn stay as they are."))
        return redirect("expert", pk=pk)
    return _form(request, form, _("End the term of %(name)s") % {"name": shown.name}, reverse("expert", args=[pk]))


@never_cache
@require_http_methods(["GET", "POST"])
@requires(*KEEPERS)
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an expert's account; its one-time password is shown once, in the answer to the post itself."""
    shown = _expert(request, pk)
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user, password = actions.open_account(actor=request.actor, at=request.now, expert=shown, **form.cleaned_data)
        return render(request, "evaluation/account.html", {"user_shown": user, "password": password, "expert": shown})
    title = _("Open an account for %(name)s") % {"name": shown.name}
    return _form(request, form, title, reverse("expert", args=[pk]))


@require_http_methods(["GET", "POST"])
@requires(*KEEPERS)
def import_sheet(request: HttpRequest) -> HttpResponse:
    """Enter experts by sheet in the actor's own pool; every problem of every row is shown at once."""
    form = SheetForm(request.POST or None, request.FILES or None)
    pool = Organisation.objects.get(pk=request.actor.organisation_id)
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.import_experts(
                actor=request.actor, at=request.now, organisation=pool, content=form.content()
            )
        except SheetRefused as refused:
            return _refused_sheet(request, refused)
        told = ngettext("%(count)s expert entered.", "%(count)s experts entered.", done.added) % {"count": done.added}
        if done.changed:
            told += " " + _("%(count)s brought up to date.") % {"count": done.changed}
        messages.success(request, told)
        return redirect("expert-list")
    context = {"form": form, "pool": pool, "columns": EXPERT_COLUMNS, "crumbs": _crumbs(_("Import the expert sheet"))}
    return render(request, "evaluation/import.html", context)


@require_GET
@requires(*KEEPERS)
def template(request: HttpRequest) -> HttpResponse:
    """An empty sheet to fill in, with a page of how to."""
    target = BytesIO()
    write_template(target, EXPERT_COLUMNS)
    return tables_pool.download(target.getvalue(), "评估专家模板.xlsx", files.XLSX)


def _refused_sheet(request: HttpRequest, refused: SheetRefused) -> HttpResponse:
    if "report" in request.POST and refused.rows:
        target = BytesIO()
        required = required_keys(EXPERT_COLUMNS)
        write_problem_report(target, refused.headers, refused.rows, refused.problems, required=required)
        return tables_pool.download(target.getvalue(), "问题清单.xlsx", files.XLSX)
    context = {
        "refused": refused,
        "columns": list(refused.headers.values()),
        "rows": tables_pool.bad_rows(refused),
        "general": [each for each in refused.problems if each.row is None],
        "total": len(refused.rows),
        "numbers": sorted({each.row for each in refused.problems if each.row is not None}),
    }
    return render(request, "evaluation/sheet_refused.html", context, status=refused.status)


def _record(request: HttpRequest, shown: Expert, *, own: bool) -> dict[str, Any]:
    return {
        "expert": shown,
        "standing": tables_pool.standing(shown, request.today),
        "facts": tables_pool.facts_of(shown, own=own),
        "ties": tables_pool.ties_table(shown.ties.all()),
        "found": tables_pool.found_table(shown, request.today),
    }


def _form(request: HttpRequest, form: Any, title: str, back: str) -> HttpResponse:
    return render(request, "evaluation/form.html", {"form": form, "title": title, "back": back})


def _expert(request: HttpRequest, pk: int) -> Expert:
    try:
        return queries.expert_for(request.actor, pk)
    except Expert.DoesNotExist:
        raise Http404(pk) from None


def _crumbs(last: str) -> list[tuple[str, str]]:
    return [(_("Expert pool"), reverse("expert-list")), (last, "")]
