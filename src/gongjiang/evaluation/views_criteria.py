"""Pages of evaluation standards: the versions, one version as a tree, its editor, the difference of two."""

import json
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.evaluation import actions, exports, queries, rules_criteria, tables_pool
from gongjiang.evaluation.forms_pool import LineForm, PublishForm, SheetForm, VersionForm
from gongjiang.evaluation.models import CriteriaVersion
from gongjiang.evaluation.permissions import READERS, STANDARD_SETTERS
from gongjiang.evaluation.rules_criteria import Change, Node
from gongjiang.kernel.parts import Act, Cell, Column, Event, Row, Table
from gongjiang.kernel.pictures import Chart, Series
from gongjiang.kernel.timeline import timeline_for
from gongjiang.law.places import PLACES

NAMES = {code: place.name for code, place in PLACES.items()}
JSON = "application/json; charset=utf-8"


@require_GET
@requires(*READERS)
def criteria_list(request: HttpRequest) -> HttpResponse:
    """The standards, the newest of each place first, drafts among them."""
    found = list(queries.criteria_for(request.actor))
    acts = []
    if queries.places_to_set(request.actor):
        acts = [
            Act(_("Draft a standard"), reverse("criteria-new"), look="primary", icon="plus"),
            Act(_("Take one in from a file"), reverse("criteria-import"), icon="up"),
        ]
        if not any(each.is_demo and each.place_code == request.actor.place_code for each in found):
            acts.append(Act(_("Load the demo standard"), reverse("criteria-demo"), "post"))
    table = tables_pool.versions_table(found, request.today, NAMES)
    in_force = queries.newest_criteria(request.actor.place_code or "00", request.today)
    context = {"table": table, "acts": acts, "in_force": in_force}
    return render(request, "evaluation/criteria_list.html", context)


