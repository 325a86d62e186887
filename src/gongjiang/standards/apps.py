from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "gongjiang.standards"
    label = "standards"
