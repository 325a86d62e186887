"""Photos from the site: with the time and place that the device said, kept apart from the picture itself."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.evaluation import rules_sheet
from gongjiang.evaluation.actions.panel import Whereabouts
from gongjiang.evaluation.models import Criterion, Panelist, Photo, Sheet, Stage
from gongjiang.evaluation.queries.panel import tree_of
from gongjiang.evaluation.rules_panel import own_place_only
from gongjiang.kernel import audit, files, idempotency
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, refuse_if


@dataclass(frozen=True, slots=True)
class PhotoSpec:
    """A picture with what was said of it: when and where the device says it was taken, and of which criterion."""

    content: bytes
    criterion: str = ""
    taken_at: datetime | None = None
    place: Whereabouts = field(default_factory=Whereabouts)
    note: str = ""


@transaction.atomic
def add_photo(*, actor: Actor, at: datetime, panelist: Panelist, spec: PhotoSpec, key: str) -> Photo:
    """Keep a photo with the actor's technical sheet; the same key again changes nothing.

    The picture is drawn anew, so that nothing hides in it; time and place are kept beside it as the device said.

    :raises NotAllowed: it isn't the actor's own place.
    :raises Refused: it isn't the time, the sheet is sealed, no such criterion, or no picture.
    """
    asked = _("Add a photo")
    own_place_only(actor, panelist, asked)
    sha256 = hashlib.sha256(spec.content).hexdigest()
    request = {"panelist": panelist.pk, "criterion": spec.criterion, "sha256": sha256}

    def write() -> int:
        held = (
            Panelist.objects.select_for_update(of=("self",)).select_related("evaluation__criteria").get(pk=panelist.pk)
        )
        sheet = Sheet.objects.filter(panelist=held, stage=Stage.TECHNICAL).first() or Sheet()
        refuse_if(asked, [*rules_sheet.wrong_time(held, Stage.TECHNICAL), *rules_sheet.sealed(sheet)], subject=held)
        criterion = _criterion(held, spec.criterion, asked)
        stored = files.store(spec.content, at=at, allow=(files.JPEG, files.PNG))
        photo = Photo.objects.create(
            panelist=held,
            criterion=criterion,
            file=stored,
            key=key,
            taken_at=spec.taken_at,
            latitude=spec.place.latitude,
            longitude=spec.place.longitude,
            where=spec.place.where.strip()[:100],
            note=spec.note.strip()[:200],
            stored_at=at,
        )
        facts = {"sha256": stored.sha256}
        audit.record(actor=actor, action="photo.add", subject=photo, at=at, facts=facts, about=held.evaluation)
        return photo.pk

    pk, _now = idempotency.once(key=f"photo:{key}", action="photo.add", request=request, at=at, do=write)
    return Photo.objects.get(pk=pk)


def _criterion(panelist: Panelist, code: str, asked: str) -> Criterion | None:
    if not code:
        return None
    found = {each.code: each for each in tree_of(panelist.evaluation.criteria).of_stage(Stage.TECHNICAL)}
    if code not in found:
        why = _("%(code)s isn't an item of this sheet.") % {"code": code}
        refuse_if(asked, [Ground(why, _("Open the sheet again."), code="unknown-item")], subject=panelist.evaluation)
    return found[code]
