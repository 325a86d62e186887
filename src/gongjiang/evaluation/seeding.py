"""The secret on which a draw rests: made and sealed when the evaluation opens, revealed with the lot."""

import secrets
from datetime import datetime

from gongjiang.evaluation.models import Draw, Evaluation
from gongjiang.kernel import settings_of_place
from gongjiang.kernel.fields import encrypt
from gongjiang.solvers.draw import ALGORITHM, commitment

SEED_BYTES = 32


def commit_seed(evaluation: Evaluation, *, at: datetime) -> Draw:
    """Make a secret seed for the next draw: its hash is public from now on, the seed itself encrypted until then."""
    seed = secrets.token_hex(SEED_BYTES)
    size = settings_of_place.setting("evaluation.panel_size", place=evaluation.regime, day=evaluation.opened_on)
    return Draw.objects.create(
        evaluation=evaluation,
        commitment=commitment(seed),
        committed_at=at,
        sealed_seed=encrypt(seed).hex(),
        algorithm=ALGORITHM,
        size=int(size.value),
    )
