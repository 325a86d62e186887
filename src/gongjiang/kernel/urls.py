"""The kernel's addresses."""

from django.urls import path

from gongjiang.kernel import audit_views, views

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("reveal/<str:model>/<str:field>/<int:pk>/", views.reveal, name="reveal"),
    path("settings/", views.settings_list, name="settings"),
    path("settings/calendar/", views.calendar, name="settings-calendar"),
    path("settings/look-ups/", views.look_ups, name="settings-look-ups"),
    path("settings/<str:name>/", views.setting_edit, name="setting"),
    path("audit/", audit_views.page, name="audit"),
    path("audit/checkpoints.json", audit_views.checkpoints_json, name="audit-checkpoints"),
    path("audit/verify_audit.py", audit_views.verifier, name="audit-verifier"),
]
