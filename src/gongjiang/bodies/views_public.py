"""What everyone may read of the register: the directory, a body's page, its rules, each decision at its address."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from gongjiang.bodies import directory as register
from gongjiang.bodies import published, queries, sections, tables, tables_public, tables_published
from gongjiang.bodies.forms import DirectoryForm
from gongjiang.bodies.models import AssessmentBody, Decision, PublishedRule
from gongjiang.kernel import files
from gongjiang.kernel.parts import Act
from gongjiang.law import questions as ask
from gongjiang.law.places import place

PAGE = 30


@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    """The public directory with its filters (MOHRSS-2020-17§15, §22)."""
    form = DirectoryForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = register.directory(**asked, on=request.today).prefetch_related(*queries.STANDING)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    everywhere = register.directory(**{**asked, "division": ""}, on=request.today)
    tiles = tables.division_tiles(register.counts_by_division(everywhere), asked.get("division", ""))
    count = page.paginator.count
    context = {
        "form": form,
        "page": page,
        "count": count,
        "position": ngettext("%(n)s body is found", "%(n)s bodies are found", count) % {"n": count},
        "table": tables.bodies_table(page, request.today, url_name="directory-body"),
        "tiles": tiles,
    }
    return render(request, "bodies/directory.html", context)


@require_GET
def directory_body(request: HttpRequest, code: str) -> HttpResponse:
    """A body's public page: who it is, under whom, its scope, its terms, its rules and what was decided about it."""
    body = entry(code)
    return render(request, "bodies/directory_body.html", body_context(body, request))


@require_GET
def directory_rule(request: HttpRequest, code: str, kind: str, version: int) -> HttpResponse:
    """One version of a body's rules, as it was published."""
    rule = _rule(code, kind, version)
    return render(request, "bodies/directory_rule.html", {"body": rule.body, "rule": rule})


@require_GET
def directory_rule_file(request: HttpRequest, code: str, kind: str, version: int) -> HttpResponse:
    """The file of a body's rules."""
    rule = _rule(code, kind, version)
    if rule.document is None:
        raise Http404(version)
    return files.serve(rule.document, f"{code}-{kind}-{version}.pdf", inline=True)


@require_GET
def decision(request: HttpRequest, number: str) -> HttpResponse:
    """One decision at its permanent address: what it says, on which article, what it changed, how it stands."""
    found = _decision(number)
    standing = register.decision_standing(found, request.today)
    acts = []
    if found.document:
        acts.append(Act(_("The letter (PDF)"), reverse("decision-letter", args=[number]), look="primary", icon="file"))
    later = getattr(found, "replaced_by", None)
    context = {
        "decision": found,
        "body": found.body,
        "state_label": tables_public.decision_label(standing),
        "look": tables_public.DECISION_LOOK[standing],
        "acts": acts,
        "later": later,
        "facts": [
            (_("Number"), found.number),
            (_("Kind of decision"), found.get_kind_display()),
            (_("Body"), found.body.name),
            (_("Decided by"), found.decided_by),
            (_("Letter number"), found.letter_number or "—"),
            (_("In force from"), found.since),
            (_("Until"), found.until or _("no end"), _("first day on which it no longer holds") if found.until else ""),
        ],
        "changes": tables_public.changes_of(found),
    }
    return render(request, "bodies/decision.html", context)


@require_GET
def decision_letter(request: HttpRequest, number: str) -> HttpResponse:
    """The letter of a decision, as it was signed."""
    found = _decision(number)
    if found.document is None:
        raise Http404(number)
    return files.serve(found.document, f"{number}.pdf", inline=True)


def entry(code: str) -> AssessmentBody:
    """Return the body of the directory.

    :raises Http404: no body has the code.
    """
    try:
        return register.directory_entry(code)
    except AssessmentBody.DoesNotExist:
        raise Http404(code) from None


def body_context(body: AssessmentBody, request: HttpRequest) -> dict[str, object]:
    """Return what both pages of a body show, the public one and that of its authority."""
    today = request.today
    state = queries.standing(body, today)
    content = ask.DIRECTORY_CONTENT.get(place=place(body.regime), day=today)
    decided = register.decisions().filter(body=body)
    return {
        "body": body,
        "state": state,
        "state_label": queries.standing_label(state),
        "look": tables.LOOK[state],
        "place": tables.place_name(body.place_code),
        "facts": _facts(body),
        "content_cites": content.cites if content else (),
        "terms": tables_public.term_bar(body, today),
        "grids": tables_public.scope_grids(body.scope.all(), today),
        "sites": [site for site in body.sites.all() if site.until is None or today < site.until],
        "rules": tables_published.rules_table(body.published_rules.all(), body),
        "schedule": (schedule := published.fees_on(body, today)),
        "fees": tables_published.fees_table(schedule),
        "undertaking": body.undertakings.first(),
        "duties": body.duties.select_related("holder"),
        "supervision": sections.supervision_of(body, today),
        "decisions": tables_public.decisions_table(decided, today),
        "suspensions": list(body.suspensions.all()),
    }


def _facts(body: AssessmentBody) -> list[tuple[object, ...]]:
    return [
        (_("Kind"), body.get_kind_display()),
        (_("Body code"), body.code),
        (_("Credit code"), body.credit_code),
        (_("Address"), body.address),
        (_("Supervising authority"), body.authority.name),
        (_("Affiliation"), body.get_affiliation_display()),
        (_("Filing letter"), body.filing_letter),
        (_("Filed since"), body.filed_on),
        (_("Term ends"), body.filed_until, _("first day after the term")),
        (_("May serve others"), _("yes") if body.may_serve_others else _("no")),
    ]


def _rule(code: str, kind: str, version: int) -> PublishedRule:
    found = PublishedRule.objects.select_related("body", "document")
    try:
        return found.get(body__code=code, kind=kind, version=version)
    except PublishedRule.DoesNotExist:
        raise Http404(version) from None


def _decision(number: str) -> Decision:
    try:
        return register.decisions().get(number=number)
    except Decision.DoesNotExist:
        raise Http404(number) from None
