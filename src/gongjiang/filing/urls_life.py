"""Addresses of the life of a filing."""

from django.urls import URLPattern, path

from gongjiang.filing import views_life_compare, views_life_refunds, views_life_termination

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
    path("bodies/<int:pk>/terminate/", views_life_termination.order, name="termination-order"),
]
