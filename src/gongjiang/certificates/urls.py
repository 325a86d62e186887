from django.urls import path

from gongjiang.certificates import public_views, views, views_issue, views_requests
from gongjiang.certificates.api import api

urlpatterns = [
    path("certificates/", views.certificate_list, name="certificate-list"),
    path("certificates/<int:pk>/", views.certificate_record, name="certificate"),
    path("certificates/<int:pk>/copies/<int:generation>/", views.certificate_pdf, name="certificate-pdf"),
    path("certificates/<int:pk>/reissue/", views_requests.reissue, name="certificate-reissue"),
    path("certificates/<int:pk>/correct/", views_requests.correct, name="certificate-correct"),
    path("certificates/<int:pk>/revoke/", views.revoke, name="certificate-revoke"),
    path("certificates/requests/<int:pk>/", views_requests.request_record, name="certificate-request"),
    path("certificates/requests/<int:pk>/decide/", views_requests.decide, name="certificate-request-decide"),
    path("certificates/requests/<int:pk>/report/", views_requests.report, name="certificate-request-report"),
    path("certificates/requests/<int:pk>/export/", views_requests.export, name="certificate-request-export"),
    path("certificates/requests/<int:pk>/proof/", views_requests.proof, name="certificate-request-proof"),
    path("batches/<int:pk>/certificates/", views_issue.batch_certificates, name="batch-certificates"),
    path("batches/<int:pk>/certificates/progress/", views_issue.progress, name="batch-certificates-progress"),
    path("batches/<int:pk>/certificates/resume/", views_issue.resume, name="batch-certificates-resume"),
    path("batches/<int:pk>/issue/", views_issue.issue, name="batch-issue"),
    path("batches/<int:pk>/apply-for-numbers/", views_issue.apply_for_numbers, name="batch-apply-for-numbers"),
    path("batches/<int:pk>/give-numbers/", views_issue.give_numbers, name="batch-give-numbers"),
    path("verify/", public_views.verify, name="verify"),
    path("verify/keys.json", public_views.keys, name="verify-keys"),
    path("verify/status.json", public_views.status, name="verify-status"),
    path("v", public_views.by_token, name="verify-token"),
    path("api/verify/", api.urls),
]
