"""What the set-up needs from Debian: install it where it may, else say the one line that would."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import sys
from pathlib import Path

from progress import Failed, Steps

CJK_FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
# package -> is it there?
FOR_TESTS = {
    "chromium": lambda: bool(shutil.which("chromium")),
    # Playwright's own Node.js is linked against it.
    "libatomic1": lambda: bool(glob.glob("/usr/lib/*/libatomic.so.1")),
    "postgresql": lambda: bool(glob.glob("/usr/lib/postgresql/*/bin/initdb")),
    "poppler-utils": lambda: bool(shutil.which("pdftoppm")),
    "fonts-noto-cjk": lambda: Path(CJK_FONT).exists(),
}


def has_venv() -> bool:
    """Tell whether Python can make a virtual environment with pip (Debian keeps that in python3-venv)."""
    check = [sys.executable, "-c", "import ensurepip, venv"]
    return not subprocess.run(check, capture_output=True).returncode


def lacking_for_tests() -> list[str]:
    """Return the Debian packages that the tests use and that are not here."""
    return [package for package, present in FOR_TESTS.items() if not present()]


def apt_line(packages: list[str]) -> str:
    """Return the line that an administrator would type."""
    return f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"


def may_install() -> bool:
    """Tell whether this user may install Debian packages here."""
    return os.geteuid() == 0 and bool(shutil.which("apt-get"))


def install(steps: Steps, what: str, packages: list[str]) -> None:
    """Install Debian packages as root.

    :raises Failed: not root, no apt-get, or apt-get failed; the message carries the one line needed.
    """
    if not may_install():
        raise Failed(f"This machine lacks {', '.join(packages)}. As root:\n\n    {apt_line(packages)}\n")
    steps.run(
        f"{what} (Debian: {' '.join(packages)})",
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages],
        env={"DEBIAN_FRONTEND": "noninteractive"},
    )
