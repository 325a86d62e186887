"""Addresses of the expert pool, the draws and the criteria."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
