"""Which fonts papers are set in, and which characters those fonts cannot print."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_jp as bundled_jp
import pylopdf_fonts_zh_cn as bundled

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
RARE = "Noto Serif JP"  # has 𠮷 and some others that the Chinese fonts lack
SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}


@dataclass(frozen=True, slots=True)
class FontSet:
    """The fonts of an installation.

    ``dirs`` are searched before the bundled Noto fonts; ``fangsong`` names the family that certificates are set in
    (the layout rule asks 仿宋; no free one exists, so Noto Serif SC stands in until the operator names his own).
    ``extra`` families are tried, in order, for characters that the first font lacks.
    """

    dirs: tuple[str, ...] = ()
    fangsong: str = SERIF
    extra: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """Return every folder to search, the operator's first."""
        return (*self.dirs, str(bundled.serif_path().parent), str(bundled_jp.serif_path().parent))

    @property
    def files(self) -> tuple[Path, ...]:
        """Return every font file that papers may use."""
        found = (path for folder in self.paths for path in sorted(Path(folder).rglob("*")))
        return tuple(path for path in found if path.suffix.lower() in SUFFIXES)


DEFAULT = FontSet()


def missing_glyphs(text: str, fonts: FontSet = DEFAULT) -> set[str]:
    """Return the characters of the text that no font of the set can print (white space is never missing).

    Ask before printing a name: a rare character would leave a box on the certificate.
    """
    wanted = {char for char in text if not char.isspace()}
    for path in fonts.files:
        if not wanted:
            break
        wanted -= {char for char in wanted if covers(path, ord(char))}
    return wanted


def covers(path: Path, code: int) -> bool:
    """Tell whether the font file has a glyph for the code point."""
    ranges = _ranges(str(path))
    return any(first <= code <= last for first, last in ranges.get(code >> 8, ()))


@lru_cache(maxsize=32)
def _ranges(path: str) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return the ranges of code points that the font maps to a glyph, by their block of 256."""
    data = Path(path).read_bytes()
    blocks: dict[int, list[tuple[int, int]]] = {}
    for start in _font_starts(data):
        for first, last in _cmap_ranges(data, start):
            for block in range(first >> 8, (last >> 8) + 1):
                blocks.setdefault(block, []).append((first, last))
    return {block: tuple(found) for block, found in blocks.items()}


def _font_starts(data: bytes) -> tuple[int, ...]:
    """Return where each font of the file begins: one, or several in a collection."""
    if data[:4] != b"ttcf":
        return (0,)
    (count,) = struct.unpack_from(">I", data, 8)
    return struct.unpack_from(f">{count}I", data, 12)


def _cmap_ranges(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    (tables,) = struct.unpack_from(">H", data, start + 4)
    for index in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, start + 12 + 16 * index)
        if tag == b"cmap":
            (count,) = struct.unpack_from(">H", data, offset + 2)
            records = (struct.unpack_from(">HHI", data, offset + 4 + 8 * number) for number in range(count))
            for inner in {record[2] for record in records if record[:2] in _UNICODE}:
                yield from _subtable(data, offset + inner)


# (platform, encoding) of the tables keyed by Unicode; the others (symbols, old national sets) say nothing about it.
_UNICODE = {(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}


def _subtable(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    (form,) = struct.unpack_from(">H", data, at)
    if form == 12:
        (groups,) = struct.unpack_from(">I", data, at + 12)
        for first, last, glyph in struct.iter_unpack(">III", data[at + 16 : at + 16 + 12 * groups]):
            yield (first + (glyph == 0), last)
    elif form == 4:
        yield from _format_4(data, at)


def _format_4(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Yield a format 4 table's ranges, without the code points that it maps to glyph 0."""
    (double,) = struct.unpack_from(">H", data, at + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + double)
    deltas = struct.unpack_from(f">{count}H", data, at + 16 + 2 * double)
    places = at + 16 + 3 * double
    for index, (first, last) in enumerate(zip(starts, ends, strict=True)):
        (shift,) = struct.unpack_from(">H", data, places + 2 * index)
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if shift:
                (glyph,) = struct.unpack_from(">H", data, places + 2 * index + shift + 2 * (code - first))
            if shift == 0 or glyph:
                glyph = (glyph + deltas[index]) & 0xFFFF
            if glyph:
                yield (code, code)
