from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    name = "gongjiang.standards"
    label = "standards"

    def ready(self) -> None:
        from gongjiang.kernel import audit_labels, queue
        from gongjiang.standards import waiting
        from gongjiang.standards.states import SPECIFICATION

        queue.register(("provincial_officer", "provincial_approver"), waiting.for_reviewers)
        queue.register(("body_manager",), waiting.for_owners)

        audit_labels.register({f"specification.{each.action}": each.label for each in SPECIFICATION.arrows})
        audit_labels.register(
            {
                "catalogue.load": _("loaded the catalogue"),
                "catalogue.load_weights": _("loaded example weights"),
                "catalogue.import_edition": _("imported an edition of the classification"),
                "catalogue.import_access": _("imported access-type occupations"),
                "catalogue.import_projects": _("imported specialised projects"),
                "catalogue.import_standards": _("imported national standards"),
                "catalogue.import_weights": _("imported weights of functions"),
                "standard.join": _("joined a standard by hand"),
                "occupation.give_code": _("entered a new occupation's code"),
                "standard.enter": _("entered the version of a standard"),
                "specification.draft": _("wrote the specification"),
                "specification.revise": _("wrote the specification anew"),
                "level.add": _("added a level"),
                "level.end": _("ended a level"),
                "level.permit": _("permitted a further level"),
                "level.end_permit": _("ended the permission for a level"),
            }
        )
