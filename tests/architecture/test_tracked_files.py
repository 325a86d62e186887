"""What git holds: our own work only, and no trace of the machines that it was made on."""

import re
import subprocess
from functools import lru_cache
from pathlib import Path

from tests.architecture.source import ROOT

# Written in pieces, so that this file isn't found by its own search.
WORKPLACE = ["/wo" + "rk/", "/tmp/" + "gj", "/ro" + "ot/.", ".py" + "env"]
HOSTS = ["deb.deb" + "ian.org", "registry.npm" + "js.org", "files.python" + "hosted.org", "pypi." + "org/simple"]
NAMELESS = re.compile(r"https?://[^/\s]*\b(mirror|registry|artifact)[^/\s]*/", re.IGNORECASE)
FONTS = {".ttf", ".otf", ".woff", ".woff2", ".eot", ".ttc"}
LIBRARY_BANNER = re.compile(r"/\*!|@license|sourceMappingURL|^.{2000,}$", re.MULTILINE)


@lru_cache(maxsize=1)
def tracked() -> list[Path]:
    """Return the files that git holds."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """Return file:line wherever the pattern stands in a tracked text."""
    found = []
    for path in tracked():
        text = path.read_bytes()
        if b"\0" in text[:8000]:
            continue
        for number, line in enumerate(text.decode(errors="replace").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    return found


def test_no_trace_of_a_workplace() -> None:
    assert lines_with(re.compile("|".join(map(re.escape, WORKPLACE)))) == []


def test_no_registry_is_named() -> None:
    assert lines_with(re.compile("|".join([*map(re.escape, HOSTS), NAMELESS.pattern]), re.IGNORECASE)) == []


def test_no_third_party_assets() -> None:
    foreign = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix in FONTS
        or ".min." in path.name
        or {"vendor", "node_modules"} & set(path.parts)
        or (path.suffix in {".js", ".css"} and LIBRARY_BANNER.search(path.read_text()))
    ]
    assert foreign == []


def test_no_compiled_catalogue_and_no_large_file() -> None:
    heavy = [str(p.relative_to(ROOT)) for p in tracked() if p.suffix == ".mo" or p.stat().st_size > 3_000_000]
    assert heavy == []


def test_no_inline_script_in_a_page() -> None:
    script = r"<script(?![^>]*\bsrc=)(?![^>]*type=.application/(ld\+)?json)[^>]*>"
    inline = re.compile(script + r"|<[^>]*\son[a-z]+=[\"']|javascript:")
    pages = [path for path in tracked() if path.suffix == ".html" and "src" in path.parts]
    found = [str(path.relative_to(ROOT)) for path in pages if inline.search(path.read_text())]
    assert found == []
