"""Say which messages have no Chinese yet: ``make messages``; with --write, add them to each app's catalogue.

A wording that another app already has is taken over; an empty one still fails the suite.
"""

import os
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.architecture.messages import Key, answers, asked, catalogue_path, entries, key_of, lent  # noqa: E402  # after the path

HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "zh_Hans",
    "Plural-Forms": "nplurals=1; plural=0;",
}


def lacking(app: str) -> dict[Key, str]:
    """Return the app's messages without Chinese, with the file that asks for each."""
    own = {key_of(e) for e in entries(app) if all(answers(e)) and not e.fuzzy}
    return {key: where for key, where in asked().get(app, {}).items() if key not in own | lent()}


def known() -> dict[Key, str]:
    """Return the wordings that any of our catalogues has: one message has one wording."""
    told = (entry for app in asked() for entry in entries(app))
    return {key_of(e): answers(e)[0] for e in told if all(answers(e))}


def write(app: str, keys: dict[Key, str]) -> None:
    """Add the messages where they don't stand yet, with the wording of another app if there is one."""
    path = catalogue_path(app)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = polib.pofile(str(path)) if path.exists() else polib.POFile()
    catalogue.metadata = catalogue.metadata or HEADER
    present, wordings = {key_of(e) for e in catalogue}, known()
    for key in keys:
        if key not in present:
            context, msgid, plural = key
            entry = polib.POEntry(msgid=msgid, msgctxt=context or None)
            if plural:
                entry.msgid_plural, entry.msgstr_plural = plural, {0: wordings.get(key, "")}
            else:
                entry.msgstr = wordings.get(key, "")
            catalogue.append(entry)
    catalogue.save(str(path))


def main() -> int:
    """Print what lacks; return 1 if anything does."""
    total = 0
    for app in sorted(asked()):
        keys = lacking(app)
        total += len(keys)
        for (context, msgid, _), where in keys.items():
            print(f"{app or 'gongjiang'}: {f'[{context}] ' if context else ''}{msgid!r} ({where})")
        if keys and "--write" in sys.argv:
            write(app, keys)
    print(f"{total} messages without Chinese", file=sys.stderr)
    return 1 if total else 0


if __name__ == "__main__":
    os.environ.setdefault("GONGJIANG_MODE", "test")
    sys.exit(main())
