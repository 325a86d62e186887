from django.urls import path

from gongjiang.bodies import api, views

urlpatterns = [
    path("directory/", views.directory, name="directory"),
    path("directory/<str:code>/", views.directory_body, name="directory-body"),
    path("bodies/", views.body_list, name="body-list"),
    path("bodies/<int:pk>/", views.body_record, name="body"),
    path("bodies/<int:pk>/suspend/", views.suspend, name="body-suspend"),
    path("bodies/<int:pk>/lift/", views.lift, name="body-lift"),
    path("api/", api.api.urls),
]
