"""Issuing a batch: numbers, then papers, and how far the papers have come."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.certificates import actions, queries, rules, tables
from gongjiang.certificates.actions.numbering import PAPERS_JOB
from gongjiang.certificates.states import CertificateState
from gongjiang.certificates.views import VIEWERS
from gongjiang.kernel.models import JobRun
from gongjiang.kernel.parts import Act
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import batch_for

PAGE = 50


@require_GET
@requires(*VIEWERS)
def batch_certificates(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificates of a batch, and how far their papers are."""
    batch = _batch(request, pk)
    counts = queries.counts_of(batch)
    page = Paginator(queries.in_batch(batch).select_related("batch"), PAGE).get_page(request.GET.get("page"))
    job = JobRun.objects.filter(key=f"{PAPERS_JOB}:{batch.pk}").first()
    stopped = counts[CertificateState.NUMBERED] > 0 and (job is None or job.state in {"failed", "cancelled", "done"})
    context = {
        "batch": batch,
        "crumbs": [(_("Batches"), "/batches/"), (batch.number, reverse("batch", args=[pk])), (_("Certificates"), "")],
        "page": page,
        "table": tables.certificates_table(page, with_batch=False),
        "position": _position(counts),
        "made": sum(counts.values()) - counts[CertificateState.NUMBERED],
        "total": sum(counts.values()),
        "waiting": counts[CertificateState.NUMBERED],
        "poll_url": reverse("batch-certificates-progress", args=[pk]),
        "stopped": stopped,
        "problem": job.problem if job and stopped else "",
        "acts": _resume(request, batch) if stopped else [],
        "cites": rules.issue_cites(batch, request.now),
    }
    return render(request, "certificates/batch.html", context)


@require_GET
@requires(*VIEWERS)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How many papers are made, for the page to ask every second."""
    counts = queries.counts_of(_batch(request, pk))
    total = sum(counts.values())
    context = {
        "label": _("Certificate papers"),
        "done": total - counts[CertificateState.NUMBERED],
        "total": total,
        "poll_url": reverse("batch-certificates-progress", args=[pk]),
    }
    return render(request, "parts/progress.html", context)


@require_POST
@requires("certificate_clerk", "body_manager")
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the numbers and have the papers made."""
    batch = _batch(request, pk)
    found = actions.issue(actor=request.actor, at=request.now, batch=batch, key=f"issue:{pk}")
    _told(request, len(found))
    return redirect("batch-certificates", pk=pk)


@require_POST
@requires("certificate_clerk", "body_manager")
def apply_for_numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply to the centre for the batch's numbers."""
    actions.apply_for_numbers(actor=request.actor, at=request.now, batch=_batch(request, pk))
    messages.success(request, _("The application is with the centre."))
    return redirect("batch", pk=pk)


@require_POST
@requires("centre_officer")
def give_numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a body's batch its numbers, as the centre."""
    batch = _batch(request, pk)
    found = actions.issue(actor=request.actor, at=request.now, batch=batch, key=f"issue:{pk}")
    _told(request, len(found))
    return redirect("batch-certificates", pk=pk)


@require_POST
@requires("certificate_clerk", "body_manager")
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the remaining papers made."""
    actions.resume_papers(actor=request.actor, at=request.now, batch=_batch(request, pk))
    messages.success(request, _("The remaining papers are being made."))
    return redirect("batch-certificates", pk=pk)


def _told(request: HttpRequest, count: int) -> None:
    words = ngettext(
        "%(n)s number is given; its paper is being made.",
        "%(n)s numbers are given; their papers are being made.",
        count,
    )
    messages.success(request, words % {"n": count})


def _position(counts: dict[str, int]) -> str:
    total, waiting = sum(counts.values()), counts[CertificateState.NUMBERED]
    if waiting:
        return _("%(made)s of %(total)s papers are made") % {"made": total - waiting, "total": total}
    return ngettext("%(n)s certificate issued", "%(n)s certificates issued", total) % {"n": total}


def _resume(request: HttpRequest, batch: Batch) -> list[Act]:
    if not request.actor.has(*rules.HOLDERS_CLERKS):  # type: ignore[attr-defined]
        return []
    url = reverse("batch-certificates-resume", args=[batch.pk])
    return [Act(_("Make the remaining papers"), url, method="post", look="primary")]


def _batch(request: HttpRequest, pk: int) -> Batch:
    try:
        return batch_for(request.actor, pk)  # type: ignore[attr-defined]
    except Batch.DoesNotExist:
        raise Http404(pk) from None
