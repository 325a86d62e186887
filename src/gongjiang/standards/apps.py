from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    name = "gongjiang.standards"
    label = "standards"

    def ready(self) -> None:
        from gongjiang.kernel import audit_labels
        from gongjiang.standards.states import SPECIFICATION

        audit_labels.register({f"specification.{each.action}": each.label for each in SPECIFICATION.arrows})
        audit_labels.register(
            {
                "catalogue.load": _("loaded the catalogue"),
                "catalogue.load_weights": _("loaded example weights"),
                "standard.enter": _("entered the version of a standard"),
                "specification.draft": _("wrote the specification"),
                "specification.revise": _("wrote the specification anew"),
                "level.add": _("added a level"),
                "level.end": _("ended a level"),
                "level.permit": _("permitted a further level"),
                "level.end_permit": _("ended the permission for a level"),
            }
        )
