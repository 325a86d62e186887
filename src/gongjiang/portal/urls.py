"""The portal's addresses."""

from django.urls import path

from gongjiang.portal import (
    design,
    views_demo,
    views_home,
    views_law,
    views_mine,
    views_public,
    views_search,
    views_site,
)

urlpatterns = [
    path("", views_public.front, name="front"),
    path("public/", views_public.public, name="public"),
    path("home/", views_home.home, name="home"),
    path("home/act-for/", views_home.act_for, name="act-for"),
    path("mine/", views_mine.mine, name="mine"),
    path("mine/<int:pk>/", views_mine.mine, name="mine-enrolment"),
    path("search/", views_search.search, name="search"),
    path("law/", views_law.law, name="law"),
    path("law/questions/<str:name>/", views_law.law_question, name="law-question"),
    path("law/documents/<str:key>/", views_law.law_document, name="law-document"),
    path("demo/", views_demo.demo, name="demo"),
    path("demo/sign-in/", views_demo.demo_sign_in, name="demo-sign-in"),
    path("demo/clock/", views_demo.demo_clock, name="demo-clock"),
    path("design/", design.style_page, name="design"),
    path("robots.txt", views_site.robots, name="robots"),
]
