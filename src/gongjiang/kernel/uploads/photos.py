"""Photos from a zip file, one for each person, named by identity number; re-encoded, nothing carried over."""

import hashlib
import io
import re
import unicodedata
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from .problems import Problem, Unreadable, problem, refuse
from .sniff import HEAD, open_source, sniff
from .zips import check_directory, entry_name, escapes, is_link, open_zip, read_entry

MEBIBYTE = 1024 * 1024
_ACTIVE = re.compile(rb"<html|<script|<!doctype|<\?php|<svg[ >]|<iframe", re.IGNORECASE)
_IGNORED = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)", re.IGNORECASE)
_QUALITY = 88


@dataclass(frozen=True)
class PhotoLimits:
    """What a zip file of photos may hold before anything is decoded. Sizes in bytes."""

    file_size: int = 2_048 * MEBIBYTE
    entries: int = 110_000
    unpacked: int = 4_096 * MEBIBYTE
    ratio: int = 100
    photo_size: int = 8 * MEBIBYTE
    pixels: int = 25_000_000


@dataclass(frozen=True)
class PhotoProfile:
    """What a place asks of a photo: pixels at least, width by height between, and what's kept at most."""

    min_width: int = 240
    min_height: int = 320
    low_aspect: float = 0.65
    high_aspect: float = 0.85
    max_width: int = 480
    max_height: int = 640


@dataclass(frozen=True)
class Photo:
    """A photo as it's kept: JPEG without metadata. `stem` is the file's name made plain: half-width,
    upper case, without extension; `sha256` is of `jpeg`, in hex."""

    stem: str
    jpeg: bytes
    width: int
    height: int
    sha256: str


@dataclass(frozen=True)
class PhotoSet:
    """All photos of a zip file, and everything wrong with it. A problem's column is the entry's name."""

    photos: tuple[Photo, ...]
    problems: tuple[Problem, ...]


def plain_stem(name: str) -> str:
    """The name by which a photo is matched: no folder, no extension, half-width, upper case, no spaces.
    Of 'name_number' forms the last part counts."""
    stem = PurePosixPath(name.replace("\\", "/")).name.rsplit(".", 1)[0]
    text = unicodedata.normalize("NFKC", stem).upper()
    parts = [part for part in re.split(r"[\s_]+", text) if part]
    return parts[-1] if parts else ""


def read_photos(
    source: Path | str | bytes, *, limits: PhotoLimits | None = None, profile: PhotoProfile | None = None
) -> PhotoSet:
    """All photos at once. For thousands use `iter_photos`.

    :raises Unreadable: no zip file, or one that passes a limit: nothing of it is used.
    """
    photos, problems = [], []
    for each in iter_photos(source, limits=limits, profile=profile):
        if isinstance(each, Photo):
            photos.append(each)
        else:
            problems.append(each)
    return PhotoSet(tuple(photos), tuple(problems))


def iter_photos(
    source: Path | str | bytes, *, limits: PhotoLimits | None = None, profile: PhotoProfile | None = None
) -> Iterator[Photo | Problem]:
    """One after the other, a photo or what's wrong with the entry. One photo is in memory at a time.

    :raises Unreadable: no zip file, or one that passes a limit.
    """
    limits, profile = limits or PhotoLimits(), profile or PhotoProfile()
    with open_source(source) as fp:
        entries = _entries(fp, limits)
        counts = Counter(plain_stem(name) for _, name in entries if name and not escapes(name))
        told: set[str] = set()
        for info, name in entries:
            stem = plain_stem(name or "")
            if name and counts[stem] > 1 and not escapes(name):
                if stem not in told:
                    yield problem("photo_twice", column=name, stem=stem, found=counts[stem])
                told.add(stem)
            else:
                yield _photo(fp, info, name, limits, profile)


