from django.urls import path

from gongjiang.supervision import views, views_complaints

urlpatterns = [
    path("supervision/", views.supervision, name="supervision"),
    path("supervision/own/", views.own_supervision, name="own-supervision"),
    path("supervision/complaints/", views_complaints.complaint_list, name="complaint-list"),
    path("bodies/<int:pk>/findings/new/", views.finding_new, name="finding-new"),
    path("findings/<int:pk>/", views.finding, name="finding"),
    path("findings/<int:pk>/files/<str:which>/", views.finding_file, name="finding-file"),
    path("findings/<int:pk>/report/", views.finding_report, name="finding-report"),
    path("findings/<int:pk>/close/", views.finding_close, name="finding-close"),
    path("findings/<int:pk>/reopen/", views.finding_reopen, name="finding-reopen"),
    path("self-checks/new/", views.self_check_new, name="self-check-new"),
    path("complaints/", views_complaints.complaint_status, name="complaint-status"),
    path("complaints/<int:pk>/", views_complaints.complaint, name="complaint"),
    path("complaints/<int:pk>/take-up/", views_complaints.take_up, name="complaint-take-up"),
    path("complaints/<int:pk>/answer/", views_complaints.answer, name="complaint-answer"),
    path("complaints/<int:pk>/send-on/", views_complaints.send_on, name="complaint-send-on"),
    path("directory/<str:code>/complain/", views_complaints.complain, name="complain"),
]
