from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BodiesConfig(AppConfig):
    name = "gongjiang.bodies"
    label = "bodies"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, pre_migrate

        from gongjiang.bodies import boards, owed, panels, queue, triggers
        from gongjiang.kernel import audit_labels, place_settings_registry

        pre_migrate.connect(triggers.drop, sender=self, dispatch_uid="bodies.triggers.drop")
        post_migrate.connect(triggers.create, sender=self, dispatch_uid="bodies.triggers.create")
        place_settings_registry.register(*owed.SETTINGS)
        queue.register()
        boards.register(10, "bodies/_board_terms.html", panels.terms_ending)
        boards.register(20, "bodies/_board_divisions.html", panels.divisions)
        boards.register(30, "bodies/_board_reports.html", panels.late_reports)
        boards.register(40, "bodies/_board_guests.html", panels.guests)
        audit_labels.register(
            {
                "periodic_report.save": _("wrote a report"),
                "periodic_report.submit": _("handed a report in"),
                "periodic_report.accept": _("accepted a report"),
                "periodic_report.return": _("returned a report"),
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
                "body.publish_rule": _("published rules of the body"),
                "body.publish_fees": _("published the body's fees"),
                "body.version_ended": _("let the earlier version end"),
                "body.sign_undertaking": _("kept the signed undertaking"),
                "body.set_subsidiaries": _("set the list of subsidiaries"),
                "body.suspend": _("suspended the body"),
                "body.lift_suspension": _("lifted the suspension"),
            }
        )
