"""The page of somebody on a staff list: tasks, terms, trainings, relations."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from gongjiang.accounts.permissions import requires
from gongjiang.kernel.parts import Act
from gongjiang.kernel.pictures import Career, Span
from gongjiang.workforce import duties, profile, queries_register, tables, tables_training
from gongjiang.workforce.models import Appointment
from gongjiang.workforce.permissions import OWN
from gongjiang.workforce.queries_relations import relations_of
from gongjiang.workforce.views import declare


@require_GET
@requires(*OWN)
def me(request: HttpRequest) -> HttpResponse:
    """What waits for me, until when I am appointed as what and where, which courses I took, whom I stay away from."""
    entries = queries_register.own_entries(request.actor.user_id)
    tasks = duties.of(entries, request.today)
    n = len(tasks)
    terms = [term for entry in entries for term in entry.appointments.all()]
    context = {
        "entries": entries,
        "tasks": tasks,
        "position": ngettext("%(n)s task waits for you", "%(n)s tasks wait for you", n) % {"n": n}
        if entries
        else _("Your account isn't joined to a staff list yet"),
        "career": _career(terms),
        "lists": [(entry.home.name, tables.terms_table(entry.appointments.all(), request.today)) for entry in entries],
        "trainings": tables_training.trainings_table([each for entry in entries for each in entry.trainings.all()]),
        "profile": profile.of(entries, request.today),
        "years": [each for entry in entries for each in entry.annual_assessments.all()],
        "relations": tables.relations_table(relations_of(entries[0].identity_index, request.today) if entries else []),
        "acts": [Act(_("Declare a relation"), reverse("workforce-me-relation"))] if entries else [],
    }
    return render(request, "workforce/me.html", context)


def _career(terms: list[Appointment]) -> Career | None:
    """Return the terms as a picture, the oldest first."""
    spans = [
        Span(f"{tables.role_label(term)} {tables.scope_text(term)}".strip(), term.since, term.until)
        for term in terms
        if term.until is not None
    ]
    return Career(tuple(sorted(spans, key=lambda span: span.since))) if spans else None


@sensitive_post_parameters("other_identity")
@require_http_methods(["GET", "POST"])
@requires(*OWN)
def relation(request: HttpRequest) -> HttpResponse:
    """Declare a relation of one's own."""
    entries = queries_register.own_entries(request.actor.user_id)
    own = [entry for entry in entries if entry.user_id == request.actor.user_id]
    if not own:
        raise Http404("no entry")
    return declare(request, own[0], reverse("workforce-me"))
