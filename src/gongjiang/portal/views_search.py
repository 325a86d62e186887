"""One search box. What is looked for may be a name or a number, so it's posted and never stands in an address."""

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongjiang.accounts.permissions import requires
from gongjiang.kernel.parts import Cell, Column, Row, Table
from gongjiang.kernel.roles import STAFF_ROLES
from gongjiang.portal.queries_search import SHORTEST, Found
from gongjiang.portal.queries_search import search as look_for
from gongjiang.standards.models import Level

LONGEST = 60


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("q")
@requires(*STAFF_ROLES)
def search(request: HttpRequest) -> HttpResponse:
    """Look for batches, candidates, certificates and bodies in the actor's scope."""
    text = request.POST.get("q", "").strip()[:LONGEST]
    found = look_for(request.actor, text, today=request.today) if text else None
    context = {
        "q": text,
        "position": position(found, text),
        "tables": tables(found) if found else [],
        "nothing": found is not None and not found.count,
    }
    return render(request, "portal/search.html", context)


def position(found: Found | None, text: str) -> str:
    """Return how much was found."""
    if found is None:
        return _("What are you looking for?")
    if len(text) < SHORTEST:
        return _("Write at least two characters")
    return ngettext("%(n)s record found", "%(n)s records found", found.count) % {"n": found.count}


def tables(found: Found) -> list[Table]:
    """Return one table for each kind of record that was found."""
    return [
        table for table in (_batches(found), _enrolments(found), _certificates(found), _bodies(found)) if table.rows
    ]


def _batches(found: Found) -> Table:
    rows = [
        Row((Cell(each.title, sub=each.number, url=_record("batch", each)), each.body.name, each.get_state_display()))
        for each in found.batches
    ]
    return Table(_("Batches"), (Column(_("Batch")), Column(_("Body")), Column(_("State"))), tuple(rows))


def _enrolments(found: Found) -> Table:
    rows = [
        Row(
            (
                Cell(each.name, sub=each.candidate.identity_masked, url=_record("enrolment", each)),
                f"{each.line.occupation.name} {Level(each.line.level).label}",
                Cell(each.batch.title, url=reverse("batch", args=[each.batch_id])),
                each.get_state_display(),
            )
        )
        for each in found.enrolments
    ]
    columns = (Column(_("Candidate")), Column(_("Occupation and level")), Column(_("Batch")), Column(_("State")))
    return Table(_("Candidates"), columns, tuple(rows))


def _certificates(found: Found) -> Table:
    rows = [
        Row(
            (
                Cell(each.number, url=_record("certificate", each)),
                Cell(each.holder_name, sub=each.identity_masked),
                f"{each.occupation_name} {Level(each.level).label}",
                each.body_name,
                each.get_state_display(),
            )
        )
        for each in found.certificates
    ]
    names = (_("Certificate number"), _("Holder"), _("Occupation and level"), _("Body"), _("State"))
    return Table(_("Certificates"), tuple(Column(name) for name in names), tuple(rows))


def _bodies(found: Found) -> Table:
    rows = [
        Row((Cell(each.name, sub=each.code, url=reverse("directory-body", args=[each.code])), each.get_kind_display()))
        for each in found.bodies
    ]
    return Table(_("Bodies"), (Column(_("Body")), Column(_("Kind"))), tuple(rows))


def _record(name: str, record: Model) -> str:
    return reverse(name, args=[record.pk])
