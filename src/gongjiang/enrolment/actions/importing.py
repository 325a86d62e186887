"""A sheet comes in: it is stored, read in the background row by row, and can be stopped and taken up again."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gongjiang.enrolment import staging, uploads
from gongjiang.enrolment.columns import CANDIDATE_COLUMNS
from gongjiang.enrolment.models import ImportRow, ImportRun, ImportState
from gongjiang.enrolment.permissions import ENROLLERS, require
from gongjiang.enrolment.queries import eligibility_cites, window_grounds
from gongjiang.enrolment.rules import RowContext, RowProblem, context_for
from gongjiang.kernel import audit, files, idempotency, jobs
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, Refused, refuse_if
from gongjiang.kernel.settings_of_place import setting
from gongjiang.kernel.sheets.child import RowStream, stream_rows
from gongjiang.kernel.sheets.model import header_aliases, required_keys
from gongjiang.kernel.uploads.photos import PhotoProfile
from gongjiang.kernel.uploads.problems import Problem, Unreadable
from gongjiang.law import questions as ask
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of

ALIASES, REQUIRED = header_aliases(CANDIDATE_COLUMNS), required_keys(CANDIDATE_COLUMNS)
JOB = "enrolment.read"


def _no_progress(by: int, total: int) -> None:
    """Tell nobody."""


@transaction.atomic
def upload_sheet(
    *,
    actor: Actor,
    at: datetime,
    batch: Batch,
    content: bytes,
    file_name: str,
    photos: bytes | None = None,
    key: str,
) -> ImportRun:
    """Take in a sheet of candidates, and photos as a zip file, to be read in the background (JL-2024-5§16).

    Nobody is enrolled by it. The same key and files give the same import.

    :raises NotAllowed: the actor enrols nobody.
    :raises Refused: the batch isn't open for enrolment now, or a file is empty or too large.
    """
    asked = _("Import candidates")
    require(actor, ENROLLERS, asked, subject=batch)
    refuse_if(asked, window_grounds(batch, at), subject=batch)
    digests = [hashlib.sha256(data).hexdigest() if data else "" for data in (content, photos)]

    def create() -> int:
        run = ImportRun.everything.create(
            batch=batch,
            sheet=uploads.store(content, at=at, limit=uploads.SHEET_LIMITS.file_size, asked=asked),
            photos=uploads.store(photos, at=at, limit=uploads.PHOTO_LIMITS.file_size, asked=asked) if photos else None,
            file_name=file_name[:200],
            uploaded_by_id=actor.user_id or 0,
            uploaded_at=at,
        )
        facts = {"sheet": digests[0], "photos": digests[1]}
        audit.record(actor=actor, action="import.upload", subject=run, at=at, facts=facts, about=batch)
        run.job = jobs.start(kind=JOB, key=f"{JOB}:{run.pk}", arguments={"run": run.pk, "at": at.isoformat()})
        run.save(update_fields=["job"])
        return run.pk

    request = {"batch": batch.pk, "sheet": digests[0], "photos": digests[1]}
    pk, _now = idempotency.once(key=key, action="import.upload", request=request, at=at, do=create)
    return ImportRun.everything.select_related("batch__body", "job").get(pk=pk)


def read_run(*, run: ImportRun, actor: Actor, at: datetime, progress: uploads.Progress = _no_progress) -> ImportRun:
    """Read an uploaded sheet to its end: check every row by every rule and lay it aside, a chunk a transaction.

    Goes on after the last row laid aside. ``progress(by, total)`` is called inside each chunk's transaction; what it
    raises undoes the chunk. A sheet that can't be read leaves the run failed, with the reasons. A run that was read,
    stopped or discarded is left as it is.
    """
    run = ImportRun.everything.select_related("batch__body", "sheet", "photos").get(pk=run.pk)
    if run.state != ImportState.READING or run.sheet is None:
        return run
    reading = _Reading(run, context_for(run.batch, today=at.date()), at, progress)
    try:
        problems = list(reading.photos())
        with stream_rows(
            files.path_of(run.sheet.sha256),
            header_aliases=ALIASES,
            required=REQUIRED,
            limits=uploads.SHEET_LIMITS,
        ) as stream:
            reading.rows(stream)
            problems += _of_file(stream) + reading.photos_of_nobody()
    except Unreadable as error:
        found = [RowProblem(each.code, each.column, dict(each.params)) for each in error.problems]
        return _end(run, actor=actor, at=at, state=ImportState.FAILED, problems=found)
    except _Stopped:
        return ImportRun.everything.get(pk=run.pk)
    return _end(run, actor=actor, at=at, state=ImportState.CHECKED, problems=problems)


@transaction.atomic
def cancel_import(*, run: ImportRun, actor: Actor, at: datetime) -> ImportRun:
    """Stop a reading, which can be taken up again; discard a sheet that was read, with all that was laid aside.

    :raises Refused: the import was taken over already, or discarded.
    """
    require(actor, ENROLLERS, _("Cancel the import"), subject=run)
    locked = ImportRun.everything.select_for_update(of=("self",)).select_related("job", "batch").get(pk=run.pk)
    if locked.state == ImportState.CONFIRMED or (locked.state == ImportState.CANCELLED and locked.sheet is None):
        raise Refused(_("Cancel the import"), [_over(locked)], subject=run)
    stopped = locked.state == ImportState.READING
    if locked.job:
        jobs.cancel(locked.job)
    locked.state = ImportState.CANCELLED
    locked.save(update_fields=["state"])
    if not stopped:
        ImportRow.objects.filter(run=locked).delete()
        uploads.forget(locked)
    action = "import.stop" if stopped else "import.discard"
    audit.record(actor=actor, action=action, subject=locked, at=at, about=locked.batch)
    return locked


@transaction.atomic
def resume_import(*, run: ImportRun, actor: Actor, at: datetime) -> ImportRun:
    """Take up again a reading that was stopped, after the last row that was laid aside.

    :raises Refused: it wasn't stopped, was discarded, or enrolment is closed.
    """
    asked = _("Read on")
    require(actor, ENROLLERS, asked, subject=run)
    locked = ImportRun.everything.select_for_update(of=("self",)).select_related("batch__body").get(pk=run.pk)
    grounds = window_grounds(locked.batch, at)
    if locked.state != ImportState.CANCELLED or locked.sheet is None:
        grounds.append(_over(locked))
    refuse_if(asked, grounds, subject=run)
    locked.state = ImportState.READING
    locked.save(update_fields=["state"])
    audit.record(actor=actor, action="import.resume", subject=locked, at=at, about=locked.batch)
    locked.job = jobs.start(kind=JOB, key=f"{JOB}:{locked.pk}", arguments={"run": locked.pk, "at": at.isoformat()})
    locked.save(update_fields=["job"])
    return ImportRun.everything.select_related("batch__body", "job").get(pk=locked.pk)


def _over(run: ImportRun) -> Ground:
    why = _("The import stands at “%(state)s”.") % {"state": run.get_state_display()}
    return Ground(why, _("Upload the sheet anew if it is needed again."), code="import-over")


class _Stopped(Exception):
    """Somebody stopped the reading."""


@dataclass
class _Reading:
    """One attempt at reading a run."""

    run: ImportRun
    context: RowContext
    at: datetime
    progress: uploads.Progress
    total: int = 0
    used_photos: int = 0

    def photos(self) -> Iterator[RowProblem]:
        """Store the photos, put them into the context, and yield what is wrong with them."""
        if self.run.photos is None:
            return
        self.total = uploads.photos_in(self.run.photos)
        wanted = setting("photo.profile", place=regime_of(self.run.batch), day=self.at.date()).value
        profile = PhotoProfile(min_width=wanted["min_width"], min_height=wanted["min_height"])
        path = files.path_of(self.run.photos.sha256)
        found, problems = uploads.read_photos(path, profile, at=self.at, step=self._step)
        self.context = self.context.with_photos(found)
        ImportRun.everything.filter(pk=self.run.pk).update(photos_read=len(found))
        yield from problems

    def _step(self, by: int) -> None:
        self.progress(by, self.total)

    def rows(self, stream: RowStream) -> None:
        """Check and lay aside every row after the last one laid aside."""
        last = ImportRow.objects.filter(run=self.run).aggregate(last=Max("number"))["last"] or 0
        seen = staging.Seen.of(self.run)
        self.total += stream.info.total
        found: dict[int, list[RowProblem]] = {}
        told = 0
        for rows in staging.chunks(stream):
            self._note(found, stream.problems[told:])
            told = len(stream.problems)
            if told >= uploads.SHEET_LIMITS.problems:
                raise Unreadable([_too_many()])
            checked = staging.check_chunk([row for row in rows if row.number > last], self.context, found)
            self._keep(checked, seen, len(rows))

    @staticmethod
    def _note(found: dict[int, list[RowProblem]], problems: object) -> None:
        for number, each in staging.from_sheet(problems):  # type: ignore[arg-type]
            found.setdefault(number, []).append(each)

    def _keep(self, checked: list[staging.Checked], seen: staging.Seen, by: int) -> None:
        with transaction.atomic():
            run = ImportRun.everything.select_for_update().get(pk=self.run.pk)
            if run.state != ImportState.READING:
                raise _Stopped
            staging.check_people(checked, self.run.batch, self.context.one_at_a_time, seen)
            staging.lay_aside(self.run, checked)
            run.rows_read += len(checked)
            run.rows_good += sum(each.is_good for each in checked)
            run.rows_total = self.total
            run.save(update_fields=["rows_read", "rows_good", "rows_total"])
            self.progress(by, self.total)
        self.used_photos += sum(each.made.photo_pk is not None for each in checked)

    def photos_of_nobody(self) -> list[RowProblem]:
        """Return a note of photos that no row's number matches; after a stop only a whole reading could tell."""
        known = len(self.context.photos or {})
        spare = known - ImportRow.objects.filter(run=self.run, photo__isnull=False).count()
        return [RowProblem("photo_nobody", "", {"count": spare}, soft=True)] if known and spare > 0 else []


