"""Whether scores and results are still what the audit trail says they are (abuse case 29)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from gongjiang.kernel import audit
from gongjiang.kernel.models import AuditEntry
from gongjiang.planning.models import Batch
from gongjiang.results.models import EthicsVeto, Result, Score
from gongjiang.results.queries import Key, current_scores, results_in, vetoes_in, vetoes_in_force

CHUNK = 500


def changed_scores(batch: Batch) -> list[Score]:
    """Return the standing scores that aren't as the trail has them: edited or added behind the platform's back."""
    scores = Score.objects.filter(enrolment__batch=batch, superseded=False).select_related("enrolment")
    return _changed(scores)


def changed_results(batch: Batch) -> list[Result]:
    """Return the results that aren't as the trail has them, or that no longer follow from the standing scores."""
    found = list(results_in(batch))
    scores, vetoes = current_scores(batch), vetoes_in_force(batch)
    changed = {result.pk for result in _changed(found)}
    touched = {veto.enrolment_id for veto in changed_vetoes(batch)}
    return [
        result
        for result in found
        if result.pk in changed or result.enrolment_id in touched or not _follows(result, scores, vetoes)
    ]


def changed_vetoes(batch: Batch) -> list[EthicsVeto]:
    """Return the vetoes that aren't as the trail has them: edited or added behind the platform's back."""
    return _changed(vetoes_in(batch))


def _follows(result: Result, scores: Mapping[Key, Score], vetoes: Mapping[int, EthicsVeto]) -> bool:
    veto = vetoes.get(result.enrolment_id)
    if result.veto_id != (veto.pk if veto else None):
        return False
    for part in result.parts:
        score = scores.get((result.enrolment_id, part["part"]))
        if score is None or (score.pk, score.state_hash()) != (part["score_id"], part["score_hash"]):
            return False
    return True


def _changed(records: Iterable[Any]) -> list[Any]:
    found = list(records)
    known = _hashes_in_trail(found)
    return [record for record in found if known.get(str(record.pk)) != record.state_hash()]


def _hashes_in_trail(records: list[models.Model]) -> dict[str, str]:
    """Return the newest state hash that the trail has for each record."""
    hashes: dict[str, str] = {}
    for start in range(0, len(records), CHUNK):
        chunk = records[start : start + CHUNK]
        entries = AuditEntry.objects.filter(
            subject_kind=audit.kind_of(chunk[0]), subject_id__in=[str(record.pk) for record in chunk], outcome="done"
        ).exclude(state_hash="")
        hashes |= dict(entries.order_by("seq").values_list("subject_id", "state_hash"))
    return hashes
