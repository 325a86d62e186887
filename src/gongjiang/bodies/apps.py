from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BodiesConfig(AppConfig):
    name = "gongjiang.bodies"
    label = "bodies"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, pre_migrate

        from gongjiang.bodies import triggers
        from gongjiang.kernel import audit_labels

        pre_migrate.connect(triggers.drop, sender=self, dispatch_uid="bodies.triggers.drop")
        post_migrate.connect(triggers.create, sender=self, dispatch_uid="bodies.triggers.create")
        audit_labels.register(
            {
                "body.register": _("entered the filed body"),
                "body.put_on_file": _("put the body on file"),
                "body.change_scope": _("changed the body's occupations and levels"),
                "body.amend": _("amended the filing"),
                "body.renew": _("renewed the filing"),
                "body.wind_up": _("began winding up"),
                "body.end_voluntary": _("ended the filing at the body's wish"),
                "body.end_ordered": _("ended the filing by order"),
                "body.hand_over": _("passed the duties to the authority"),
                "body.decision_ended": _("let an earlier decision end"),
                "body.sign_undertaking": _("kept the signed undertaking"),
                "body.set_subsidiaries": _("set the list of subsidiaries"),
                "body.suspend": _("suspended the body"),
                "body.lift_suspension": _("lifted the suspension"),
            }
        )
