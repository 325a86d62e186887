"""Addresses of the officer's side."""

from django.urls import URLPattern, path

from gongjiang.filing import views_notice, views_officer

ONE = "filing/applications/<int:pk>"
urlpatterns: list[URLPattern] = [
    path("filing/queue/", views_officer.queue, name="filing-queue"),
    path(f"{ONE}/", views_officer.application, name="application"),
    path(f"{ONE}/papers/<int:material>/", views_officer.paper, name="application-paper"),
    path(f"{ONE}/letter/", views_officer.letter, name="application-letter"),
    path(f"{ONE}/accept/", views_officer.accept, name="application-accept"),
    path(f"{ONE}/return/", views_officer.return_for_correction, name="application-return"),
    path(f"{ONE}/reroute/", views_officer.reroute, name="application-reroute"),
    path(f"{ONE}/opinions/", views_officer.opinions, name="application-opinions"),
    path(f"{ONE}/evaluation/", views_officer.open_evaluation, name="application-open-evaluation"),
    path(f"{ONE}/conclude/", views_officer.conclude, name="application-conclude"),
    path(f"{ONE}/deliberate/", views_officer.deliberate, name="application-deliberate"),
    path(f"{ONE}/notice/", views_officer.post_notice, name="application-post-notice"),
    path(f"{ONE}/clear/", views_officer.clear, name="application-clear"),
    path(f"{ONE}/sign/", views_officer.sign, name="application-sign"),
    path(f"{ONE}/refuse/", views_officer.refuse, name="application-refuse"),
    path(f"{ONE}/objections/<int:objection_pk>/", views_notice.application_objection, name="application-objection"),
    path("filing/own/<int:pk>/undertaking/", views_notice.undertaking, name="own-application-undertaking"),
    path("filing/notices/", views_notice.filing_notices, name="filing-notices"),
    path("filing/notices/<int:pk>/", views_notice.filing_notice, name="filing-notice"),
]
