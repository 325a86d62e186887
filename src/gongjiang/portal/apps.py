from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "gongjiang.portal"
    label = "portal"

    def ready(self) -> None:
        """Connect what must know of each other across the rows."""
        from gongjiang.portal import wiring

        wiring.connect()
