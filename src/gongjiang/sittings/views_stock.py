"""Pages of what a body brings to an exam: its rooms and its staff."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from gongjiang.accounts.permissions import requires
from gongjiang.bodies.models import AssessmentBody
from gongjiang.bodies.queries import own_body
from gongjiang.kernel import files
from gongjiang.kernel.sheet_rows import SheetRefused
from gongjiang.kernel.sheets.model import required_keys
from gongjiang.kernel.sheets.report import write_problem_report
from gongjiang.kernel.sheets.write import write_template
from gongjiang.sittings import actions, tables
from gongjiang.sittings.columns import ATTENDANCE_COLUMNS, ROOM_COLUMNS, STAFF_COLUMNS
from gongjiang.sittings.forms import SheetForm
from gongjiang.sittings.queries import ARRANGERS, rooms_for
from gongjiang.workforce.queries import staff_for

TEMPLATES = {
    "rooms": (ROOM_COLUMNS, "考场模板.xlsx"),
    "staff": (STAFF_COLUMNS, "工作人员模板.xlsx"),
    "attendance": (ATTENDANCE_COLUMNS, "到考情况模板.xlsx"),
}


@require_http_methods(["GET", "POST"])
@requires(*ARRANGERS)
def rooms(request: HttpRequest) -> HttpResponse:
    """The rooms of the body's sites, with what keeps one from being used; and the sheet that enters them."""
    body = _own(request)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.import_rooms(actor=request.actor, at=request.now, body=body, content=form.content())
        except SheetRefused as refused:
            return refused_sheet(request, refused, "room-list")
        messages.success(
            request,
            _("%(added)s rooms entered, %(changed)s brought up to date.")
            % {"added": done.added, "changed": done.changed},
        )
        return redirect("room-list")
    found = list(rooms_for(request.actor).order_by("site__name", "kind", "name"))
    table, unusable = tables.rooms_table(found, body, request.today)
    context = {"table": table, "unusable": unusable, "count": len(found), "form": form, "crumbs": _crumbs(_("Rooms"))}
    return render(request, "sittings/rooms.html", context)


@require_http_methods(["GET", "POST"])
@requires(*ARRANGERS)
def staff(request: HttpRequest) -> HttpResponse:
    """The body's staff with their appointments and terms; and the sheet that enters them."""
    body = _own(request)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.import_staff(actor=request.actor, at=request.now, body=body, content=form.content())
        except SheetRefused as refused:
            return refused_sheet(request, refused, "staff-list")
        told = ngettext("%(count)s appointment entered.", "%(count)s appointments entered.", done.appointments)
        messages.success(request, told % {"count": done.appointments})
        return redirect("staff-list")
    members = list(staff_for(request.actor))
    table, ending = tables.staff_table(members, request.today)
    context = {"table": table, "ending": ending, "count": len(members), "form": form, "crumbs": _crumbs(_("Staff"))}
    return render(request, "sittings/staff.html", context)


@require_GET
@requires(*ARRANGERS, "invigilator")
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty sheet to fill in, with a page of how to."""
    if kind not in TEMPLATES:
        raise Http404(kind)
    columns, name = TEMPLATES[kind]
    target = BytesIO()
    write_template(target, columns)
    return tables.download(target.getvalue(), name, files.XLSX)


def refused_sheet(request: HttpRequest, refused: SheetRefused, back: str, *args: Any) -> HttpResponse:
    """Show every problem of a sheet, or give the sheet back with its problems where that is asked for."""
    if "report" in request.POST and refused.rows:
        target = BytesIO()
        columns = next(held for held, _name in TEMPLATES.values() if {c.key for c in held} == set(refused.headers))
        write_problem_report(target, refused.headers, refused.rows, refused.problems, required=required_keys(columns))
        return tables.download(target.getvalue(), "问题清单.xlsx", files.XLSX)
    context = {
        "refused": refused,
        "columns": list(refused.headers.values()),
        "rows": tables.bad_rows(refused),
        "general": [each for each in refused.problems if each.row is None],
        "total": len(refused.rows),
        "numbers": sorted({each.row for each in refused.problems if each.row is not None}),
        "back": tables.address(back, *args),
    }
    return render(request, "sittings/sheet_refused.html", context, status=refused.status)


def _own(request: HttpRequest) -> AssessmentBody:
    body = own_body(request.actor)
    if body is None:
        raise Http404("no body")
    return body


def _crumbs(last: str) -> list[tuple[str, str]]:
    return [(_("Exams"), tables.address("sitting-list")), (last, "")]
