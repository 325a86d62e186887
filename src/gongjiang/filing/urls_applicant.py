"""Addresses of the applicant's side."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
