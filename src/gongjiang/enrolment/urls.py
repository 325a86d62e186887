from django.urls import path

from gongjiang.enrolment import views, views_import, views_review

urlpatterns = [
    path("enrolments/", views.enrolment_list, name="enrolment-list"),
    path("enrolments/<int:pk>/", views.record, name="enrolment"),
    path("enrolments/<int:pk>/photo/", views.photo, name="enrolment-photo"),
    path("enrolments/<int:pk>/photo/set/", views.photo_set, name="enrolment-photo-set"),
    path("enrolments/<int:pk>/papers/", views.evidence_add, name="evidence-add"),
    path("enrolments/<int:pk>/papers/<int:paper>/", views.evidence, name="evidence"),
    path("enrolments/<int:pk>/withdraw/", views.withdraw, name="enrolment-withdraw"),
    path("enrolments/<int:pk>/resubmit/", views.resubmit, name="enrolment-resubmit"),
    path("enrolments/<int:pk>/appeal/", views_review.appeal, name="enrolment-appeal"),
    path("enrolments/<int:pk>/review/", views_review.review, name="enrolment-review"),
    path("enrolments/<int:pk>/accept/", views_review.accept, name="enrolment-accept"),
    path("enrolments/<int:pk>/refuse/", views_review.refuse, name="enrolment-refuse"),
    path("enrolments/<int:pk>/return/", views_review.return_for_correction, name="enrolment-return"),
    path("enrolments/<int:pk>/override/", views_review.override, name="enrolment-override"),
    path("overrides/<int:pk>/answer/", views_review.answer_override, name="override-answer"),
    path("appeals/<int:pk>/reply/", views_review.answer_appeal, name="appeal-reply"),
    path("batches/<int:pk>/enrolments/", views.batch_list, name="batch-enrolments"),
    path("batches/<int:pk>/enrolments/new/", views.enrol, name="enrolment-new"),
    path("batches/<int:pk>/enrolments/import/", views_import.upload, name="enrolment-import"),
    path("batches/<int:pk>/enrolments/template/", views_import.template, name="enrolment-template"),
    path("batches/<int:pk>/enrolments/clear-cases/", views_review.clear_cases, name="enrolment-clear-cases"),
    path(
        "batches/<int:pk>/enrolments/complete-review/", views_review.complete_review, name="enrolment-complete-review"
    ),
    path("imports/<int:pk>/", views_import.run, name="import"),
    path("imports/<int:pk>/progress/", views_import.progress, name="import-progress"),
    path("imports/<int:pk>/report/", views_import.report, name="import-report"),
    path("imports/<int:pk>/confirm/", views_import.confirm, name="import-confirm"),
    path("imports/<int:pk>/cancel/", views_import.cancel, name="import-cancel"),
    path("imports/<int:pk>/resume/", views_import.resume, name="import-resume"),
]
