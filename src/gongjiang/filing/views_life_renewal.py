"""The renewal of a filing on its pages: the body's own window, and whose terms end soon for the authority."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from gongjiang.accounts.permissions import requires
from gongjiang.bodies.models import AssessmentBody
from gongjiang.bodies.queries import bodies_for, body_for, own_body
from gongjiang.filing import panels_life, renewal, rules_life, thresholds
from gongjiang.filing.renewal import Phase
from gongjiang.kernel.parts import Act, Cell, Column, Row, Table
from gongjiang.kernel.roles import AUTHORITY_ROLES

PAGE = 30
LOOK = {
    Phase.EARLY: "na", Phase.OPEN: "wait", Phase.LATE: "no", Phase.LAPSED: "na", Phase.RENEWED: "ok", Phase.ENDED: "na",
}  # fmt: skip


@require_GET
@requires(*AUTHORITY_ROLES)
def renewals(request: HttpRequest) -> HttpResponse:
    """The terms that end soonest, each with its window."""
    found = bodies_for(request.actor).filter(winding_up_since=None, filed_until__gt=request.today - renewal.LOOK_BACK)
    page = Paginator(found.prefetch_related("terms").order_by("filed_until", "pk"), PAGE).get_page(
        request.GET.get("page")
    )
    n = found.filter(filed_until__lte=request.today + renewal.SOON).count()
    context = {
        "page": page,
        "position": ngettext("%(n)s term ends within half a year", "%(n)s terms end within half a year", n) % {"n": n},
        "table": _table(page, request),
    }
    return render(request, "filing/renewals.html", context)


@require_GET
@requires(*AUTHORITY_ROLES, "body_manager")
def body_renewal(request: HttpRequest, pk: int) -> HttpResponse:
    """A body's term: until when to renew, what was done in it, how it stands to the thresholds."""
    try:
        body = body_for(request.actor, pk)
    except AssessmentBody.DoesNotExist:
        raise Http404(pk) from None
    found = renewal.window(body, request.today)
    handed_in = renewal.open_renewal(body)
    own = own_body(request.actor)
    bars = [panels_life.bar_of(each) for each in thresholds.figures_of_body(body, request.today)]
    begin = Act(_("Apply for the renewal"), f"{reverse('application-new')}?kind=renewal", look="primary")
    context = {
        "body": body,
        "window": found,
        "line": panels_life.line_of(found, request.today),
        "due": panels_life.due_chip(found, request.today) if found.may_apply else None,
        "grounds": renewal.grounds(body, request.today),
        "handed_in": handed_in,
        "thresholds": {"bars": bars, "width": panels_life.WIDTH} if any(bar.threshold.rule for bar in bars) else None,
        "w": panels_life.work_of_body(body, request.today),
        "width": panels_life.WIDTH,
        "acts": [begin] if own == body and found.may_apply and handed_in is None else _officer_acts(request, body),
    }
    return render(request, "filing/renewal.html", context)


def _officer_acts(request: HttpRequest, body: AssessmentBody) -> list[Act]:
    actor = request.actor  # type: ignore[attr-defined]
    if body.winding_up_since or actor.organisation_id != body.authority_id or not actor.has(*rules_life.OPENERS):
        return []
    return [Act(_("Order the end of the filing"), reverse("termination-order", args=[body.pk]), look="stop")]


def _table(page: object, request: HttpRequest) -> Table:
    rows = []
    for body in page:  # type: ignore[attr-defined]
        found = renewal.window(body, request.today)  # type: ignore[attr-defined]
        due = panels_life.due_chip(found, request.today) if found.may_apply else None  # type: ignore[attr-defined]
        url = reverse("renewal", args=[body.pk])
        rows.append(
            Row(
                (
                    Cell(body.name, sub=body.code, url=url),
                    found.since,
                    found.last_day,
                    Cell("", due=due) if due else Cell("—"),
                    Cell(found.phase.label, state=LOOK[found.phase]),
                )
            )
        )
    labels = (_("Body"), _("Since"), _("Last day of the filing"), _("Renewal due by"), _("State"))
    empty = _("No body is on file. Terms stand here, the next to end first.")
    return Table(_("Terms of filings"), tuple(Column(label) for label in labels), tuple(rows), empty=empty)
