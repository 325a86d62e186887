from django.urls import path

from gongjiang.planning import public_views, views

urlpatterns = [
    path("batches/", views.batch_list, name="batch-list"),
    path("batches/new/", views.batch_new, name="batch-new"),
    path("batches/<int:pk>/", views.batch_record, name="batch"),
    path("batches/<int:pk>/announce/", views.announce, name="batch-announce"),
    path("batches/<int:pk>/apply-for-opening/", views.apply_for_opening, name="batch-apply-for-opening"),
    path("batches/<int:pk>/approve-opening/", views.approve_opening, name="batch-approve-opening"),
    path("batches/<int:pk>/return-opening/", views.return_opening, name="batch-return-opening"),
    path("batches/<int:pk>/close-enrolment/", views.close_enrolment, name="batch-close-enrolment"),
    path("batches/<int:pk>/cancel/", views.cancel, name="batch-cancel"),
    path("announcements/", public_views.announcements, name="announcements"),
    path("announcements/feed/", public_views.AnnouncementFeed(), name="announcement-feed"),
    path("announcements/<str:number>/", public_views.announcement, name="announcement"),
    path("announcements/<str:number>/pdf/", public_views.announcement_pdf, name="announcement-pdf"),
]
