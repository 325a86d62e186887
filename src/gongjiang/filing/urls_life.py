"""Addresses of the life of a filing."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
