"""Files stored by what they contain: limited before reading, typed by content, pictures drawn anew."""

import hashlib
import io
import os
import tempfile
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from gongjiang.kernel.models import StoredFile
from gongjiang.kernel.refusal import Ground, Refused
from gongjiang.kernel.uploads.sniff import sniff_file

PDF, JPEG, PNG, XLSX, ZIP, CSV, JSON = (
    "application/pdf",
    "image/jpeg",
    "image/png",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/zip",
    "text/csv",
    "application/json",
)
MEDIA_TYPES = {"pdf": PDF, "jpeg": JPEG, "png": PNG, "xlsx": XLSX, "zip": ZIP, "text": CSV}
PICTURES = {JPEG: "JPEG", PNG: "PNG"}
MAX_PIXELS = 24_000_000
JPEG_QUALITY = 88
MEBIBYTE = 1024 * 1024
# What is served runs nothing, fetches nothing and stands in no frame.
INERT = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; sandbox"


class Damaged(RuntimeError):
    """A stored file is missing or isn't what was stored: an alarm for the operator, never shown as content."""


def store(content: bytes | BinaryIO, *, at: datetime, allow: Collection[str], limit: int = 10 * MEBIBYTE) -> StoredFile:
    """Store the bytes under their SHA-256 and return the record; the same content is stored once.

    At most ``limit`` bytes are read. The type is told from the content and must be one of ``allow``. Pictures are
    decoded within a pixel limit and drawn anew, so that no metadata and no second format hides in them.

    :raises Refused: too large, empty, of another type, or a picture that can't be drawn.
    """
    data = _read(content, limit)
    media_type = MEDIA_TYPES.get(sniff_file(data), "application/octet-stream")
    if JSON in allow and media_type == CSV:
        media_type = JSON
    if not data or media_type not in allow:
        why = _("The file's content isn't of a kind that is taken here.")
        way = _("Give one of: %(kinds)s.") % {"kinds": ", ".join(sorted(allow))}
        raise Refused(_("Store the file"), [Ground(why, way, code="file-kind")])
    if media_type in PICTURES:
        data = redraw(data)
        media_type = JPEG if data.startswith(b"\xff\xd8") else PNG
    return store_made(data, media_type=media_type, at=at)


def store_made(data: bytes, *, media_type: str, at: datetime) -> StoredFile:
    """Store bytes that the platform made itself (a signed PDF), exactly as they are."""
    digest = hashlib.sha256(data).hexdigest()
    write_durably(path_of(digest), data)
    stored, _created = StoredFile.objects.get_or_create(
        sha256=digest, defaults={"size": len(data), "media_type": media_type, "stored_at": at}
    )
    return stored


@transaction.atomic
def store_pictures(pictures: Collection[bytes], *, at: datetime) -> list[StoredFile]:
    """Store many pictures that were already drawn anew, one file each, with two statements in all."""
    made = [(hashlib.sha256(data).hexdigest(), data) for data in pictures]
    for digest, data in made:
        write_durably(path_of(digest), data)
    rows = [
        StoredFile(
            sha256=digest, size=len(data), media_type=JPEG if data.startswith(b"\xff\xd8") else PNG, stored_at=at
        )
        for digest, data in made
    ]
    StoredFile.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    found: dict[str, StoredFile] = {}
    for start in range(0, len(made), 500):
        wanted = [digest for digest, _data in made[start : start + 500]]
        found |= {row.sha256: row for row in StoredFile.objects.filter(sha256__in=wanted)}
    return [found[digest] for digest, _data in made]


def read(stored: StoredFile) -> bytes:
    """Return the stored bytes, checked against their hash.

    :raises Damaged: if they are gone or were changed.
    """
    try:
        data = path_of(stored.sha256).read_bytes()
    except FileNotFoundError as error:
        raise Damaged(f"stored file {stored.sha256} is missing") from error
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        raise Damaged(f"stored file {stored.sha256} was changed")
    return data


def serve(stored: StoredFile, filename: str, *, inline: bool = False) -> HttpResponse:
    """Return the file as a response that no browser runs; inline only for PDFs and pictures.

    The caller has checked that this actor may read the record that owns the file.
    """
    response = HttpResponse(read(stored), content_type=stored.media_type)
    shown = inline and stored.media_type in {PDF, *PICTURES}
    disposition = "inline" if shown else "attachment"
    response["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(filename, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = INERT
    return response


def redraw(data: bytes, *, max_pixels: int = MAX_PIXELS) -> bytes:
    """Return the picture drawn anew, upright and without metadata: PNG stays PNG, anything else becomes JPEG.

    :raises Refused: more pixels than the limit (told before decoding), or not a picture.
    """
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG"]) as picture:
            width, height = picture.size
            if width * height > max_pixels:
                why = _("The picture has %(count)s million pixels.") % {"count": width * height // 1_000_000}
                way = _("Give one with at most %(limit)s million.") % {"limit": max_pixels // 1_000_000}
                raise _refused(why, way, "pixels")
            kind = picture.format
            upright = ImageOps.exif_transpose(picture)
            upright.load()
            return _encode(upright, "PNG" if kind == "PNG" else "JPEG")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        way = _("Save it again as JPEG or PNG.")
        raise _refused(_("The picture can't be drawn."), way, "picture") from error


def _encode(picture: Image.Image, kind: str) -> bytes:
    mode = "RGBA" if kind == "PNG" and "A" in picture.getbands() else "RGB"
    clean = Image.new(mode, picture.size)
    clean.paste(picture.convert(mode))
    out = io.BytesIO()
    clean.save(out, format=kind, **({"quality": JPEG_QUALITY} if kind == "JPEG" else {}))
    return out.getvalue()


def _refused(why: str, way_on: str, code: str) -> Refused:
    return Refused(_("Store the file"), [Ground(why, way_on, code=code)])


def _read(content: bytes | BinaryIO, limit: int) -> bytes:
    data = content[: limit + 1] if isinstance(content, bytes) else content.read(limit + 1)
    if len(data) > limit:
        why = _("The file is larger than %(size)s MB.") % {"size": limit // MEBIBYTE or 1}
        raise _refused(why, _("Give a smaller file."), "file-size")
    return data


def path_of(digest: str) -> Path:
    """Return where the bytes with this SHA-256 lie."""
    return Path(settings.FILES_DIR) / digest[:2] / digest


def write_durably(path: Path, data: bytes) -> None:
    """Write the file so that after a power cut it is there whole or not at all; an existing one is kept if whole."""
    if path.exists() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
