"""Earlier filings brought in: the list, the entry, and its confirmation against the letter by another officer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.bodies.models import Affiliation, BodyKind
from gongjiang.filing import rules_earlier
from gongjiang.filing.actions import life_earlier as actions
from gongjiang.filing.earlier import stated_of
from gongjiang.filing.forms_earlier import EarlierForm
from gongjiang.filing.forms_life import DropForm
from gongjiang.filing.models import EarlierFiling
from gongjiang.kernel import files
from gongjiang.kernel.parts import Act, Cell, Column, Event, Row, Table
from gongjiang.kernel.roles import AUTHORITY_ROLES
from gongjiang.kernel.timeline import timeline_for
from gongjiang.law.words import WORDS

PAGE = 30
LARGEST = 10 * files.MEBIBYTE


@require_GET
@requires(*AUTHORITY_ROLES)
def earlier_filings(request: HttpRequest) -> HttpResponse:
    """Entries that wait for their confirmation first, then what was brought in or dropped."""
    found = EarlierFiling.objects.for_actor(request.actor).select_related("body", "authority", "entered_by")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    n = found.filter(confirmed_at=None, dropped_at=None).count()
    new = Act(_("Enter an earlier filing"), reverse("earlier-filing-new"), look="primary", icon="plus")
    context = {
        "page": page,
        "position": ngettext(
            "%(n)s earlier filing waits for its confirmation", "%(n)s earlier filings wait for their confirmation", n
        )
        % {"n": n},
        "table": _table(page),
        "acts": [new] if request.actor.has(*rules_earlier.OFFICERS) else [],
    }
    return render(request, "filing/earlier_filings.html", context)


@require_http_methods(["GET", "POST"])
@requires(*rules_earlier.OFFICERS)
def earlier_new(request: HttpRequest) -> HttpResponse:
    """Enter what the letter of an earlier filing states."""
    form = EarlierForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        source = form.cleaned_data["source"].read(LARGEST + 1)
        earlier = actions.enter_earlier(actor=request.actor, at=request.now, stated=form.stated(), source=source)
        messages.success(request, _("Entered; another officer confirms it."))
        return redirect("earlier-filing", pk=earlier.pk)
    return render(request, "filing/earlier_new.html", {"form": form})


@require_GET
@requires(*AUTHORITY_ROLES)
def earlier_filing(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry beside its letter."""
    earlier = _own(request, pk)
    stated = stated_of(earlier)
    waits = earlier.confirmed_at is None and earlier.dropped_at is None
    mine = earlier.entered_by_id == request.actor.user_id
    decides = waits and request.actor.has(*rules_earlier.OFFICERS)
    context = {
        "earlier": earlier,
        "stated": stated,
        "crumbs": [(_("Earlier filings"), reverse("earlier-filing-list")), (earlier.name, "")],
        "cites": rules_earlier.cites_of(stated),
        "facts": _facts(earlier, stated),
        "table": _scope(stated),
        "may_confirm": decides and not mine,
        "mine": mine,
        "waits": waits,
        "form": DropForm() if decides else None,
        "events": [Event(e.at, e.what, e.who, e.why, e.cites, e.kind) for e in timeline_for(earlier)],
    }
    return render(request, "filing/earlier.html", context)


@require_GET
@requires(*AUTHORITY_ROLES)
def earlier_source(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as it was handed in."""
    return files.serve(_own(request, pk).source, f"letter-{pk}", inline=True)


@require_POST
@requires(*rules_earlier.OFFICERS)
def earlier_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the entry: the body stands in the register."""
    body = actions.confirm_earlier(actor=request.actor, at=request.now, earlier=_own(request, pk))
    messages.success(request, _("%(body)s is in the register.") % {"body": body.name})
    return redirect("body", pk=body.pk)


@require_POST
@requires(*rules_earlier.OFFICERS)
def earlier_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop the entry."""
    actions.drop_earlier(
        actor=request.actor, at=request.now, earlier=_own(request, pk), why=request.POST.get("why", "")
    )
    messages.success(request, _("Dropped; it may be entered anew."))
    return redirect("earlier-filing-list")


def _own(request: HttpRequest, pk: int) -> EarlierFiling:
    found = EarlierFiling.objects.for_actor(request.actor).select_related("body", "authority", "source")  # type: ignore[attr-defined]
    earlier = found.filter(pk=pk).first()
    if earlier is None:
        raise Http404(pk)
    return earlier  # type: ignore[no-any-return]


def _table(page: object) -> Table:
    rows = tuple(
        Row(
            (
                Cell(each.name, sub=each.facts["filing_letter"], url=reverse("earlier-filing", args=[each.pk])),
                each.facts["filed_on"],
                each.facts["filed_until"],
                each.rule or "—",
                _state(each),
            )
        )
        for each in page  # type: ignore[attr-defined]
    )
    labels = (_("Body"), _("Filed since"), _("Term ends"), _("Repealed rule"), _("State"))
    empty = _(
        "None yet. A filing from before the platform is entered from its letter by one officer, confirmed by another."
    )
    return Table(_("Earlier filings"), tuple(Column(label) for label in labels), rows, empty=empty)


def _state(each: EarlierFiling) -> Cell:
    if each.dropped_at:
        return Cell(_("Entry dropped"), state="na", sub=each.dropped_why)
    if each.confirmed_at:
        return Cell(_("In the register"), state="ok")
    return Cell(_("To be confirmed"), state="wait")


def _facts(earlier: EarlierFiling, stated: actions.StatedFiling) -> list[tuple[str, object]]:
    return [
        (_("Name of the body"), stated.name),
        (_("Kind"), BodyKind(stated.kind).label),
        (_("Affiliation"), Affiliation(stated.affiliation).label),
        (_("Credit code"), stated.credit_code),
        (_("Body code"), stated.code),
        (_("Legal representative"), stated.legal_representative),
        (_("Registered address"), stated.address),
        (_("Number of the filing letter"), stated.filing_letter),
        (_("Filed since"), stated.filed_on),
        (_("First day after the term"), stated.filed_until),
        (_("Filed under a repealed rule"), stated.rule or "—"),
        (_("Entered by"), str(earlier.entered_by)),
    ]


def _scope(stated: actions.StatedFiling) -> Table:
    rows = tuple(
        Row((code, WORDS.get(level, level), site.name, site.address))
        for site in stated.sites
        for code, level in site.scope
    )
    columns = tuple(Column(label) for label in (_("Occupation"), _("Level"), _("Exam site"), _("Address")))
    return Table(_("Scope as the letter states it"), columns, rows)
