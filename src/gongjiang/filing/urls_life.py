"""Addresses of the life of a filing."""

from django.urls import URLPattern, path

from gongjiang.filing import (
    views_life_compare,
    views_life_earlier,
    views_life_refunds,
    views_life_renewal,
    views_life_reports,
    views_life_termination,
)

urlpatterns: list[URLPattern] = [
    path("law/compare/filing/", views_life_compare.compare_filing, name="law-compare-filing"),
    path("law/compare/filing.json", views_life_compare.compare_filing_json, name="law-compare-filing-json"),
    path("terminations/", views_life_termination.terminations, name="termination-list"),
    path("terminations/<int:pk>/", views_life_termination.termination, name="termination"),
    path("terminations/<int:pk>/end/", views_life_termination.end, name="termination-end"),
    path("terminations/<int:pk>/take-over/", views_life_termination.hand_over, name="termination-hand-over"),
    path("terminations/<int:pk>/items/<str:item>/", views_life_termination.answer, name="termination-answer"),
    path("terminations/<int:pk>/refunds/", views_life_refunds.refunds, name="termination-refunds"),
    path("terminations/<int:pk>/refunds/sheet/", views_life_refunds.sheet, name="termination-refund-sheet"),
    path("terminations/<int:pk>/refunds/read/", views_life_refunds.read_sheet, name="termination-refund-read"),
    path("renewals/", views_life_renewal.renewals, name="renewal-list"),
    path("bodies/<int:pk>/renewal/", views_life_renewal.body_renewal, name="renewal"),
    path("earlier-filings/", views_life_earlier.earlier_filings, name="earlier-filing-list"),
    path("earlier-filings/new/", views_life_earlier.earlier_new, name="earlier-filing-new"),
    path("earlier-filings/<int:pk>/", views_life_earlier.earlier_filing, name="earlier-filing"),
    path("earlier-filings/<int:pk>/letter/", views_life_earlier.earlier_source, name="earlier-filing-source"),
    path("earlier-filings/<int:pk>/confirm/", views_life_earlier.earlier_confirm, name="earlier-filing-confirm"),
    path("earlier-filings/<int:pk>/drop/", views_life_earlier.earlier_drop, name="earlier-filing-drop"),
    path("change-reports/", views_life_reports.change_report_list, name="change-report-list"),
    path("change-reports/make/", views_life_reports.change_report_make, name="change-report-make"),
    path("change-reports/<int:pk>/", views_life_reports.change_report, name="change-report"),
    path("change-reports/<int:pk>/<str:sheet>/", views_life_reports.change_report_file, name="change-report-file"),
    path("change-reports/<int:pk>/sent/now/", views_life_reports.change_report_sent, name="change-report-sent"),
    path("bodies/<int:pk>/terminate/", views_life_termination.order, name="termination-order"),
]
