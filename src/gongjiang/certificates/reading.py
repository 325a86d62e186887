"""Finding a certificate's token in what a person brings: text, a picture of the paper, or its PDF.

Everything here is hostile until read: sizes are limited before decoding, and nothing raises but :class:`Unreadable`.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import zxingcpp
from PIL import Image
from pypdf import PdfReader

from gongjiang.certificates.token import ALPHABET, MAXIMUM
from gongjiang.kernel.documents.papers import TOKEN_FILE

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_PAGES = 3  # a certificate is one page; a scan may bring a cover
MAX_PICTURES = 12
TOKEN = re.compile(rf"(?:^|#)([{re.escape(ALPHABET)}]{{100,{MAXIMUM}}})$")

Kind = Literal["text", "picture", "pdf"]


class Unreadable(Exception):
    """The file can't be read as a certificate. ``code``: too_big, no_picture, broken_pdf, no_code."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found: the token, and of a PDF its printed text (empty for a scan)."""

    kind: Kind
    token: str
    text: str = ""


def read_source(source: bytes | str) -> Reading:
    """Return the token in an address, a bare token, a JPEG, PNG or WebP picture, or a PDF.

    :raises Unreadable: too big, broken, or without a certificate's token.
    """
    if isinstance(source, str):
        return Reading("text", _token(source))
    if len(source) > MAX_BYTES:
        raise Unreadable("too_big")
    if source.startswith(b"%PDF-"):
        return _pdf(source)
    if source.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (source[:4], source[8:12]) == (b"RIFF", b"WEBP"):
        return Reading("picture", _in_picture(_opened(source)))
    try:
        return Reading("text", _token(source.decode()))
    except UnicodeDecodeError as error:
        raise Unreadable("no_picture") from error


def _token(text: str) -> str:
    found = TOKEN.search(text.strip())
    if not found:
        raise Unreadable("no_code")
    return found[1]


def _opened(data: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
        if picture.width * picture.height > MAX_PIXELS:
            raise Unreadable("too_big")
        if picture.has_transparency_data:  # a code on nothing would become black on black
            page = Image.new("RGBA", picture.size, "white")
            page.alpha_composite(picture.convert("RGBA"))
            return page.convert("L")
        return picture.convert("L")
    except Unreadable:
        raise
    except Exception as error:  # hostile bytes raise anything
        raise Unreadable("no_picture") from error


def _in_picture(picture: Image.Image) -> str:
    """Return the first token among the picture's QR codes; other codes on the paper are passed over."""
    for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)):
        try:
            return _token(code.text)
        except Unreadable:
            continue
    raise Unreadable("no_code")


def _pdf(data: bytes) -> Reading:
    try:
        reader = PdfReader(io.BytesIO(data))
        pages = reader.pages[:MAX_PAGES]
        text = "\n".join(page.extract_text() for page in pages)
        held = _attached(reader)
    except Exception as error:  # hostile bytes raise anything
        raise Unreadable("broken_pdf") from error
    if held:
        return Reading("pdf", _token(held), text)
    for picture in _pictures(pages):
        try:
            return Reading("pdf", _in_picture(picture), text)
        except Unreadable:
            continue
    raise Unreadable("no_code")


def _attached(reader: PdfReader) -> str:
    for name, held in reader.attachments.items():
        if name == TOKEN_FILE and held and len(held[0]) <= MAXIMUM:
            return held[0].decode("ascii", errors="replace")
    return ""


def _pictures(pages: Any) -> Iterator[Image.Image]:
    """Yield the pages' pictures that are large enough to hold a code and small enough to open."""
    seen = 0
    for page in pages:
        for name in page.images.keys():  # noqa: SIM118 - a lazy sequence, not a dict
            seen += 1
            if seen > MAX_PICTURES:
                return
            try:
                yield _opened(page.images[name].data)
            except Exception:  # nosec B112: a picture that can't be read holds no code
                continue
