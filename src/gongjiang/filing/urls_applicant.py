"""Addresses of the applicant's side."""

from django.urls import URLPattern, path

from gongjiang.filing import views_applicant, views_calls, views_register, views_sections

urlpatterns: list[URLPattern] = [
    path("calls/", views_calls.calls, name="calls"),
    path("calls/new/", views_calls.call_new, name="call-new"),
    path("calls/<str:number>/", views_calls.call, name="call"),
    path("calls/<str:number>/pdf/", views_calls.call_pdf, name="call-pdf"),
    path("filing/register/", views_register.register, name="filing-register"),
    path("filing/", views_applicant.own_applications, name="filing"),
    path("filing/new/", views_applicant.application_new, name="application-new"),
    path("filing/own/<int:pk>/", views_applicant.own_application, name="own-application"),
    path("filing/own/<int:pk>/save/<str:section>/", views_sections.save, name="own-application-save"),
    path("filing/own/<int:pk>/submit/", views_applicant.application_submit, name="own-application-submit"),
    path("filing/own/<int:pk>/withdraw/", views_applicant.application_withdraw, name="own-application-withdraw"),
    path("filing/own/<int:pk>/papers/<int:held>/", views_applicant.own_paper, name="own-application-paper"),
]
