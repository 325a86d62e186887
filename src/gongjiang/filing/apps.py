from django.apps import AppConfig


class FilingConfig(AppConfig):
    name = "gongjiang.filing"
    label = "filing"

    def ready(self) -> None:
        from gongjiang.filing import wiring_applicant, wiring_life, wiring_officer

        wiring_applicant.connect()
        wiring_officer.connect()
        wiring_life.connect()
