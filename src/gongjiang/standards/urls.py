from django.urls import path

from gongjiang.standards import views

urlpatterns = [
    path("standards/", views.search, name="standards"),
    path("standards/<str:code>/", views.occupation, name="occupation"),
]
