from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BodiesConfig(AppConfig):
    name = "gongjiang.bodies"
    label = "bodies"

    def ready(self) -> None:
        from gongjiang.kernel import audit_labels

        audit_labels.register(
            {
                "body.register": _("entered the filed body"),
                "body.suspend": _("suspended the body"),
                "body.lift_suspension": _("lifted the suspension"),
            }
        )
