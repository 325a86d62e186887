"""What bytes are, whatever they're called."""

from pathlib import Path

import pytest
from tests.kernel.sheets import sheet_corpus
from tests.kernel.uploads import photo_corpus

from gongjiang.kernel.uploads.messages import MESSAGES
from gongjiang.kernel.uploads.problems import Problem, localise, problem
from gongjiang.kernel.uploads.sniff import sniff, sniff_file


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n", "pdf"),
        (photo_corpus.encoded(), "jpeg"),
        (photo_corpus.encoded(kind="PNG"), "png"),
        (photo_corpus.encoded(kind="WEBP"), "webp"),
        (sheet_corpus.ole(b""), "ole"),
        (b"\xef\xbb\xbf <!DOCTYPE html>", "html"),
        (b"<?xml version='1.0'?><svg>", "svg"),
        ("姓名,证件号码".encode("gb18030"), "text"),
        ("姓名,证件号码".encode("utf-16"), "utf-16"),
        (b"\x00\x01\x02", "binary"),
        (sheet_corpus.plain(), "xlsx"),
        (sheet_corpus.refused()["macros"][0], "xlsm"),
        (sheet_corpus.refused()["ods"][0], "ods"),
        (photo_corpus.zipped({"a": b"a"}), "zip"),
    ],
)
def test_the_content_tells_the_type(tmp_path: Path, data: bytes, found: str) -> None:
    path = tmp_path / "misnamed.jpg"
    path.write_bytes(data)
    assert sniff_file(path) == sniff_file(data) == found
    assert sniff(data) == ("zip" if found in ("xlsx", "xlsm", "ods") else found)


def test_every_message_has_three_parts_and_fills_in() -> None:
    names = (
        "size",
        "limit",
        "found",
        "at",
        "missing",
        "heading",
        "cells",
        "sheets",
        "sheet",
        "others",
        "expected",
        "stem",
    )
    names += ("width", "height", "min_width", "min_height", "low", "high")
    for code in MESSAGES:
        made = problem(code, **dict.fromkeys(names, "7"))
        assert all((made.what, made.why, made.mend))
        assert "%(" not in made.what + made.why + made.mend


def test_a_problem_is_put_into_the_readers_language() -> None:
    found = problem("too_many_rows", limit=5)
    words = {"The sheet has more than %(limit)s rows.": "表里超过 %(limit)s 行。"}
    told = localise(found, lambda text: words.get(text, text))
    assert told.what == "表里超过 5 行。"
    other = Problem(1, "a", "check", "x", "y", "z")
    assert localise(other, str.upper) == other
