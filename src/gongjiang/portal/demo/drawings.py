"""Drawn photos: plain shapes for a head and shoulders, 样本 across, about 5 KB each."""

import io
import random
import zipfile
from collections.abc import Iterable, Mapping
from functools import cache

import pylopdf_fonts_zh_cn as fonts
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 240, 320
FIXED = (2026, 1, 5, 8, 0, 0)
SKIN = ("#E8C4A0", "#DDB28A", "#F0D0B0", "#D2A67E")
HAIR = ("#23201E", "#3A322C", "#55483C", "#8A8682")
COAT = ("#33567A", "#4A6B57", "#7A4A3C", "#50506A", "#6B6444", "#3C4F5C")


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(fonts.serif_path()), 38)


def photo(rng: random.Random) -> bytes:
    """Return one drawn photo as JPEG; two draws differ."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(picture)
    skin, hair, middle = rng.choice(SKIN), rng.choice(HAIR), WIDTH // 2
    head, top = rng.randint(44, 54), 66 + rng.randint(-8, 8)
    pen.rounded_rectangle((24, 232, WIDTH - 24, HEIGHT + 50), 64, fill=rng.choice(COAT))
    pen.rectangle((middle - 20, 190, middle + 20, 252), fill=skin)
    pen.polygon(((middle - 30, 236), (middle, 280), (middle + 30, 236)), fill="white")
    pen.ellipse((middle - head - 5, top - 12, middle + head + 5, top + 112), fill=hair)
    pen.ellipse((middle - head, top + 10, middle + head, top + 148), fill=skin)
    if rng.random() < 0.5:
        pen.pieslice((middle - head - 3, top - 8, middle + head + 3, top + 80), 180, 360, fill=hair)
    else:
        for side in (middle - head - 5, middle + head - 9):
            pen.rectangle((side, top + 44, side + 14, top + 138), fill=hair)
    for eye in (middle - head // 2, middle + head // 2):
        pen.ellipse((eye - 5, top + 70, eye + 5, top + 79), fill="#2A2624")
    pen.arc((middle - 18, top + 92, middle + 18, top + 118), 25, 155, fill="#8C4B40", width=4)
    pen.text((middle, HEIGHT - 34), "样本", font=_font(), anchor="mm", fill="#F5F5F5")
    # A few pixels at random in the margin, so that no two people share a picture by chance.
    for _ in range(6):
        pen.point((rng.randrange(8), rng.randrange(HEIGHT)), fill=(rng.randrange(256), 210, 210))
    return _jpeg(picture)


def paper(words: str) -> bytes:
    """Return a drawn paper with a few words, for the proofs that stories need."""
    picture = Image.new("RGB", (600, 420), "#FBFAF5")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((16, 16, 583, 403), outline="#B5342B", width=3)
    pen.text((300, 120), words, font=_font(), anchor="mm", fill="#1B2733")
    pen.text((300, 330), "样本", font=_font(), anchor="mm", fill="#B5342B")
    return _jpeg(picture)


def archive(people: Iterable[str], rng: random.Random, shared: Mapping[str, str]) -> bytes:
    """Return a zip file with a photo for each number; ``shared`` names those that bear another number's photo."""
    drawn: dict[str, bytes] = {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for identity in people:
            drawn[identity] = drawn[shared[identity]] if identity in shared else photo(rng)
            made.writestr(zipfile.ZipInfo(f"{identity}.jpg", FIXED), drawn[identity])
    return out.getvalue()


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=66)
    return out.getvalue()
