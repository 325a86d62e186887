from django.urls import path

from gongjiang.bodies import api, views, views_opendata, views_public, views_publish, views_reports

urlpatterns = [
    path("directory/", views_public.directory, name="directory"),
    path("directory/<str:code>/", views_public.directory_body, name="directory-body"),
    path("directory/<str:code>/rules/<str:kind>/<int:version>/", views_public.directory_rule, name="directory-rule"),
    path(
        "directory/<str:code>/rules/<str:kind>/<int:version>/file",
        views_public.directory_rule_file,
        name="directory-rule-file",
    ),
    path("decisions/<str:number>/", views_public.decision, name="decision"),
    path("decisions/<str:number>/letter.pdf", views_public.decision_letter, name="decision-letter"),
    path("open-data/", views_opendata.open_data, name="open-data"),
    path("open-data/<str:name>.csv", views_opendata.open_data_csv, name="open-data-csv"),
    path("open-data/<str:name>.json", views_opendata.open_data_json, name="open-data-json"),
    path("boards/", views.boards_page, name="boards"),
    path("bodies/", views.body_list, name="body-list"),
    path("bodies/own/", views.own_body, name="own-body"),
    path("bodies/<int:pk>/", views.body_record, name="body"),
    path("bodies/<int:pk>/suspend/", views.suspend, name="body-suspend"),
    path("bodies/<int:pk>/lift/", views.lift, name="body-lift"),
    path("bodies/<int:pk>/published/", views_publish.published_page, name="body-published"),
    path("bodies/<int:pk>/published/rule/", views_publish.publish_rule, name="body-publish-rule"),
    path("bodies/<int:pk>/published/fees/", views_publish.publish_fees, name="body-publish-fees"),
    path("bodies/<int:pk>/reports/", views_reports.body_reports, name="body-reports"),
    path("bodies/<int:pk>/reports/<str:kind>/<str:period>/", views_reports.body_report, name="body-report"),
    path("periodic-reports/<int:pk>/", views_reports.periodic_report, name="periodic-report"),
    path("periodic-reports/<int:pk>/accept/", views_reports.accept_report, name="periodic-report-accept"),
    path("periodic-reports/<int:pk>/return/", views_reports.return_report, name="periodic-report-return"),
    path("api/", api.api.urls),
]
