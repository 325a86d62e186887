"""What bytes are, by their content. A name or a declared type is never believed."""

import io
import zipfile
from pathlib import Path
from typing import BinaryIO, Literal

Sniffed = Literal[
    "empty", "pdf", "xlsx", "xlsm", "xlsb", "ods", "zip", "jpeg", "png", "webp", "ole", "html", "svg", "text",
    "utf-16", "binary",
]  # fmt: skip

HEAD = 4096


def sniff(head: bytes) -> Sniffed:
    """The type that the first bytes tell (the first 4 KB are enough). A workbook is still 'zip' here."""
    if not head:
        return "empty"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    return _text_like(head)


def _text_like(head: bytes) -> Sniffed:
    opening = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"<svg" in opening[:1024] and opening.startswith(b"<"):
        return "svg"
    if opening.startswith((b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<?php", b"<?xml")):
        return "html"
    control = sum(1 for byte in head if byte < 32 and byte not in b"\t\n\r\x0c")
    return "binary" if control else "text"


def open_source(source: Path | str | bytes) -> BinaryIO:
    """The bytes of a path or of memory as a seekable file. The caller closes it."""
    return io.BytesIO(source) if isinstance(source, bytes) else Path(source).open("rb")


def sniff_file(source: Path | str | bytes) -> Sniffed:
    """The type of a whole file: looks into a zip's directory to tell workbooks from other archives."""
    with open_source(source) as fp:
        found = sniff(fp.read(HEAD))
        return _archive(fp) if found == "zip" else found


def _archive(fp: BinaryIO) -> Sniffed:
    try:
        names = set(zipfile.ZipFile(fp).namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "zip"
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return "xlsm"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    return "ods" if "content.xml" in names and "mimetype" in names else "zip"
