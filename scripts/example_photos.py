"""Drawn photos for examples: a head and shoulders of plain shapes, 样本 across, as small as a real one."""

import io
import random
import zipfile
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (358, 441)
FIXED = (2026, 4, 8, 8, 0, 0)


@cache
def _font() -> ImageFont.FreeTypeFont:
    package = resources.files("pylopdf_fonts_zh_cn")
    found = sorted(Path(str(package)).rglob("*.[ot]tf"))
    return ImageFont.truetype(str(found[0]), 56)


def draw_photo(rng: random.Random) -> bytes:
    """One drawn photo as JPEG, about 10 KB."""
    picture = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(picture)
    skin = rng.choice(("#E8C4A0", "#DDB28A", "#F0D0B0", "#D2A67E"))
    hair = rng.choice(("#23201E", "#3A322C", "#55483C", "#8A8682"))
    coat = rng.choice(("#33567A", "#4A6B57", "#7A4A3C", "#50506A", "#6B6444"))
    width, height = SIZE
    middle, head = width // 2, rng.randint(66, 78)
    top = 92 + rng.randint(-8, 8)
    pen.rounded_rectangle((38, 322, width - 38, height + 70), 96, fill=coat)
    pen.rectangle((middle - 30, 268, middle + 30, 350), fill=skin)
    pen.polygon(((middle - 44, 326), (middle, 388), (middle + 44, 326)), fill="white")
    pen.ellipse((middle - head - 6, top - 16, middle + head + 6, top + 158), fill=hair)
    pen.ellipse((middle - head, top + 14, middle + head, top + 206), fill=skin)
    if rng.random() < 0.5:
        pen.pieslice((middle - head - 4, top - 10, middle + head + 4, top + 108), 180, 360, fill=hair)
    else:
        pen.rectangle((middle - head - 6, top + 60, middle - head + 12, top + 196), fill=hair)
        pen.rectangle((middle + head - 12, top + 60, middle + head + 6, top + 196), fill=hair)
    for side in (-1, 1):
        eye = middle + side * head // 2
        pen.ellipse((eye - 7, top + 96, eye + 7, top + 108), fill="#2A2624")
    pen.arc((middle - 26, top + 128, middle + 26, top + 166), 25, 155, fill="#8C4B40", width=5)
    pen.text((middle, height - 44), "样本", font=_font(), anchor="mm", fill="#F5F5F5")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=68, optimize=True)
    return out.getvalue()


def write_photos(path: Path, stems: Iterable[str], rng: random.Random) -> None:
    """A zip file with one photo for each stem. JPEG doesn't pack, so it's stored."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for stem in stems:
            archive.writestr(zipfile.ZipInfo(f"{stem}.jpg", FIXED), draw_photo(rng))
