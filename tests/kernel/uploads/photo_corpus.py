"""Photos and zip files made in code."""

import io
import stat
import zipfile

from PIL import Image, ImageDraw

NUMBER = "22910419930303003X"


def picture(width: int = 358, height: int = 441, mode: str = "RGB") -> Image.Image:
    """A drawn picture: left half dark, upper half bright in red, so that its orientation can be seen."""
    made = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(made)
    pen.rectangle((0, 0, width // 2, height), fill="#204060")
    pen.rectangle((0, 0, width, height // 4), fill="#C03020")
    return made.convert(mode)


def encoded(made: Image.Image | None = None, kind: str = "JPEG", **options: object) -> bytes:
    """The picture as bytes."""
    out = io.BytesIO()
    (made or picture()).save(out, kind, **options)
    return out.getvalue()


def with_gps(orientation: int = 1, size: tuple[int, int] = (358, 441)) -> bytes:
    """A JPEG that tells where it was taken and how it was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SECRET-MAKER"
    exif.get_ifd(0x8825)[2] = (43.0, 53.0, 12.0)
    return encoded(picture(*size), exif=exif, comment=b"SECRET-COMMENT")


def png_claiming(width: int, height: int) -> bytes:
    """A PNG whose header claims a size that nobody may decode."""
    import struct
    import zlib

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    body = struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    data = zlib.compress(bytes(1000))
    idat = b"IDAT" + data
    return b"\x89PNG\r\n\x1a\n" + body + struct.pack(">I", len(data)) + idat + struct.pack(">I", zlib.crc32(idat))


def zipped(entries: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of the entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def zipped_as(name: bytes, data: bytes) -> bytes:
    """A zip file with one entry whose name is raw bytes without the mark of UTF-8, as Windows packs it."""
    plain = "n" * len(name)
    raw = zipped({plain: data})
    return raw.replace(plain.encode(), name)


def zipped_link(name: str, target: str) -> bytes:
    """A zip file with a symbolic link."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, target)
    return out.getvalue()