def _too_many() -> Problem:
    return Problem(None, "", "too_many_problems", "", "", "", {"limit": str(uploads.SHEET_LIMITS.problems)})


def _of_file(stream: RowStream) -> list[RowProblem]:
    notes = [*stream.info.notes, *(note for note in stream.notes if note not in stream.info.notes)]
    return [RowProblem(each.code, each.column, dict(each.params), soft=True) for each in notes]


@transaction.atomic
def _end(run: ImportRun, *, actor: Actor, at: datetime, state: ImportState, problems: list[RowProblem]) -> ImportRun:
    """Write how the reading ended: once, whoever else tried."""
    locked = ImportRun.everything.select_for_update().get(pk=run.pk)
    if locked.state != ImportState.READING:
        return locked
    digest = hashlib.sha256()
    good = ImportRow.objects.filter(run=locked, is_good=True).order_by("number").values_list("digest", flat=True)
    for each in good.iterator(chunk_size=10_000):
        digest.update(bytes.fromhex(each))
    locked.state, locked.digest = state, digest.hexdigest()
    locked.file_problems = [each.as_dict() for each in problems]
    locked.save(update_fields=["state", "digest", "file_problems"])
    facts = {"rows": locked.rows_read, "good": locked.rows_good, "state": state.value, "digest": locked.digest}
    audit.record(
        actor=actor,
        action="import.read",
        subject=locked,
        at=at,
        facts=facts,
        about=run.batch,
        cites=eligibility_cites(run.batch),
    )
    return locked


@transaction.atomic
def record_export(*, actor: Actor, at: datetime, run: ImportRun) -> None:
    """Record that the problems of a sheet, identity numbers among them, are downloaded (JL-2024-5§31).

    :raises NotAllowed: the actor enrols nobody.
    """
    require(actor, ENROLLERS, _("Download the marked sheet"), subject=run)
    rule = ask.PERSONAL_DATA_SECRET.get(place=regime_of(run.batch), day=at.date())
    facts = {"rows": run.rows_read - run.rows_good}
    cites = rule.cites if rule else ()
    audit.record(actor=actor, action="import.export", subject=run, at=at, facts=facts, about=run.batch, cites=cites)
