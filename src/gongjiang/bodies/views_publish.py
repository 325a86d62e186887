"""Pages on which a body publishes its rules and its fees; who opens a batch is told here what is missing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongjiang.accounts.permissions import requires
from gongjiang.bodies import actions, published, queries, tables_published
from gongjiang.bodies.forms import FeesForm, RuleForm, first_day
from gongjiang.bodies.models import AssessmentBody, FeePart
from gongjiang.kernel import files
from gongjiang.kernel.parts import Act

FILE_LIMIT = 10 * files.MEBIBYTE


@require_GET
@requires("body_manager")
def published_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What the body has published, and what still keeps a batch from opening."""
    body = body_of(request, pk)
    grounds = published.publication_grounds(body, request.today)
    context = {
        "body": body,
        "crumbs": [(body.name, "")],
        "position": _("Rules and fees are published and current")
        if not grounds
        else _("What isn't published keeps your batches from opening"),
        "grounds": grounds,
        "rules": tables_published.rules_table(body.published_rules.select_related("document"), body),
        "fees": tables_published.fees_table(published.fees_on(body, request.today)),
        "schedules": body.fee_schedules.all(),
        "acts": [
            Act(_("Publish rules"), reverse("body-publish-rule", args=[body.pk]), look="primary"),
            Act(_("Publish fees"), reverse("body-publish-fees", args=[body.pk])),
            Act(_("As the public sees it"), reverse("directory-body", args=[body.code])),
        ],
    }
    return render(request, "bodies/published.html", context)


@require_http_methods(["GET", "POST"])
@requires("body_manager")
def publish_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the next version of the body's rules of a kind."""
    body = body_of(request, pk)
    form = RuleForm(request.POST or None, request.FILES or None, initial=first_day(request.today))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        upload = told.pop("file")
        document = files.store(upload, at=request.now, allow={files.PDF}, limit=FILE_LIMIT) if upload else None
        rule = actions.publish_rule(actor=request.actor, at=request.now, body=body, document=document, **told)
        messages.success(request, _("%(title)s is published.") % {"title": rule.title})
        return redirect("body-published", pk=body.pk)
    return render(request, "bodies/publish_rule.html", {"body": body, "form": form})


@require_http_methods(["GET", "POST"])
@requires("body_manager")
def publish_fees(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the body's next fee schedule."""
    body = body_of(request, pk)
    schedule = published.fees_on(body, request.today)
    cells = queries.priced_cells(body, request.today)
    begin = {**first_day(request.today), **tables_published.fee_initial(schedule)}
    form = FeesForm(request.POST or None, cells=cells, initial=begin)
    if request.method == "POST" and form.is_valid():
        actions.publish_fees(
            actor=request.actor,
            at=request.now,
            body=body,
            basis=form.cleaned_data["basis"],
            items=form.items(),
            since=form.cleaned_data["since"],
        )
        messages.success(request, _("The fees are published."))
        return redirect("body-published", pk=body.pk)
    parts = [label for _value, label in FeePart.choices]
    return render(request, "bodies/publish_fees.html", {"body": body, "form": form, "parts": parts})


def body_of(request: HttpRequest, pk: int) -> AssessmentBody:
    """Return the actor's body of the number.

    :raises Http404: it is another's.
    """
    try:
        return queries.body_for(request.actor, pk)
    except AssessmentBody.DoesNotExist:
        raise Http404(pk) from None
