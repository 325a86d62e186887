"""The files of an import: kept while it is being read, forgotten once it is taken over or discarded."""

import zipfile
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from gongjiang.enrolment.models import ImportRun
from gongjiang.enrolment.rules.problems import RowProblem
from gongjiang.kernel import files
from gongjiang.kernel.models import StoredFile
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.kernel.sheets.model import MEBIBYTE, Limits
from gongjiang.kernel.uploads.photos import Photo, PhotoLimits, PhotoProfile, iter_photos
from gongjiang.kernel.uploads.sniff import sniff_file
from gongjiang.law.codes import mask_identity

Progress = Callable[[int, int], None]
SHEET_LIMITS = Limits(problems=50_000, cells=5_000_000)
PHOTO_LIMITS = PhotoLimits()
AT_A_TIME = 100
SHOWN_PROBLEMS = 500
UNKNOWN = "application/octet-stream"


def store(content: bytes, *, at: datetime, limit: int, asked: str) -> StoredFile:
    """Store an upload as it came; what it is worth the reader says, with better reasons than a type could give.

    :raises Refused: empty or larger than ``limit`` bytes.
    """
    grounds = []
    if not content:
        grounds.append(Ground(_("The file is empty."), _("Choose the filled-in file."), code="empty"))
    if len(content) > limit:
        why = _("The file is larger than %(size)s MB.") % {"size": limit // MEBIBYTE}
        grounds.append(Ground(why, _("Split it, and upload the parts one after the other."), code="file-size"))
    refuse_if(asked, grounds)
    return files.store_made(content, media_type=files.MEDIA_TYPES.get(sniff_file(content), UNKNOWN), at=at)


def photos_in(stored: StoredFile) -> int:
    """Return how many entries a zip file lists, 0 where it can't be opened."""
    try:
        with zipfile.ZipFile(files.path_of(stored.sha256)) as archive:
            return len(archive.infolist())
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return 0


def read_photos(
    path: Path, profile: PhotoProfile, *, at: datetime, step: Callable[[int], None]
) -> tuple[dict[str, int], list[RowProblem]]:
    """Store the photos of a zip file; return the files' ids by identity number, and what is wrong with entries.

    ``step`` is called with how many entries were done, in the transaction that stored them.

    :raises Unreadable: no zip file, or one beyond the limits.
    """
    found: dict[str, int] = {}
    problems: list[RowProblem] = []
    waiting: list[Photo] = []

    def keep() -> None:
        with transaction.atomic():
            stored = files.store_pictures([photo.jpeg for photo in waiting], at=at)
            found.update((photo.stem, row.pk) for photo, row in zip(waiting, stored, strict=True))
            step(len(waiting))
        waiting.clear()

    for each in iter_photos(path, limits=PHOTO_LIMITS, profile=profile):
        if isinstance(each, Photo):
            waiting.append(each)
        elif len(problems) < SHOWN_PROBLEMS:
            params = {name: _masked(value) for name, value in each.params.items()}
            problems.append(RowProblem(each.code, _masked(each.column), params))
        if len(waiting) == AT_A_TIME:
            keep()
    if waiting:
        keep()
    return found, problems + _shared(found)


def _shared(found: dict[str, int]) -> list[RowProblem]:
    """Return a note for every picture that stands under several numbers (abuse case 9)."""
    numbers: dict[int, int] = {}
    for pk in found.values():
        numbers[pk] = numbers.get(pk, 0) + 1
    return [RowProblem("photo_shared", "", {"numbers": n}, soft=True) for n in numbers.values() if n > 1]


def _masked(text: str) -> str:
    """Return a file's name with the number in it masked."""
    stem, dot, ending = text.rpartition(".")
    if not dot:
        stem, ending = text, ""
    return (
        "_".join(mask_identity(part) if any(map(str.isdigit, part)) else part for part in stem.split("_"))
        + dot
        + ending
    )


def forget(run: ImportRun) -> None:
    """Remove the uploaded files of a run that needs them no longer; they hold identity numbers in the clear."""
    held = [stored for stored in (run.sheet, run.photos) if stored is not None]
    run.sheet = run.photos = None
    run.save(update_fields=["sheet", "photos"])
    for stored in held:
        try:
            with transaction.atomic():
                stored.delete()
        except ProtectedError:  # another import still reads the same file
            continue
        transaction.on_commit(partial(files.path_of(stored.sha256).unlink, missing_ok=True))
