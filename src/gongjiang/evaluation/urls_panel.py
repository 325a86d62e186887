"""Addresses of the panel's work."""

from django.urls import URLPattern, path

from gongjiang.evaluation import views_after, views_held, views_own, views_panel, views_sheet

urlpatterns: list[URLPattern] = [
    path("evaluations/mine/", views_panel.mine, name="evaluation-mine"),
    path("evaluations/mine/<int:pk>/", views_panel.place, name="evaluation-place"),
    path("evaluations/mine/<int:pk>/confirm/", views_panel.confirm, name="evaluation-confirm"),
    path("evaluations/mine/<int:pk>/arrive/", views_panel.arrive, name="evaluation-arrive"),
    path("evaluations/mine/<int:pk>/materials/<str:key>/", views_panel.material, name="evaluation-material"),
    path("evaluations/mine/<int:pk>/photos/", views_sheet.photo_add, name="evaluation-photo-add"),
    path("evaluations/mine/<int:pk>/consensus/<str:code>/", views_after.consensus, name="evaluation-consensus"),
    path("evaluations/mine/<int:pk>/consensus/<str:code>/sign/", views_after.sign, name="evaluation-consensus-sign"),
    path("evaluations/mine/<int:pk>/recheck/<int:row>/", views_after.recheck, name="evaluation-recheck"),
    path("evaluations/mine/<int:pk>/sheet/<slug:stage>/", views_sheet.sheet, name="evaluation-sheet"),
    path("evaluations/mine/<int:pk>/sheet/<slug:stage>/seal/", views_sheet.seal, name="evaluation-seal"),
    path("evaluations/<int:pk>/begin/", views_after.begin, name="evaluation-begin"),
    path("evaluations/<int:pk>/open/<slug:stage>/", views_after.open_sheets, name="evaluation-open-sheets"),
    path("evaluations/<int:pk>/mending/", views_after.rectify, name="evaluation-rectify"),
    path("evaluations/<int:pk>/mending/<int:row>/proof/", views_after.proof, name="evaluation-proof"),
    path("evaluations/<int:pk>/photos/<int:row>/", views_after.photo, name="evaluation-photo"),
    path("evaluations/<int:pk>/panel/", views_held.panel, name="evaluation-panel"),
    path("evaluations/<int:pk>/visit/", views_held.visit, name="evaluation-visit"),
    path("evaluations/<int:pk>/conclude/", views_held.conclude, name="evaluation-conclude"),
    path("evaluations/<int:pk>/file/", views_held.dossier, name="evaluation-dossier"),
    path("evaluations/own/", views_own.own_list, name="evaluation-own-list"),
    path("evaluations/own/<int:pk>/", views_own.own, name="evaluation-own"),
    path("evaluations/own/<int:pk>/mending/<int:row>/", views_own.answer, name="evaluation-answer"),
    path("evaluations/<int:pk>/opinion/", views_own.opinion, name="evaluation-opinion"),
]
