"""The addresses of the staff pages; signing in is allauth's, under /account/."""

from django.urls import path

from gongjiang.accounts import views

urlpatterns = [
    path("staff/", views.user_list, name="user-list"),
    path("staff/new/", views.user_new, name="user-new"),
    path("staff/<int:pk>/", views.user_record, name="user"),
    path("staff/<int:pk>/roles/", views.role_give, name="role-give"),
    path("staff/<int:pk>/renew/", views.user_renew, name="user-renew"),
    path("staff/roles/<int:pk>/end/", views.role_end, name="role-end"),
]
