from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "gongjiang.planning"
    label = "planning"
