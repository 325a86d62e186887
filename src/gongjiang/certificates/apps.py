from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "gongjiang.certificates"
    label = "certificates"

    def ready(self) -> None:
        from gongjiang.certificates import wiring

        wiring.connect()
