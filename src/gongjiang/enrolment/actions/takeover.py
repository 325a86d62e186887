"""What was laid aside becomes enrolments: in one short transaction, or not at all."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from gongjiang.enrolment import uploads
from gongjiang.enrolment.models import Candidate, Enrolment, ImportRow, ImportRun, ImportState
from gongjiang.enrolment.permissions import ENROLLERS, require
from gongjiang.enrolment.queries import LIVE, one_at_a_time, window_grounds
from gongjiang.enrolment.states import EnrolmentState
from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.law import questions as ask
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of

CANDIDATE_COLUMNS = "identity_kind, identity, identity_masked, person_key, born_on, sex"
ENROLMENT_COLUMNS = (
    "salt, line_id, name, phone, employer, employer_code, relation, is_resit, needs_access, clause_claimed, facts,"
    " photo_id"
)


def confirm_import(*, actor: Actor, at: datetime, run: ImportRun, good_rows_only: bool = False) -> int:
    """Enrol everybody of a checked sheet, in the order of the sheet; return how many (JL-2024-5§16).

    Rows with problems stop all of it, unless ``good_rows_only`` chooses to leave them. Asked again, it returns the same
    count and changes nothing. All columns were prepared while reading, so that the transaction is two
    ``INSERT … SELECT`` and one audit entry, which bears the number and the digest of the rows.

    :raises Refused: not read to the end, enrolment closed, rows with problems, or people enrolled meanwhile.
    """
    require(actor, ENROLLERS, _("Enrol the candidates of the sheet"), subject=run)
    count = _take_over(actor=actor, at=at, run=run, good_rows_only=good_rows_only)
    with transaction.atomic():
        uploads.forget(ImportRun.everything.select_related("sheet", "photos").get(pk=run.pk))
    return count


@transaction.atomic
def _take_over(*, actor: Actor, at: datetime, run: ImportRun, good_rows_only: bool) -> int:
    locked = ImportRun.everything.select_for_update().get(pk=run.pk)
    if locked.state == ImportState.CONFIRMED:
        return locked.rows_taken
    # The batch's row is locked by every act that enrols, so that two of them can't pass the same check.
    batch = Batch.everything.select_for_update(of=("self",)).select_related("body", "site").get(pk=locked.batch_id)
    grounds = [*window_grounds(batch, at), *_unfinished(locked, good_rows_only), *_changed(locked, batch)]
    refuse_if(_("Enrol the candidates of the sheet"), grounds, subject=run)
    taken = _insert(locked, actor=actor, at=at)
    if taken != locked.rows_good:
        raise RuntimeError(f"import {locked.pk}: {taken} rows taken, {locked.rows_good} prepared")
    locked.state, locked.rows_taken, locked.confirmed_at = ImportState.CONFIRMED, taken, at
    locked.good_rows_only = good_rows_only
    locked.save(update_fields=["state", "rows_taken", "confirmed_at", "good_rows_only"])
    within = ask.PLAN_WITHIN_SCOPE.get(place=regime_of(batch), day=batch.exam_from)
    facts = {"taken": taken, "left": locked.rows_read - taken, "digest": locked.digest}
    cites = within.cites if within else ()
    audit.record(actor=actor, action="import.confirm", subject=locked, at=at, facts=facts, about=batch, cites=cites)
    return taken


def _unfinished(run: ImportRun, good_rows_only: bool) -> list[Ground]:
    if run.state != ImportState.CHECKED:
        why = _("The import stands at “%(state)s”.") % {"state": run.get_state_display()}
        return [Ground(why, _("Wait until it is read to the end, or upload it anew."), code="not-checked")]
    left = run.rows_read - run.rows_good
    if not run.rows_good:
        why = _("No row of the sheet can be taken over.")
        return [Ground(why, _("Download the marked sheet, mend it, and upload it anew."), code="nothing-good")]
    if left and not good_rows_only:
        why = _("%(count)s rows have problems.") % {"count": left}
        way = _("Mend them and upload the sheet anew, or choose to take over the good rows only.")
        return [Ground(why, way, code="bad-rows")]
    return []


def _changed(run: ImportRun, batch: Batch) -> list[Ground]:
    """Return the ground that people of the sheet were enrolled since it was checked."""
    keys = ImportRow.objects.filter(run=run, is_good=True).values("person_key")
    held = Enrolment.objects.unscoped("a person is enrolled once a batch")
    clash = held.filter(batch=batch, candidate__person_key__in=keys).exclude(state=EnrolmentState.WITHDRAWN)
    grounds = []
    if clash.exists():
        why = _("Somebody of the sheet was enrolled in this batch after it was checked.")
        grounds.append(Ground(why, _("Upload the sheet anew; it shows who."), code="changed"))
    if (articles := one_at_a_time(batch)) is not None:
        others = held.filter(batch__state__in=LIVE, candidate__person_key__in=keys).exclude(batch=batch)
        if others.exclude(state__in=[EnrolmentState.WITHDRAWN, EnrolmentState.INELIGIBLE]).exists():
            why = _("Somebody of the sheet was enrolled in another batch after it was checked.")
            rule = ask.ONE_OCCUPATION_AT_A_TIME.at(place=regime_of(batch), day=batch.announced_on or batch.planned_on)
            cites = tuple(cite for cite in rule.cites if cite.key in articles)
            grounds.append(Ground(why, _("Upload the sheet anew; it shows who."), cites, "changed-elsewhere"))
    return grounds


def _insert(run: ImportRun, *, actor: Actor, at: datetime) -> int:
    """Write the candidates that aren't known yet, then the enrolments; return how many of these."""
    row, person, enrolment = (model._meta.db_table for model in (ImportRow, Candidate, Enrolment))
    instant = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {person} ({CANDIDATE_COLUMNS}) SELECT {CANDIDATE_COLUMNS} FROM {row} r"  # nosec B608: names of our own tables and columns
            f" WHERE r.run_id = %s AND r.is_good ORDER BY r.number ON CONFLICT (person_key) DO NOTHING",
            [run.pk],
        )
        prepared = ", ".join(f"r.{name.strip()}" for name in ENROLMENT_COLUMNS.split(","))
        cursor.execute(
            f"INSERT INTO {enrolment} ({ENROLMENT_COLUMNS}, batch_id, candidate_id, state, import_run_id,"  # nosec B608: names of our own tables and columns
            f" enrolled_at, enrolled_by_id)"
            f" SELECT {prepared}, %s, c.id, %s, %s, %s, %s FROM {row} r JOIN {person} c ON c.person_key = r.person_key"
            f" WHERE r.run_id = %s AND r.is_good ORDER BY r.number",
            [run.batch_id, EnrolmentState.SUBMITTED.value, run.pk, instant, actor.user_id, run.pk],
        )
        return int(cursor.rowcount)
