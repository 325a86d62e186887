"""The consolidated opinion, and the papers that go with it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.evaluation import documents
from gongjiang.evaluation.models import Evaluation
from gongjiang.evaluation.permissions import KEEPERS, require
from gongjiang.evaluation.queries.conclusion import against_concluding
from gongjiang.evaluation.queries.panel import cites_of
from gongjiang.evaluation.states import EVALUATION
from gongjiang.kernel import files, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground, refuse_if

SHORTEST_OPINION = 2


@transaction.atomic
def conclude(*, actor: Actor, at: datetime, evaluation: Evaluation, verdict: bool, opinion: str) -> Evaluation:
    """Give the consolidated opinion of the panel (JL-2025-1§7(4)); file and opinion are kept as papers.

    :raises NotAllowed: wrong state, or the actor isn't an officer of the authority.
    :raises Refused: a sheet, a consensus, a signature or a re-check lacks; or the verdict is favourable over a veto, an
        average below the pass mark or what isn't mended; or nothing is written.
    """
    asked = str(EVALUATION.table["conclude"].label)
    related = ("organisation", "criteria")
    locked = Evaluation.everything.select_for_update(of=("self",)).select_related(*related).get(pk=evaluation.pk)
    require(actor, *KEEPERS, asked=asked, path=locked.organisation.path, subject=locked)
    EVALUATION.require("conclude", locked, actor=actor, on=at.astimezone(SHANGHAI).date())
    grounds = against_concluding(locked, at, verdict=verdict)
    if len(opinion.strip()) < SHORTEST_OPINION:
        grounds.append(Ground(_("Nothing is written."), _("Write the panel's opinion."), code="text-missing"))
    refuse_if(asked, grounds, subject=locked)
    locked.verdict, locked.opinion = verdict, opinion.strip()
    locked.concluded_at, locked.concluded_by_id = at, actor.user_id
    locked.dossier = files.store_made(documents.dossier_pdf(locked, at), media_type=files.PDF, at=at)
    locked.opinion_paper = files.store_made(documents.opinion_pdf(locked, at), media_type=files.PDF, at=at)
    fields = ["verdict", "opinion", "concluded_at", "concluded_by", "dossier", "opinion_paper"]
    locked.save(update_fields=fields)
    facts = {"verdict": verdict, "average": locked.average, "dossier": locked.dossier.sha256}
    workflow.apply(locked, "conclude", actor=actor, at=at, cites=cites_of(locked), facts=facts)
    evaluation.refresh_from_db()
    return locked
