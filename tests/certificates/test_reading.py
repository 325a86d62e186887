"""Finding the token in text, pictures and PDFs, within limits."""

import io

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from gongjiang.certificates import reading
from gongjiang.certificates.reading import Reading, Unreadable, read_source
from gongjiang.kernel.documents.qr import qr_png

pytestmark = pytest.mark.requirement("QRY-01")


def test_an_address_a_bare_token_and_a_text_file_are_read(issued):
    for source in (issued.paper.qr, issued.token, f" {issued.token}\n", issued.paper.qr.encode()):
        assert read_source(source) == Reading("text", issued.token)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_read_turned_and_small(issued, form):
    picture = Image.open(io.BytesIO(qr_png(issued.paper.qr, scale=4))).convert("RGB").rotate(90)
    page = Image.new("RGB", (900, 1200), "white")
    page.paste(picture, (200, 600))
    assert read_source(_saved(page, form)) == Reading("picture", issued.token)


def test_another_code_on_the_paper_is_passed_over(issued):
    page = Image.new("RGB", (900, 900), "white")
    page.paste(Image.open(io.BytesIO(qr_png("https://example.org.cn/announcement"))), (10, 10))
    page.paste(Image.open(io.BytesIO(qr_png(issued.paper.qr))), (350, 350))
    assert read_source(_saved(page, "PNG")).token == issued.token


def test_a_code_on_a_transparent_ground_is_read(issued):
    dark = Image.open(io.BytesIO(qr_png(issued.paper.qr))).convert("L").point(lambda value: 255 - value)
    clear = Image.new("RGBA", dark.size, (0, 0, 0, 0))
    clear.putalpha(dark)
    assert read_source(_saved(clear, "PNG")).token == issued.token


def test_our_pdf_is_read_by_its_embedded_file(issued):
    found = read_source(issued.sealed)
    assert (found.kind, found.token) == ("pdf", issued.token)
    assert issued.fields.number in found.text


def test_a_scan_in_a_pdf_is_read_by_its_picture(issued):
    page = Image.new("RGB", (1200, 1600), "white")
    page.paste(Image.open(io.BytesIO(qr_png(issued.paper.qr))), (100, 900))
    assert read_source(_saved(page, "PDF")) == Reading("pdf", issued.token, "")


def test_a_pdf_without_code_says_so(issued):
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    out = io.BytesIO()
    writer.write(out)
    assert _refusal(out.getvalue()) == "no_code"


def test_limits_hold_before_anything_is_decoded(issued, monkeypatch):
    monkeypatch.setattr(reading, "MAX_BYTES", 1000)
    assert _refusal(issued.sealed) == "too_big"
    monkeypatch.setattr(reading, "MAX_BYTES", 10**7)
    monkeypatch.setattr(reading, "MAX_PIXELS", 10_000)
    assert _refusal(_saved(Image.new("L", (101, 100)), "PNG")) == "too_big"


def test_only_the_first_pages_are_looked_at(issued):
    writer = PdfWriter()
    for _ in range(reading.MAX_PAGES):
        writer.add_blank_page(200, 200)
    page = Image.new("RGB", (1200, 1600), "white")
    page.paste(Image.open(io.BytesIO(qr_png(issued.paper.qr))), (100, 900))
    writer.add_page(PdfReader(io.BytesIO(_saved(page, "PDF"))).pages[0])
    out = io.BytesIO()
    writer.write(out)
    assert _refusal(out.getvalue()) == "no_code"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("", "no_code"),
        ("S000022999017263000118", "no_code"),
        ("https://evil.example/?next=https://evil.example", "no_code"),
        (b"\xff\xd8\xff nothing", "no_picture"),
        (b"\x89PNG\r\n\x1a\nnothing", "no_picture"),
        (b"\x00\xff\xfe", "no_picture"),
        (b"%PDF-1.7 nothing", "broken_pdf"),
    ],
)
def test_what_is_no_certificate_is_refused_with_its_reason(source, code):
    assert _refusal(source) == code


def _refusal(source: bytes | str) -> str:
    with pytest.raises(Unreadable) as refused:
        read_source(source)
    return refused.value.code


def _saved(picture: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, form)
    return out.getvalue()
