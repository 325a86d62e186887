"""Zip files from strangers: counted and measured before anything is unpacked, and while it is."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from .problems import refuse

MEBIBYTE = 1024 * 1024
CHUNK = 256 * 1024
SMALL = 4 * MEBIBYTE
"""Below this unpacked size no ratio is asked for: short XML packs very well."""
LOCAL_HEADER = struct.Struct("<4s5H3I2H")
UTF8_NAME = 0x800
ENCRYPTED = 0x1


def open_zip(fp: BinaryIO) -> zipfile.ZipFile:
    """Open a zip file for looking at its directory.

    :raises Unreadable: cut short, or no zip file.
    """
    try:
        return zipfile.ZipFile(fp)
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, struct.error, NotImplementedError) as error:
        raise refuse("cut") from error


def check_directory(infos: list[zipfile.ZipInfo], *, entries: int, unpacked: int, ratio: int) -> None:
    """Judge the directory alone: how many entries, how large, how dense, whether they overlap.

    :raises Unreadable: any limit is passed, or entries share bytes.
    """
    if len(infos) > entries:
        raise refuse("too_many_entries", found=len(infos), limit=entries)
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if total > unpacked:
        raise refuse("too_big_unpacked", limit=unpacked // MEBIBYTE)
    if total > SMALL and total > ratio * max(packed, 1):
        raise refuse("too_dense")
    end = 0
    for info in sorted(infos, key=lambda each: each.header_offset):
        if info.header_offset < end:
            raise refuse("lying_directory")
        end = info.header_offset + LOCAL_HEADER.size + info.compress_size


def inflate(fp: BinaryIO, info: zipfile.ZipInfo, *, cap: int, ratio: int) -> Iterator[bytes]:
    """The entry's bytes, counted as they come: the directory's sizes are only a claim.

    :raises Unreadable: more than `cap` bytes, denser than `ratio`, or not what the directory says.
    """
    if info.flag_bits & ENCRYPTED:
        raise refuse("encrypted")
    try:
        yield from _counted(fp, info, cap=cap, ratio=ratio)
    except (zlib.error, struct.error, EOFError) as error:
        raise refuse("cut") from error


def _counted(fp: BinaryIO, info: zipfile.ZipInfo, *, cap: int, ratio: int) -> Iterator[bytes]:
    seen, crc = 0, 0
    for piece in _raw(fp, info):
        seen += len(piece)
        if seen > info.file_size:
            raise refuse("lying_directory")
        if seen > cap:
            raise refuse("too_big_unpacked", limit=max(1, cap // MEBIBYTE))
        if seen > SMALL and seen > ratio * max(info.compress_size, 1):
            raise refuse("too_dense")
        crc = zlib.crc32(piece, crc)
        yield piece
    if seen != info.file_size or crc != info.CRC:
        raise refuse("lying_directory")


def _raw(fp: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    fp.seek(info.header_offset)
    head = LOCAL_HEADER.unpack(fp.read(LOCAL_HEADER.size))
    if head[0] != b"PK\x03\x04":
        raise refuse("cut")
    fp.seek(head[9] + head[10], 1)
    left = info.compress_size
    if info.compress_type == zipfile.ZIP_STORED:
        while left and (piece := fp.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise refuse("cut")
    engine = zlib.decompressobj(-15)
    while left and not engine.eof and (packed := fp.read(min(CHUNK, left))):
        left -= len(packed)
        while packed and not engine.eof:
            yield engine.decompress(packed, CHUNK)
            packed = engine.unconsumed_tail
    if not engine.eof:
        raise refuse("cut")


def read_entry(fp: BinaryIO, info: zipfile.ZipInfo, *, cap: int, ratio: int) -> bytes:
    """All bytes of one entry, never more than `cap`.

    :raises Unreadable: see `inflate`.
    """
    return b"".join(inflate(fp, info, cap=cap, ratio=ratio))


def entry_name(info: zipfile.ZipInfo) -> str | None:
    """The entry's name as its packer meant it: UTF-8 if it says so or is so, else GB18030.

    Windows packs Chinese names in GBK without saying so, which reads as box-drawing characters.
    None where it's neither.
    """
    name = info.orig_filename
    if info.flag_bits & UTF8_NAME or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def is_link(info: zipfile.ZipInfo) -> bool:
    """The entry was packed as a symbolic link."""
    return stat.S_ISLNK(info.external_attr >> 16)


def escapes(name: str) -> bool:
    """The name is absolute, names a drive, or climbs out of its folder."""
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or ":" in name or "\x00" in name
