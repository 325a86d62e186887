from django.urls import path

from gongjiang.reports import views

urlpatterns = [
    path("reports/", views.report_list, name="report-list"),
    path("batches/<int:pk>/report/", views.batch_report, name="batch-report"),
    path("batches/<int:pk>/report/prepare/", views.prepare, name="batch-report-prepare"),
    path("reports/<int:pk>/send/", views.send, name="report-send"),
    path("reports/<int:pk>/receipt/", views.receipt, name="report-receipt"),
    path("reports/<int:pk>/rows/<int:row>/fix/", views.fix, name="report-fix-row"),
    path("reports/<int:pk>/files/<str:sheet>/", views.download, name="report-file"),
]
