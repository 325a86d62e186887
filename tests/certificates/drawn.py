"""A drawn photo: no person stands behind it."""

import io

from PIL import Image, ImageDraw


def portrait() -> bytes:
    """Return a drawn photo as JPEG."""
    image = Image.new("RGB", (295, 413), "white")
    ImageDraw.Draw(image).ellipse((80, 90, 215, 270), fill="#efceb0")
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()
