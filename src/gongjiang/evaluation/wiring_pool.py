"""What the pool, the draws and the criteria tell the kernel when the app starts."""

from django.apps import apps
from django.db.models import QuerySet
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from gongjiang.evaluation import triggers
from gongjiang.evaluation.models import Expert
from gongjiang.evaluation.queries.pool import experts_for
from gongjiang.kernel import audit_labels, identity
from gongjiang.kernel.actor import Actor


def connect() -> None:
    """Register names of acts, the number that can be shown, and the triggers."""
    audit_labels.register(
        {
            "criteria.change": _("changed a line of an evaluation standard"),
            "criteria.draft": _("drafted an evaluation standard"),
            "criteria.publish": _("published an evaluation standard"),
            "evaluation.draw": _("drew the panel"),
            "evaluation.open": _("opened the evaluation"),
            "evaluation.redraw": _("set a draw aside"),
            "evaluation.stop": _("stopped the evaluation"),
            "expert.account": _("opened an expert's account"),
            "expert.end": _("ended an expert's term"),
            "expert.enter": _("entered experts"),
            "expert.fields": _("set an expert's occupations"),
            "expert.tie": _("kept a tie of an expert"),
            "panel.lead": _("named who leads the panel"),
            "panel.replace": _("replaced an expert"),
        }
    )
    identity.register_revealable("evaluation.expert", "identity", _pool)
    sender = apps.get_app_config("evaluation")
    pre_migrate.connect(triggers.drop, sender=sender, dispatch_uid="evaluation.triggers.drop")
    post_migrate.connect(triggers.create, sender=sender, dispatch_uid="evaluation.triggers.create")


def _pool(actor: Actor) -> QuerySet[Expert]:
    return experts_for(actor)
