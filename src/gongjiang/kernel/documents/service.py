"""The typst service: a template and plain data in, a PDF out.

Data are never markup: they reach the template as JSON and are set as text, whatever they contain.
"""

import base64
import json
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

from gongjiang.kernel.documents.fonts import DEFAULT, RARE, SANS, SERIF, FontSet, missing_glyphs

PACKAGE = Path(__file__).resolve().parent.parent.parent
TEMPLATES = Path(__file__).resolve().parent / "templates"
Standard = Literal["a-2b", "a-3b"]
NO_GLYPH = "〓"
_local = threading.local()


class NoTemplate(Exception):
    """The name is no template of the package."""


def render(
    template: str | Path,
    data: Mapping[str, Any],
    *,
    at: datetime,
    attachments: Mapping[str, bytes] | None = None,
    pdf_standard: Standard | None = None,
    fonts: FontSet = DEFAULT,
    substitute: bool = True,
) -> bytes:
    """Return the PDF that the template makes of the data.

    A character that no font has is set as 〓, so that one rare name doesn't stop a list; without ``substitute`` it is
    an error, as on a certificate, which must bear the name as it is.

    ``template`` is a name in ``kernel/documents/templates`` or the path of an app's own ``documents/*.typ``. ``at`` is
    the document's date of creation: the same data at the same instant give the same bytes. Attachments are embedded
    files of text, which PDF/A-2 forbids: with them the standard is PDF/A-3b unless told otherwise.

    :raises NoTemplate: no such template in the package.
    :raises UnicodeDecodeError: an attachment isn't text in UTF-8.
    :raises typst.TypstError: the template can't be set with these data.
    """
    source = _source(template)
    standard = pdf_standard or ("a-3b" if attachments else "a-2b")
    files = [{"name": name, "text": held.decode()} for name, held in (attachments or {}).items()]
    text = json.dumps(dict(data), ensure_ascii=False)
    more = [*fonts.extra, SERIF, RARE]
    inputs = {
        "data": legible(text, fonts) if substitute else text,
        "files": json.dumps(files),
        "fonts": json.dumps({"fangsong": [fonts.fangsong, *more], "sans": [SANS, *more]}),
    }
    made = _compiler(source, fonts).compile(
        format="pdf", sys_inputs=inputs, pdf_standards=standard, timestamp=int(at.timestamp()), pdf_tags=False
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no PDF")
    return made


def legible(text: str, fonts: FontSet) -> str:
    """Return the text with 〓 for every character that the fonts lack."""
    rare = missing_glyphs("".join({char for char in text if ord(char) > 0x7F}), fonts)
    return text.translate({ord(char): NO_GLYPH for char in rare}) if rare else text


def picture(data: bytes) -> str:
    """Return the JPEG or PNG as text that a template may pass to ``image(bytes(…), format: "svg")``.

    Inside an SVG because bytes as a JSON list of numbers cost three times as much as the page itself.

    :raises ValueError: neither JPEG nor PNG.
    """
    import io

    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        if image.format not in {"JPEG", "PNG"}:
            raise ValueError("a picture on a paper is JPEG or PNG")
        kind, (width, height) = image.format.lower(), image.size
    held = base64.b64encode(data).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/{kind};base64,{held}"/></svg>'
    )


def _source(template: str | Path) -> Path:
    path = Path(template) if isinstance(template, Path) else TEMPLATES / f"{template}.typ"
    path = path.resolve()
    if path.suffix != ".typ" or not path.is_relative_to(PACKAGE) or not path.is_file():
        raise NoTemplate(str(template))
    return path


@lru_cache(maxsize=4)
def _loaded(fonts: FontSet) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(fonts.paths))


def _compiler(source: Path, fonts: FontSet) -> typst.Compiler:
    """Return this thread's compiler for the template: fonts and layout stay warm between papers."""
    held: dict[tuple[Path, FontSet], typst.Compiler] = _local.__dict__.setdefault("held", {})
    key = (source, fonts)
    if key not in held:
        held[key] = typst.Compiler(
            source,
            root=PACKAGE,
            font_paths=_loaded(fonts),
            ignore_system_fonts=True,
        )
    return held[key]
