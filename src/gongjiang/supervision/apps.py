from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "gongjiang.supervision"
    label = "supervision"

    def ready(self) -> None:
        from gongjiang.supervision import wiring

        wiring.connect()
