"""A sheet of staff comes in: stored, read and checked in the background, taken over whole or not at all."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation
from gongjiang.kernel import audit, files, idempotency, jobs
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, Refused, refuse_if
from gongjiang.kernel.sheets.child import stream_rows
from gongjiang.kernel.uploads.problems import Unreadable
from gongjiang.workforce import checking
from gongjiang.workforce.actions.appointing import Appointed, appoint, appoint_external
from gongjiang.workforce.models import StaffImport, StaffImportRow, StaffImportState
from gongjiang.workforce.permissions import KEEPERS, require, require_own

JOB = "workforce.read"
CHUNK = 500
Progress = Callable[[int, int], None]


def _no_progress(by: int, total: int) -> None:
    """Tell nobody."""


@transaction.atomic
def upload_staff(
    *, actor: Actor, at: datetime, home: Organisation, content: bytes, file_name: str, key: str, language: str = ""
) -> StaffImport:
    """Take in a sheet of an organisation's staff, to be read in the background; nobody is entered by it.

    The same key and file give the same import. Problems are told in ``language``, the uploader's.

    :raises NotAllowed: the actor keeps no list there.
    :raises Refused: the file is empty or too large.
    """
    asked = _("Import staff")
    require(actor, KEEPERS, asked, subject=home)
    require_own(actor, home, asked)
    refuse_if(asked, checking.wrong_with_file(content), subject=home)
    digest = hashlib.sha256(content).hexdigest()

    def create() -> int:
        run = StaffImport.everything.create(
            home=home,
            sheet=files.store_made(content, media_type=checking.media_type(content), at=at),
            file_name=file_name[:200],
            uploaded_by_id=actor.user_id,
            uploaded_at=at,
        )
        audit.record(actor=actor, action="staff.upload", subject=run, at=at, facts={"sheet": digest}, about=home)
        arguments = {"run": run.pk, "at": at.isoformat(), "language": language}
        run.job = jobs.start(kind=JOB, key=f"{JOB}:{run.pk}", arguments=arguments)
        run.save(update_fields=["job"])
        return run.pk

    request = {"home": home.pk, "sheet": digest}
    pk, _now = idempotency.once(key=key, action="staff.upload", request=request, at=at, do=create)
    return StaffImport.everything.select_related("home", "job").get(pk=pk)


def read_staff_import(
    *, run: StaffImport, actor: Actor, at: datetime, progress: Progress = _no_progress
) -> StaffImport:
    """Read an uploaded sheet to its end and lay every row aside with every problem; ``progress(by, total)`` counts.

    Begun again, it begins anew. A sheet that can't be read leaves the import failed, with the reasons; one that was
    read or discarded is left as it is.
    """
    run = StaffImport.everything.select_related("home__body", "sheet").get(pk=run.pk)
    if run.state != StaffImportState.READING or run.sheet is None:
        return run
    StaffImportRow.objects.filter(run=run).delete()
    try:
        with stream_rows(
            files.path_of(run.sheet.sha256),
            header_aliases=checking.ALIASES,
            required=checking.REQUIRED,
            limits=checking.LIMITS,
        ) as stream:
            rows = list(stream)
            problems, notes = list(stream.problems), [*stream.info.problems, *stream.info.notes, *stream.notes]
        if not rows:
            raise Unreadable([checking.no_rows()])
    except Unreadable as error:
        return _end(run, actor=actor, at=at, state=StaffImportState.FAILED, notes=checking.told(error.problems))
    checked = checking.check(rows, problems, home=run.home, at=at)
    for start in range(0, len(checked), CHUNK):
        some = checked[start : start + CHUNK]
        with transaction.atomic():
            StaffImportRow.objects.bulk_create([checking.stored(run, each) for each in some])
            StaffImport.everything.filter(pk=run.pk).update(rows_read=start + len(some), rows_total=len(checked))
            progress(len(some), len(checked))
    notes_told = checking.told(dict.fromkeys(notes))
    return _end(run, actor=actor, at=at, state=StaffImportState.CHECKED, notes=notes_told)


@transaction.atomic
def confirm_staff_import(*, run: StaffImport, actor: Actor, at: datetime, good_rows_only: bool = False) -> Appointed:
    """Enter the people and appointments of a checked sheet, in one transaction. Confirming it again enters nothing.

    Everything is checked once more: what was entered meanwhile counts.

    :raises NotAllowed: the actor keeps no list there.
    :raises Refused: the sheet isn't checked, or rows have problems and not only the good ones are asked for.
    """
    asked = _("Take over the sheet")
    require(actor, KEEPERS, asked, subject=run)
    locked = StaffImport.everything.select_for_update(of=("self",)).select_related("home__body").get(pk=run.pk)
    require_own(actor, locked.home, asked)
    if locked.state == StaffImportState.CONFIRMED:
        return Appointed(0, 0)
    grounds = [] if locked.state == StaffImportState.CHECKED else [_over(locked)]
    bad = locked.rows_read - locked.rows_good
    if bad and not good_rows_only:
        why = _("%(count)s rows have problems.") % {"count": bad}
        grounds.append(Ground(why, _("Mend them, or take over the good rows only."), code="rows-bad"))
    refuse_if(asked, grounds, subject=locked)
    good = StaffImportRow.objects.filter(run=locked, is_good=True).order_by("number")
    specs = [spec for row in checking.restored(good, locked) for spec in row.specs]
    body = getattr(locked.home, "body", None)
    if body is not None:
        done = appoint(actor=actor, at=at, body=body, specs=specs)
    else:
        done = appoint_external(actor=actor, at=at, centre=locked.home, specs=specs)
    locked.state, locked.rows_taken = StaffImportState.CONFIRMED, locked.rows_good
    checking.forget(locked)
    locked.save(update_fields=["state", "rows_taken", "sheet"])
    StaffImportRow.objects.filter(run=locked).update(identity=None)
    facts = {"rows": locked.rows_taken, "people": done.people, "appointments": done.appointments}
    audit.record(actor=actor, action="staff.import", subject=locked, at=at, facts=facts, about=locked.home)
    return done


@transaction.atomic
def cancel_staff_import(*, run: StaffImport, actor: Actor, at: datetime) -> StaffImport:
    """Discard a sheet that isn't taken over, with all that was laid aside.

    :raises Refused: it was taken over, or discarded before.
    """
    asked = _("Cancel the import")
    require(actor, KEEPERS, asked, subject=run)
    locked = StaffImport.everything.select_for_update(of=("self",)).select_related("job", "home").get(pk=run.pk)
    require_own(actor, locked.home, asked)
    if locked.state in {StaffImportState.CONFIRMED, StaffImportState.CANCELLED}:
        raise Refused(asked, [_over(locked)], subject=run)
    if locked.job:
        jobs.cancel(locked.job)
    locked.state = StaffImportState.CANCELLED
    checking.forget(locked)
    locked.save(update_fields=["state", "sheet"])
    StaffImportRow.objects.filter(run=locked).delete()
    audit.record(actor=actor, action="staff.discard", subject=locked, at=at, about=locked.home)
    return locked


def _over(run: StaffImport) -> Ground:
    why = _("The import stands at “%(state)s”.") % {"state": run.get_state_display()}
    return Ground(why, _("Upload the sheet anew if it is needed again."), code="import-over")


@transaction.atomic
def _end(
    run: StaffImport, *, actor: Actor, at: datetime, state: StaffImportState, notes: list[dict[str, object]]
) -> StaffImport:
    locked = StaffImport.everything.select_for_update(of=("self",)).select_related("home").get(pk=run.pk)
    if locked.state != StaffImportState.READING:
        return locked
    rows = StaffImportRow.objects.filter(run=locked)
    locked.state, locked.rows_good = state, rows.filter(is_good=True).count()
    locked.rows_read = rows.count()
    locked.file_problems = notes
    locked.save(update_fields=["state", "rows_good", "rows_read", "file_problems"])
    facts = {"rows": locked.rows_read, "good": locked.rows_good, "state": state.value}
    audit.record(actor=actor, action="staff.read", subject=locked, at=at, facts=facts, about=locked.home)
    return locked
