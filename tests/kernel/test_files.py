"""Files: limited, typed by content, stored once, checked when read; pictures leave their metadata behind."""

import io
from datetime import UTC, datetime

import pytest
from PIL import Image, ImageFile

from gongjiang.kernel import files
from gongjiang.kernel.models import StoredFile
from gongjiang.kernel.refusal import Refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 15, 1, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n" + b"x" * 200


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    return tmp_path


def picture(kind="JPEG", size=(40, 30), **options):
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 40)).save(out, format=kind, **options)
    return out.getvalue()


def test_the_same_content_is_stored_once_under_its_hash(folder):
    one = files.store(PDF, at=AT, allow={files.PDF})
    two = files.store(io.BytesIO(PDF), at=AT, allow={files.PDF})
    assert one == two
    assert StoredFile.objects.count() == 1
    assert (one.size, one.media_type) == (len(PDF), "application/pdf")
    assert [str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()] == [f"{one.sha256[:2]}/{one.sha256}"]
    assert files.read(one) == PDF


def test_a_changed_or_missing_file_is_an_alarm(folder):
    stored = files.store(PDF, at=AT, allow={files.PDF})
    files.path_of(stored.sha256).write_bytes(PDF + b"!")
    with pytest.raises(files.Damaged):
        files.read(stored)
    files.store(PDF, at=AT, allow={files.PDF})
    assert files.read(stored) == PDF
    files.path_of(stored.sha256).unlink()
    with pytest.raises(files.Damaged):
        files.read(stored)


@pytest.mark.parametrize(
    ("content", "allow", "code"),
    [
        (b"", {files.PDF}, "file-kind"),
        (b"<svg onload='x'/>", {files.JPEG, files.PNG}, "file-kind"),
        (b"<html>", {files.CSV}, "file-kind"),
        (PDF, {files.JPEG}, "file-kind"),
        (PDF + b"x" * 900, {files.PDF}, "file-size"),
        (b"\xff\xd8\xff<html>not a picture", {files.JPEG}, "picture"),
    ],
)
def test_what_isnt_taken_is_refused_and_nothing_is_written(folder, content, allow, code):
    with pytest.raises(Refused) as refused:
        files.store(content, at=AT, allow=allow, limit=1000)
    assert refused.value.codes == (code,)
    assert StoredFile.objects.count() == 0
    assert not any(path.is_file() for path in folder.rglob("*"))


def test_a_pictures_metadata_and_tail_are_gone_and_its_turn_is_kept():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010E] = "SECRET-PLACE"
    data = picture(size=(40, 30), exif=exif) + b"<html><script>alert(1)</script>"
    assert b"SECRET-PLACE" in data
    stored = files.store(data, at=AT, allow={files.JPEG})
    clean = files.read(stored)
    assert b"SECRET-PLACE" not in clean
    assert b"<script>" not in clean
    with Image.open(io.BytesIO(clean)) as drawn:
        assert (drawn.size, dict(drawn.getexif()), drawn.format) == ((30, 40), {}, "JPEG")


def test_too_many_pixels_are_refused_before_they_are_decoded(monkeypatch):
    bomb = picture()
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda self: pytest.fail("decoded"))
    with pytest.raises(Refused) as refused:
        files.redraw(bomb, max_pixels=100)
    assert refused.value.codes == ("pixels",)


def test_a_file_is_served_so_that_no_browser_runs_it():
    stored = files.store(PDF, at=AT, allow={files.PDF})
    response = files.serve(stored, "证书\r\nX: y.pdf")
    assert response.content == PDF
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''%E8%AF%81%E4%B9%A6%0D%0AX%3A%20y.pdf"
    assert files.serve(stored, "a.pdf", inline=True)["Content-Disposition"].startswith("inline;")
    sheet = StoredFile.objects.create(sha256="0" * 64, size=0, media_type="text/csv", stored_at=AT)
    files.write_durably(files.path_of(stored.sha256), PDF)
    sheet.sha256 = stored.sha256
    assert files.serve(sheet, "a.csv", inline=True)["Content-Disposition"].startswith("attachment;")


def test_many_pictures_are_stored_in_order_and_once():
    one, two = files.redraw(picture()), files.redraw(picture(size=(41, 30)))
    stored = files.store_pictures([one, two, one], at=AT)
    assert [files.read(each) for each in stored] == [one, two, one]
    assert StoredFile.objects.count() == 2
