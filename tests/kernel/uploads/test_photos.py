"""A zip file of photos: what's right comes out clean, what's wrong is told by name, nothing is believed."""

import hashlib
import io
import resource
import zipfile

import pytest
from PIL import Image
from tests.kernel.uploads import photo_corpus as corpus

from gongjiang.kernel.uploads.photos import PhotoLimits, PhotoProfile, plain_stem, read_photos
from gongjiang.kernel.uploads.problems import Unreadable

NUMBER = corpus.NUMBER
MOVING = corpus.encoded(corpus.picture(), "WEBP", save_all=True, append_images=[corpus.picture(mode="L")])


def codes(data: bytes, **options: object) -> list[tuple[str, str]]:
    found = read_photos(data, **options)  # type: ignore[arg-type]
    assert found.photos == ()
    return [(each.column, each.code) for each in found.problems]


@pytest.mark.requirement("ENR-01")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_comes_out_as_jpeg_by_its_number(kind: str) -> None:
    found = read_photos(corpus.zipped({f"照片/{NUMBER.lower()}.{kind.lower()}": corpus.encoded(kind=kind)}))
    (photo,) = found.photos
    assert found.problems == ()
    assert (photo.stem, photo.width, photo.height) == (NUMBER, 358, 441)
    assert photo.sha256 == hashlib.sha256(photo.jpeg).hexdigest()
    assert Image.open(io.BytesIO(photo.jpeg)).format == "JPEG"


@pytest.mark.requirement("ENR-01")
def test_place_maker_and_comment_are_gone_and_the_photo_is_upright() -> None:
    lying = corpus.encoded(corpus.picture().rotate(90, expand=True))
    exif = Image.Exif()
    exif[0x0112] = 6
    held = corpus.encoded(Image.open(io.BytesIO(lying)), exif=exif)
    for data in (corpus.with_gps(), held):
        (photo,) = read_photos(corpus.zipped({f"{NUMBER}.jpg": data})).photos
        made = Image.open(io.BytesIO(photo.jpeg))
        assert (photo.width, photo.height) == (358, 441)
        assert dict(made.getexif()) == {}
        assert not {"exif", "icc_profile", "comment", "xmp"} & set(made.info)
        assert b"SECRET" not in photo.jpeg
        red, _, blue = made.getpixel((300, 40))  # type: ignore[misc]
        assert red > 150 > blue


def test_transparent_and_other_modes_are_laid_on_white() -> None:
    clear = Image.new("RGBA", (358, 441), (0, 0, 0, 0))
    for made, kind in ((clear, "PNG"), (corpus.picture(mode="CMYK"), "JPEG"), (corpus.picture(mode="P"), "PNG")):
        (photo,) = read_photos(corpus.zipped({f"{NUMBER}.x": corpus.encoded(made, kind)})).photos
        assert Image.open(io.BytesIO(photo.jpeg)).mode == "RGB"
    cleared = read_photos(corpus.zipped({"1.png": corpus.encoded(clear, "PNG")})).photos[0]
    assert Image.open(io.BytesIO(cleared.jpeg)).getpixel((5, 5)) == (255, 255, 255)


def test_a_large_photo_is_kept_small() -> None:
    (photo,) = read_photos(corpus.zipped({"1.jpg": corpus.encoded(corpus.picture(2400, 3200))})).photos
    assert (photo.width, photo.height) == (480, 640)


@pytest.mark.requirement("ENR-01")
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo_type"),
        (b"<html><script>1</script></html>", "photo_type"),
        (b"%PDF-1.7", "photo_type"),
        (b"GIF89a" + bytes(40), "photo_type"),
        (b"BM" + bytes(90), "photo_type"),
        (b"", "photo_type"),
        (corpus.encoded() + b"<html><script>alert(1)</script>", "photo_polyglot"),
        (corpus.encoded(comment=b"<?php system($_GET[0]);"), "photo_polyglot"),
        (corpus.encoded()[:3000], "photo_broken"),
        (b"\xff\xd8\xff\xe0" + bytes(200), "photo_broken"),
        (corpus.zipped({"a.jpg": corpus.encoded()}), "photo_nested"),
        (corpus.png_claiming(50_000, 50_000), "photo_too_many_pixels"),
        (corpus.png_claiming(6_000, 6_000), "photo_too_many_pixels"),
        (corpus.encoded(corpus.picture(200, 260)), "photo_too_small"),
        (corpus.encoded(corpus.picture(640, 480)), "photo_shape"),
        (MOVING, "photo_animated"),
    ],
)  # fmt: skip
def test_what_is_no_photo_is_told_by_name(data: bytes, code: str) -> None:
    assert codes(corpus.zipped({f"{NUMBER}.jpg": data})) == [(f"{NUMBER}.jpg", code)]


@pytest.mark.requirement("ENR-01")
@pytest.mark.parametrize("name", ["../../etc/x.jpg", "/x.jpg", "a/../../x.jpg", "C:/x.jpg", "..\\x.jpg", ".jpg"])
def test_names_that_climb_out_are_refused(name: str) -> None:
    assert [code for _, code in codes(corpus.zipped({name: corpus.encoded()}))] == ["photo_name"]


