from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "gongjiang.reports"
    label = "reports"
