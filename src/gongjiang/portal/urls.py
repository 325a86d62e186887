"""The portal's addresses."""

from django.urls import path

from gongjiang.portal import design

urlpatterns = [
    path("design/", design.style_page, name="design"),
]
