from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "gongjiang.results"
    label = "results"
