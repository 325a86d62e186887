from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    name = "gongjiang.workforce"
    label = "workforce"
