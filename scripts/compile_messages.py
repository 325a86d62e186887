"""Compile every message catalogue whose .po is newer than its .mo (no msgfmt needed)."""

import sys
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parent.parent / "src/gongjiang"


def compile_all(source: Path = SOURCE) -> int:
    """Compile stale catalogues and return how many were compiled.

    :raises OSError: a catalogue can't be read as gettext.
    """
    count = 0
    for po in sorted(source.glob("**/locale/*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            polib.pofile(str(po), check_for_duplicates=True).save_as_mofile(str(mo))
            count += 1
    return count


if __name__ == "__main__":
    print(f"compiled {compile_all()} catalogues")
    sys.exit(0)