def _entries(fp: BinaryIO, limits: PhotoLimits) -> list[tuple[zipfile.ZipInfo, str | None]]:
    size = fp.seek(0, 2)
    fp.seek(0)
    if size == 0:
        raise refuse("empty_file")
    if size > limits.file_size:
        raise refuse("too_big", size=-(-size // MEBIBYTE), limit=limits.file_size // MEBIBYTE)
    found = sniff(fp.read(HEAD))
    if found != "zip":
        raise refuse("photo_not_zip", found=found)
    fp.seek(0)
    archive = open_zip(fp)
    infos = archive.infolist()
    check_directory(infos, entries=limits.entries, unpacked=limits.unpacked, ratio=limits.ratio)
    named = [(info, entry_name(info)) for info in infos if not info.is_dir()]
    return [(info, name) for info, name in named if not (name and _IGNORED.search(name))]


def _photo(
    fp: BinaryIO, info: zipfile.ZipInfo, name: str | None, limits: PhotoLimits, profile: PhotoProfile
) -> Photo | Problem:
    shown = name or info.filename
    if name is None or escapes(name) or not plain_stem(name):
        return problem("photo_name", column=shown)
    if is_link(info):
        return problem("photo_link", column=shown)
    if info.flag_bits & 1:
        return problem("photo_encrypted", column=shown)
    if info.file_size > limits.photo_size:
        return problem("photo_too_big", column=shown, limit=limits.photo_size // 1024)
    try:
        data = read_entry(fp, info, cap=limits.photo_size, ratio=limits.ratio)
        return encode_photo(data, stem=plain_stem(name), limits=limits, profile=profile)
    except Unreadable as error:
        first = error.problems[0]
        return Problem(None, shown, first.code, first.what, first.why, first.mend, first.params)


def encode_photo(data: bytes, *, stem: str, limits: PhotoLimits, profile: PhotoProfile) -> Photo:
    """Decode a picture and encode it anew: upright, RGB on white, no metadata, no larger than the profile.

    :raises Unreadable: no JPEG, PNG or WebP, something else besides, too many pixels, damaged, animated,
        too small or of the wrong shape.
    """
    found = sniff(data[:HEAD])
    if found == "zip":
        raise refuse("photo_nested")
    if found not in ("jpeg", "png", "webp"):
        raise refuse("photo_type", found=found)
    if _ACTIVE.search(data):
        raise refuse("photo_polyglot")
    picture = _decode(data, limits, profile)
    width, height = picture.size
    if width < profile.min_width or height < profile.min_height:
        raise refuse(
            "photo_too_small",
            width=width,
            height=height,
            min_width=profile.min_width,
            min_height=profile.min_height,
        )
    if not profile.low_aspect <= width / height <= profile.high_aspect:
        raise refuse("photo_shape", width=width, height=height, low=profile.low_aspect, high=profile.high_aspect)
    picture.thumbnail((profile.max_width, profile.max_height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
    jpeg = out.getvalue()
    return Photo(stem, jpeg, *picture.size, hashlib.sha256(jpeg).hexdigest())


def _decode(data: bytes, limits: PhotoLimits, profile: PhotoProfile) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
        width, height = opened.size
        if width * height > limits.pixels:
            raise refuse("photo_too_many_pixels", width=width, height=height, limit=limits.pixels // 1_000_000)
        if opened.format in ("PNG", "WEBP") and getattr(opened, "n_frames", 1) > 1:
            raise refuse("photo_animated")
        opened.draft("RGB", (2 * profile.max_width, 2 * profile.max_height))  # decode no more than needed
        upright = ImageOps.exif_transpose(opened)
        return _on_white(upright)
    except Image.DecompressionBombError as error:
        raise refuse("photo_too_many_pixels", width="?", height="?", limit=limits.pixels // 1_000_000) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        if isinstance(error, Unreadable):
            raise
        raise refuse("photo_broken") from error


def _on_white(picture: Image.Image) -> Image.Image:
    """A fresh RGB picture that carries over pixels and nothing else."""
    fresh = Image.new("RGB", picture.size, "white")
    if "A" in picture.getbands() or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        fresh.paste(layer, mask=layer.getchannel("A"))
    else:
        fresh.paste(picture.convert("RGB"))
    return fresh
