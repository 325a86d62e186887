from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    name = "gongjiang.standards"
    label = "standards"

    def ready(self) -> None:
        from gongjiang.kernel import audit_labels

        audit_labels.register(
            {"catalogue.load": _("loaded the catalogue"), "standard.enter": _("entered the version of a standard")}
        )
