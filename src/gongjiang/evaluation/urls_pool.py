"""Addresses of the expert pool, the draws and the criteria."""

from django.urls import path

from gongjiang.evaluation import views_criteria, views_draw, views_pool, views_public

urlpatterns = [
    path("experts/", views_pool.expert_list, name="expert-list"),
    path("experts/new/", views_pool.new, name="expert-new"),
    path("experts/import/", views_pool.import_sheet, name="expert-import"),
    path("experts/template/", views_pool.template, name="expert-template"),
    path("experts/coverage/", views_pool.coverage, name="expert-coverage"),
    path("experts/own/", views_pool.own, name="expert-own"),
    path("experts/<int:pk>/", views_pool.expert, name="expert"),
    path("experts/<int:pk>/edit/", views_pool.edit, name="expert-edit"),
    path("experts/<int:pk>/tie/", views_pool.tie, name="expert-tie"),
    path("experts/<int:pk>/end/", views_pool.end, name="expert-end"),
    path("experts/<int:pk>/account/", views_pool.account, name="expert-account"),
    path("evaluations/<int:pk>/draw/", views_draw.draw, name="evaluation-draw"),
    path("evaluations/<int:pk>/redraw/", views_draw.redraw, name="evaluation-redraw"),
    path("panelists/<int:pk>/replace/", views_draw.replace, name="panelist-replace"),
    path("panelists/<int:pk>/lead/", views_draw.lead, name="panelist-lead"),
    path("draws/", views_public.draws, name="draws"),
    path("draws/verify_draw.py", views_public.verifier, name="draw-verifier"),
    path("draws/<str:number>/", views_public.draw, name="public-draw"),
    path("draws/<str:number>/<int:turn>/json/", views_public.draw_json, name="draw-json"),
    path("criteria/", views_criteria.criteria_list, name="criteria-list"),
    path("criteria/new/", views_criteria.new, name="criteria-new"),
    path("criteria/import/", views_criteria.import_file, name="criteria-import"),
    path("criteria/demo/", views_criteria.demo, name="criteria-demo"),
    path("criteria/<int:pk>/", views_criteria.criteria, name="criteria"),
    path("criteria/<int:pk>/line/", views_criteria.line, name="criteria-line"),
    path("criteria/<int:pk>/publish/", views_criteria.publish, name="criteria-publish"),
    path("criteria/<int:pk>/diff/", views_criteria.diff, name="criteria-diff"),
    path("criteria/<int:pk>/json/", views_criteria.criteria_json, name="criteria-json"),
]
