"""Addresses of the officer's side."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