def test_a_link_is_refused() -> None:
    assert codes(corpus.zipped_link("1.jpg", "/etc/passwd")) == [("1.jpg", "photo_link")]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_chinese_names_are_read_whoever_packed_them(encoding: str) -> None:
    data = corpus.zipped_as(f"丁卯春_{NUMBER}.jpg".encode(encoding), corpus.encoded())
    assert [photo.stem for photo in read_photos(data).photos] == [NUMBER]


def test_a_name_in_no_encoding_is_told() -> None:
    data = corpus.zipped_as(b"\xff\xff\x80.jpg", corpus.encoded())
    assert [each.code for each in read_photos(data).problems] == ["photo_name"]


@pytest.mark.parametrize(
    "name", [NUMBER, NUMBER.lower(), "２２９１０４１９９３０３０３００３Ｘ", f"丁卯春_{NUMBER}", f"丁卯春 {NUMBER}"]
)
def test_stems_are_made_plain(name: str) -> None:
    assert plain_stem(f"甲/乙/{name}.JPG") == NUMBER


def test_two_photos_of_one_number_are_told_and_neither_is_taken() -> None:
    found = read_photos(
        corpus.zipped(
            {f"a/{NUMBER}.jpg": corpus.encoded(), f"{NUMBER.lower()}.png": corpus.encoded(), "1.jpg": corpus.encoded()}
        )
    )
    assert [photo.stem for photo in found.photos] == ["1"]
    assert [(each.code, each.params["found"]) for each in found.problems] == [("photo_twice", "2")]


def test_what_packers_leave_behind_is_passed_over() -> None:
    left = {
        "__MACOSX/._1.jpg": b"x",
        ".DS_Store": b"x",
        "照片/Thumbs.db": b"x",
        "照片/": b"",
        "1.jpg": corpus.encoded(),
    }
    found = read_photos(corpus.zipped(left))
    assert ([photo.stem for photo in found.photos], found.problems) == (["1"], ())


def test_a_good_photo_survives_its_bad_neighbours() -> None:
    found = read_photos(corpus.zipped({"1.jpg": b"x", "2.jpg": corpus.encoded(), "../3.jpg": corpus.encoded()}))
    assert [photo.stem for photo in found.photos] == ["2"]
    assert sorted(each.code for each in found.problems) == ["photo_name", "photo_type"]


@pytest.mark.requirement("ENR-01")
@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (b"", PhotoLimits(), "empty_file"),
        (corpus.encoded(), PhotoLimits(), "photo_not_zip"),
        (corpus.zipped({"1.jpg": corpus.encoded()})[:-30], PhotoLimits(), "cut"),
        (corpus.zipped({str(i): b"" for i in range(9)}), PhotoLimits(entries=8), "too_many_entries"),
        (corpus.zipped({"1.jpg": corpus.encoded()}), PhotoLimits(unpacked=100), "too_big_unpacked"),
        (corpus.zipped({"1.jpg": corpus.encoded()}), PhotoLimits(file_size=100), "too_big"),
        (corpus.zipped({"1.jpg": bytes(30_000_000)}), PhotoLimits(), "too_dense"),
    ],
)
def test_the_zip_file_itself_is_within_limits(data: bytes, limits: PhotoLimits, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_photos(data, limits=limits)
    assert [each.code for each in refusal.value.problems] == [code]


def test_one_photo_may_be_too_big() -> None:
    assert codes(corpus.zipped({"1.jpg": corpus.encoded()}), limits=PhotoLimits(photo_size=500)) == [
        ("1.jpg", "photo_too_big")
    ]


def test_a_directory_that_lies_about_a_size_is_caught_by_counting() -> None:
    data = bytearray(corpus.zipped({"1.jpg": corpus.encoded() + bytes(3_000_000)}))
    info = zipfile.ZipFile(io.BytesIO(data)).infolist()[0]
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    assert info.file_size > 1000
    assert codes(bytes(data)) == [("1.jpg", "lying_directory")]


def test_entries_that_share_bytes_are_refused() -> None:
    data = bytearray(corpus.zipped({"1.jpg": corpus.encoded(), "2.jpg": corpus.encoded()}))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[second + 42 : second + 46] = (0).to_bytes(4, "little")
    with pytest.raises(Unreadable) as refusal:
        read_photos(bytes(data))
    assert [each.code for each in refusal.value.problems] == ["lying_directory"]


def test_the_profile_of_a_place_decides_size_and_shape() -> None:
    square = corpus.zipped({"1.jpg": corpus.encoded(corpus.picture(300, 300))})
    profile = PhotoProfile(min_width=100, min_height=100, low_aspect=0.9, high_aspect=1.1, max_width=50, max_height=50)
    assert [(photo.width, photo.height) for photo in read_photos(square, profile=profile).photos] == [(50, 50)]


def test_a_claimed_flood_of_pixels_costs_little_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    codes(corpus.zipped({"1.png": corpus.png_claiming(50_000, 50_000)}))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024
