from django.apps import AppConfig


class BodiesConfig(AppConfig):
    name = "gongjiang.bodies"
    label = "bodies"
