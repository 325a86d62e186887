"""The platform's addresses and, beside them, the bare views that verification is measured against."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import include, path

from gongjiang.certificates.models import Certificate


def bare(request: HttpRequest) -> HttpResponse:
    """One query by key and a small answer."""
    found = Certificate.everything.get(number=request.POST["number"])
    return JsonResponse({"number": found.number, "name": found.holder_name, "issued_on": found.issued_on})


def bare_page(request: HttpRequest) -> HttpResponse:
    """One query by key and a page in the platform's shell."""
    found = Certificate.everything.get(number=request.POST["number"])
    return render(request, "public_base.html", {"found": found})


urlpatterns = [
    # Verification stands before the bare views, and both before the rest: finding a view costs either the same.
    path("", include("gongjiang.certificates.urls")),
    path("bare/", bare),
    path("bare-page/", bare_page),
    path("", include("gongjiang.config.urls")),
]
