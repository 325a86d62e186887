"""Every message that the source asks gettext for, and what the catalogues answer."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import allauth
import django
import polib
from django.utils.translation.template import templatize
from tests.architecture.source import PACKAGE, ROOT, dotted

PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
TEMPLATE_CALL = re.compile(r"(?<![\w.])(?:_|n?p?gettext(?:_lazy|_noop)?)\(")
Key = tuple[str, str, str]  # context, msgid, plural: a plural is looked up only where its entry has both forms
# What belongs to no app speaks through the package's own catalogue.
OWN_CATALOGUE = {"templates", "config", "cli.py", "law", "solvers"}


def calls_in(tree: ast.AST) -> Iterator[Key]:
    """Yield the messages of gettext calls with literal arguments."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = dotted(node.func).rpartition(".")[2]
        words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        context = words.pop(0) if name in WITH_CONTEXT and words else ""
        if name in PLAIN | WITH_CONTEXT and words and words[0]:
            plural = words[1] if "ngettext" in name or "npgettext" in name else ""
            yield context, words[0], plural


def call_texts(source: str) -> Iterator[str]:
    """Yield the gettext calls that templatize leaves among its filling."""
    for found in TEMPLATE_CALL.finditer(source):
        for end in (m.end() for m in re.finditer(r"\)", source[found.start() :])):
            text = source[found.start() : found.start() + end]
            try:
                ast.parse(text)
            except SyntaxError:
                continue
            yield text
            break


def messages_of(path: Path) -> Iterator[Key]:
    """Yield the messages of one Python file or template."""
    if path.suffix == ".py":
        yield from calls_in(ast.parse(path.read_text()))
    else:
        for text in call_texts(templatize(path.read_text(), origin=str(path))):
            yield from calls_in(ast.parse(text))


def owner(path: Path) -> str:
    """Return the app whose catalogue must hold the file's messages; an empty string means the package's own."""
    first = path.relative_to(PACKAGE).parts[0]
    return "" if first in OWN_CATALOGUE else first


@lru_cache(maxsize=1)
def asked() -> dict[str, dict[Key, str]]:
    """Return app → message → the first file that asks for it."""
    found: dict[str, dict[Key, str]] = defaultdict(dict)
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and not {"migrations", "static", "texts"} & set(path.parts):
            if path.suffix == ".txt" and "templates" not in path.parts:
                continue
            for key in messages_of(path):
                found[owner(path)].setdefault(key, str(path.relative_to(ROOT)))
    return found


def catalogue_path(app: str) -> Path:
    """Return where the app's Chinese catalogue stands."""
    return PACKAGE / app / "locale/zh_Hans/LC_MESSAGES/django.po"


def entries(app: str) -> list[polib.POEntry]:
    """Return the entries of the app's Chinese catalogue."""
    path = catalogue_path(app)
    return list(polib.pofile(str(path))) if path.exists() else []


def key_of(entry: polib.POEntry) -> Key:
    """Return what the entry answers."""
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def answers(entry: polib.POEntry) -> list[str]:
    """Return every wording of an entry."""
    return [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())


@lru_cache(maxsize=1)
def lent() -> set[Key]:
    """Return the messages that Django's and allauth's own Chinese catalogues answer."""
    found = set()
    for package in (django, allauth):
        for path in Path(package.__file__ or "").parent.glob("**/locale/zh_Hans/LC_MESSAGES/django.po"):
            found |= {key_of(e) for e in polib.pofile(str(path)) if all(answers(e))}
    return found
