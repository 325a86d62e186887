"""Addresses of the applicant's side."""

from django.urls import URLPattern, path

from gongjiang.filing import views_calls

urlpatterns: list[URLPattern] = [
    path("calls/", views_calls.calls, name="calls"),
    path("calls/new/", views_calls.call_new, name="call-new"),
    path("calls/<str:number>/", views_calls.call, name="call"),
    path("calls/<str:number>/pdf/", views_calls.call_pdf, name="call-pdf"),
]
