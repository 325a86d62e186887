from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "gongjiang.kernel"
    label = "kernel"

    def ready(self) -> None:
        from gongjiang.kernel import calendar_news, calendars, checks  # noqa: F401

        calendars.tell_with(calendar_news.tell_candidate)
