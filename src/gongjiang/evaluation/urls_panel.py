"""Addresses of the panel's work."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
