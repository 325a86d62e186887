from django.apps import AppConfig


class SittingsConfig(AppConfig):
    name = "gongjiang.sittings"
    label = "sittings"