@require_GET
@requires(*READERS)
def criteria(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: its groups with their items, the veto items, and what stands in the way of publishing a draft."""
    version = _version(request, pk)
    nodes = rules_criteria.nodes_of(version)
    may_edit = version.published_at is None and _may_set(request, version)
    grounds = rules_criteria.wrong_with(nodes) if version.published_at is None else []
    events = [Event(item.at, item.what, item.who, item.why, item.cites, item.kind) for item in timeline_for(version)]
    groups = [node for node in nodes if node.is_group]
    context = {
        "version": version,
        "place": NAMES.get(version.place_code, version.place_code),
        "crumbs": _crumbs(version.version),
        "chart": _chart(groups, nodes),
        "tables": _tables(version, groups, nodes, may_edit=may_edit),
        "grounds": grounds,
        "may_edit": may_edit,
        "publish": PublishForm(request.today) if may_edit and not grounds else None,
        "next": _next(request, version, may_edit=may_edit),
        "events": events,
        "items": sum(1 for node in nodes if node.parent),
    }
    return render(request, "evaluation/criteria.html", context)


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group with its items as a table, its points, and where it is changed."""

    title: str
    points: str
    table: Table
    change_url: str


def _tables(version: CriteriaVersion, groups: list[Node], nodes: list[Node], *, may_edit: bool) -> list[GroupShown]:
    shown = []
    for group in groups:
        items = [node for node in nodes if node.parent == group.code]
        points = format(sum((node.points for node in items), Decimal(0)).normalize() + 0, "f")
        url = reverse("criteria-line", args=[version.pk]) + f"?code={group.code}" if may_edit else ""
        table = tables_pool.lines_table(group, items, version, may_edit=may_edit)
        shown.append(GroupShown(f"{group.code} {group.title}", points, table, url))
    vetoes = [node for node in nodes if node.is_veto]
    table = tables_pool.lines_table(None, vetoes, version, may_edit=may_edit)
    return [*shown, GroupShown(_("Veto items"), "", table, "")]


def _chart(groups: list[Node], nodes: list[Node]) -> Chart | None:
    totals = tuple(float(sum(node.points for node in nodes if node.parent == group.code)) for group in groups)
    if not groups:
        return None
    series = (Series(_("points"), totals, "indigo"),)
    return Chart(_("How the hundred points are divided"), tuple(group.title for group in groups), series, "bar")


def _next(request: HttpRequest, version: CriteriaVersion, *, may_edit: bool) -> list[Act]:
    acts = [Act(_("Download as JSON"), reverse("criteria-json", args=[version.pk]), icon="down")]
    others = queries.criteria_for(request.actor).filter(place_code=version.place_code).exclude(pk=version.pk)
    if others.exists():
        acts.append(Act(_("Compare with another version"), reverse("criteria-diff", args=[version.pk])))
    if queries.places_to_set(request.actor):
        acts.append(Act(_("Copy to a new version"), reverse("criteria-new") + f"?copy={version.pk}"))
    if may_edit:
        acts.insert(0, Act(_("Enter a line"), reverse("criteria-line", args=[version.pk]), icon="plus"))
    return acts


@require_http_methods(["GET", "POST"])
@requires(*STANDARD_SETTERS)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a version for the actor's place, empty or as a copy."""
    told = request.POST.get("copy") or request.GET.get("copy") or ""
    copy = _version(request, int(told)) if told.isdecimal() else None
    initial = {"title": copy.title, "pass_mark": copy.pass_mark, "spread_percent": copy.spread_percent} if copy else {}
    form = VersionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = actions.draft_criteria(
            actor=request.actor, at=request.now, place=request.actor.place_code, spec=form.spec(), copy_of=copy
        )
        messages.success(request, _("The draft stands; change its lines, then publish it."))
        return redirect("criteria", pk=made.pk)
    title = _("Copy version %(version)s") % {"version": copy.version} if copy else _("Draft a standard")
    context = {"form": form, "title": title, "back": reverse("criteria-list"), "copy": copy}
    return render(request, "evaluation/form.html", context)


@require_http_methods(["GET", "POST"])
@requires(*STANDARD_SETTERS)
def import_file(request: HttpRequest) -> HttpResponse:
    """Take in a draft from a file in the form of the download."""
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = actions.import_criteria(
            actor=request.actor, at=request.now, place=request.actor.place_code, content=form.content()
        )
        messages.success(request, _("The draft stands; change its lines, then publish it."))
        return redirect("criteria", pk=made.pk)
    context = {"form": form, "title": _("Take in an evaluation standard"), "back": reverse("criteria-list")}
    context |= {"upload": True, "lead": _("A JSON file as downloaded from another version.")}
    return render(request, "evaluation/form.html", context)


@require_POST
@requires(*STANDARD_SETTERS)
def demo(request: HttpRequest) -> HttpResponse:
    """Publish the carried demo standard for the actor's place."""
    made = actions.load_demo_criteria(actor=request.actor, at=request.now, place=request.actor.place_code)
    messages.success(request, _("The demo standard is in force; it was issued by no authority."))
    return redirect("criteria", pk=made.pk)


@require_http_methods(["GET", "POST"])
@requires(*STANDARD_SETTERS)
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a line of a draft, change it, or take it out."""
    version = _version(request, pk)
    code = request.POST.get("was", request.GET.get("code", ""))
    if request.method == "POST" and "remove" in request.POST:
        actions.remove_line(actor=request.actor, at=request.now, version=version, code=code)
        messages.success(request, _("The line is taken out."))
        return redirect("criteria", pk=pk)
    node = next((each for each in rules_criteria.nodes_of(version) if each.code == code), None)
    form = LineForm(version, request.POST or None, initial=LineForm.initial_of(node) if node else {})
    if request.method == "POST" and form.is_valid():
        was = code if node else ""
        actions.change_line(actor=request.actor, at=request.now, version=version, node=form.node(), code=was)
        messages.success(request, _("The line stands."))
        return redirect("criteria", pk=pk)
    return render(request, "evaluation/line.html", {"form": form, "version": version, "node": node})


@require_POST
@requires(*STANDARD_SETTERS)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a draft from a day on."""
    version = _version(request, pk)
    form = PublishForm(request.today, request.POST)
    if form.is_valid():
        actions.publish_criteria(actor=request.actor, at=request.now, version=version, **form.cleaned_data)
        messages.success(request, _("The standard is published; its lines stay as they are from now on."))
    else:
        messages.error(request, _("Choose the day from which it is in force."))
    return redirect("criteria", pk=pk)


@require_GET
@requires(*READERS)
def diff(request: HttpRequest, pk: int) -> HttpResponse:
    """What a version changes against another one of the place, by default the one before it."""
    version = _version(request, pk)
    others = queries.criteria_for(request.actor).filter(place_code=version.place_code).exclude(pk=pk).order_by("-pk")
    told = request.GET.get("with", "")
    other = others.filter(pk=int(told)).first() if told.isdecimal() else others.first()
    changes = rules_criteria.diff(other, version) if other else []
    table = _diff_table(changes)
    context = {"version": version, "other": other, "others": others, "table": table, "n": len(changes)}
    context["crumbs"] = _crumbs(_("Comparison"))
    return render(request, "evaluation/criteria_diff.html", context)


FIELD_NAMES = {
    "title": gettext_lazy("title"),
    "parent": gettext_lazy("group"),
    "points": gettext_lazy("points"),
    "evidence": gettext_lazy("evidence"),
    "deduction": gettext_lazy("deduction"),
    "is_veto": gettext_lazy("veto"),
    "condition": gettext_lazy("condition"),
}


def _diff_table(changes: list[Change]) -> Table:
    rows = []
    for each in changes:
        node = each.after or each.before
        state = Cell(_("changed"), state="wait")
        if each.before is None:
            state = Cell(_("new"), state="ok")
        if each.after is None:
            state = Cell(_("left out"), state="no")
        was = "；".join(f"{FIELD_NAMES[name]}：{getattr(each.before, name)}" for name in each.fields)
        now = "；".join(f"{FIELD_NAMES[name]}：{getattr(each.after, name)}" for name in each.fields)
        rows.append(Row((f"{each.code} {node.title if node else ''}", state, was, now)))
    columns = tuple(map(Column, (_("Line"), _("Difference"), _("Before"), _("After"))))
    return Table(_("Differences"), columns, tuple(rows), _("The two versions have the same lines."))


@require_GET
@requires(*READERS)
def criteria_json(request: HttpRequest, pk: int) -> HttpResponse:
    """A version in the form in which it can be taken in."""
    version = _version(request, pk)
    content = json.dumps(exports.criteria_json(version), ensure_ascii=False, indent=1).encode()
    return tables_pool.download(content, f"criteria-{version.place_code}-{version.version}.json", JSON)


def _may_set(request: HttpRequest, version: CriteriaVersion) -> bool:
    return version.place_code in {place.code for place in queries.places_to_set(request.actor)}


def _version(request: HttpRequest, pk: int) -> CriteriaVersion:
    try:
        return queries.criteria_version_for(request.actor, pk)
    except CriteriaVersion.DoesNotExist:
        raise Http404(pk) from None


def _crumbs(last: str) -> list[tuple[str, str]]:
    return [(_("Evaluation standards"), reverse("criteria-list")), (last, "")]
