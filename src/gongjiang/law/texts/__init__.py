"""The governing documents' own words, read from the texts beside this file.

The texts are the official ones. Where a line break falls inside a sentence the lines are joined again; nothing else
is changed.
"""

import re
from functools import cache
from importlib import resources

from gongjiang.law.model import NUMERALS, BadCitation

NUMERAL = "[一二三四五六七八九十]+"
ARTICLE = re.compile(rf"第({NUMERAL})条(?=\s)")
PART = re.compile(rf"({NUMERAL})、")
ITEM = re.compile(rf"[（(]({NUMERAL})[）)]")
POINT = re.compile(r"(\d+)\.")
HEADING = re.compile(rf"第{NUMERAL}章\s|附件[:：]|附件\d")
SENTENCE_END = "。；：;:！？”》）)"
LONG_LINE = 20  # characters: a shorter line without a full stop is a heading, not a broken sentence


@cache
def divisions(key: str, *, parts: bool = False) -> dict[str, str]:
    """Return each article and item (or part, section and item) of a document with its words, in order.

    Keys are those of ``Citation.division``. The words of an article hold its items; the words of a part that has
    sections are only its lead.
    """
    found: dict[str, list[str]] = {}
    article = item = point = 0
    for line in paragraphs(key):
        head = (PART if parts else ARTICLE).match(line)
        if head:
            article, item, point = numeral(head[1]), 0, 0
        elif HEADING.match(line):
            article = 0
        elif section := ITEM.match(line):
            item, point = numeral(section[1]), 0
        elif parts and item and (entry := POINT.match(line)):
            point = int(entry[1])
        for division in open_divisions(article, item, point, parts=parts):
            found.setdefault(division, []).append(line)
    return {division: "\n".join(lines) for division, lines in found.items()}


def open_divisions(article: int, item: int, point: int, *, parts: bool) -> list[str]:
    """Return the divisions that a line belongs to: an article holds its items, a part only its lead."""
    if not article:
        return []
    if not item:
        return [str(article)]
    names = [f"{article}({item})"]
    if not parts:
        names.append(str(article))
    if point:
        names.append(f"{article}({item}){point}")
    return names


def words_of(key: str, division: str, *, parts: bool = False) -> str:
    """Return the words of one division of a document.

    :raises BadCitation: if the document has no such division.
    """
    try:
        return divisions(key, parts=parts)[division]
    except KeyError:
        raise BadCitation(f"{key} has no §{division}") from None


def paragraphs(key: str) -> list[str]:
    """Return the document's paragraphs, broken sentences joined, runs of blanks made one."""
    text = resources.files(__package__).joinpath(f"{key}.txt").read_text(encoding="utf-8")
    joined: list[str] = []
    for line in (" ".join(raw.split()) for raw in text.splitlines()):
        if not line:
            continue
        if joined and broken(joined[-1]) and not starts_division(line):
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def broken(line: str) -> bool:
    """Tell whether a line breaks off inside a sentence."""
    return len(line) >= LONG_LINE and line[-1] not in SENTENCE_END


def starts_division(line: str) -> bool:
    return any(start.match(line) for start in (ARTICLE, HEADING, PART, ITEM, POINT))


def numeral(chinese: str) -> int:
    """Return the number that Chinese numerals up to 99 stand for."""
    tens, ten, ones = chinese.rpartition("十")
    return (NUMERALS.index(tens) if tens else 1) * 10 * bool(ten) + (NUMERALS.index(ones) if ones else 0)
