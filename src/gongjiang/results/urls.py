from django.urls import path

from gongjiang.results import objection_views, public_views, result_views, score_views, veto_views

urlpatterns = [
    path("batches/<int:pk>/scores/", score_views.overview, name="batch-scores"),
    path("batches/<int:pk>/scores/import/", score_views.import_sheet, name="score-import"),
    path("batches/<int:pk>/scores/template/", score_views.template, name="score-template"),
    path("batches/<int:pk>/scores/confirm/", score_views.confirm, name="scores-confirm"),
    path("batches/<int:pk>/scores/<slug:part>/", score_views.entry, name="score-entry"),
    path("score-sheets/<int:pk>/", score_views.sheet_page, name="score-sheet"),
    path("score-sheets/<int:pk>/confirm/", score_views.sheet_confirm, name="score-sheet-confirm"),
    path("batches/<int:pk>/results/", result_views.results, name="batch-results"),
    path("batches/<int:pk>/results/submit/", result_views.submit, name="results-submit"),
    path("batches/<int:pk>/results/approve/", result_views.approve, name="results-approve"),
    path("batches/<int:pk>/results/return/", result_views.return_, name="results-return"),
    path("batches/<int:pk>/results/post/", result_views.post, name="results-post"),
    path("batches/<int:pk>/results/confirm/", result_views.confirm, name="results-confirm"),
    path("results/<int:pk>/", result_views.result, name="result"),
    path("results/<int:pk>/object/", result_views.object_, name="result-object"),
    path("batches/<int:pk>/vetoes/", veto_views.vetoes, name="batch-vetoes"),
    path("batches/<int:pk>/vetoes/propose/", veto_views.propose, name="veto-propose"),
    path("vetoes/<int:pk>/", veto_views.veto, name="veto"),
    path("vetoes/<int:pk>/decide/", veto_views.decide, name="veto-decide"),
    path("objections/", objection_views.objections, name="objection-list"),
    path("objections/<int:pk>/", objection_views.objection, name="objection"),
    path("objections/<int:pk>/assign/", objection_views.assign, name="objection-assign"),
    path("objections/<int:pk>/reply/", objection_views.reply, name="objection-reply"),
    path("notices/", public_views.notices, name="notices"),
    path("notices/<int:pk>/", public_views.notice, name="notice"),
    path("notices/<int:pk>/pdf/", public_views.notice_pdf, name="notice-pdf"),
]
