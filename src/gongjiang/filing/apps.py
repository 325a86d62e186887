from django.apps import AppConfig


class FilingConfig(AppConfig):
    name = "gongjiang.filing"
    label = "filing"
