"""QR codes as vectors. zxing-cpp's writer mixes character modes, so that a token in capitals stays small."""

import re
from typing import Any

import zxingcpp

QUIET = 4  # modules of white on each side, as ISO/IEC 18004 asks


def qr_modules(text: str, *, level: str = "M") -> tuple[bytes, ...]:
    """Return the symbol's rows, a byte a module (0 is dark), with its quiet zone."""
    symbol: Any = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    image = symbol.to_image(scale=1, add_quiet_zones=True)
    size = image.shape[0]
    flat = bytes(memoryview(image))
    return tuple(flat[row * size : (row + 1) * size] for row in range(size))


def qr_version(text: str, *, level: str = "M") -> int:
    """Return the symbol's version, 1 to 40."""
    return (len(qr_modules(text, level=level)) - 2 * QUIET - 17) // 4


def qr_svg(text: str, *, level: str = "M", colour: str = "#16202a") -> str:
    """Return the symbol as one SVG path, without a size of its own."""
    rows = qr_modules(text, level=level)
    runs = [
        f"M{run.start()} {y}h{run.end() - run.start()}v1h-{run.end() - run.start()}z"
        for y, row in enumerate(rows)
        for run in re.finditer(rb"\x00+", row)
    ]
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path fill="{colour}" d="{"".join(runs)}"/></svg>'
    )


def qr_png(text: str, *, level: str = "M", scale: int = 6) -> bytes:
    """Return the symbol as a PNG of ``scale`` pixels a module."""
    import io

    from PIL import Image

    rows = qr_modules(text, level=level)
    picture = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows))
    out = io.BytesIO()
    size = (len(rows) * scale, len(rows) * scale)
    picture.resize(size, Image.Resampling.NEAREST).convert("1").save(out, "PNG", optimize=True)
    return out.getvalue()
