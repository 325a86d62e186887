from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SittingsConfig(AppConfig):
    name = "gongjiang.sittings"
    label = "sittings"

    def ready(self) -> None:
        from gongjiang.kernel import audit_labels, queue
        from gongjiang.planning import acts
        from gongjiang.sittings import capacity, own_duties, queries_dispatch, waiting
        from gongjiang.sittings.profile import duties_by_year
        from gongjiang.workforce import duties, profile

        audit_labels.register(
            {
                "arrangement.lock": _("locked seats and rooms"),
                "arrangement.make": _("arranged the seats"),
                "arrangement.move": _("moved a seat"),
                "arrangement.pin": _("pinned a seat or released its pin"),
                "arrangement.release": _("released the arrangement"),
                "arrangement.see": _("asked for an arrangement that is secret"),
                "arrangement.unlock": _("reopened the arrangement"),
                "attendance.record": _("recorded attendance"),
                "briefing.hold": _("held the staff briefing"),
                "duty.accept": _("accepted a duty"),
                "duty.assign": _("named somebody for a duty"),
                "duty.decline": _("declined a duty"),
                "duty.draw": _("drew the roster"),
                "duty.end": _("took somebody off the roster"),
                "duty.present": _("recorded whether somebody of the staff came"),
                "duty.replace": _("replaced somebody on the locked roster"),
                "misconduct.record": _("recorded a breach of discipline"),
                "room.enter": _("entered exam rooms"),
                "sitting.schedule": _("scheduled the sittings"),
                "staff.appoint": _("appointed staff"),
            }
        )
        duties.register(own_duties.own_duties)
        profile.register(duties_by_year)
        acts.register("lock_arrangement", "arrangement", method="get", check=waiting.lacking_for_lock)
        acts.register("unlock_arrangement", "arrangement-unlock", method="get")
        acts.register("start_exam", "exam-day", method="get", check=waiting.lacking_for_start)
        acts.register("end_exam", "exam-day", method="get", check=waiting.lacking_for_end)
        acts.register_section(40, "sittings/section_capacity.html", capacity.section)
        acts.register_section(50, "sittings/section.html", waiting.section)
        queue.register(("exam_clerk", "body_manager"), waiting.for_arrangers)
        queue.register(("exam_clerk", "body_manager"), waiting.declined)
        queue.register(queries_dispatch.DISPATCHED, waiting.for_holders)
        queue.register(("invigilator", "assessor"), waiting.for_invigilators)
