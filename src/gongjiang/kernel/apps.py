from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "gongjiang.kernel"
    label = "kernel"

    def ready(self) -> None:
        from gongjiang.kernel import checks  # noqa: F401
