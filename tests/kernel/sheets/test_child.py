"""Reading in a process of its own: the same rows, little memory here, and nothing after a stop."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.kernel.sheets import sheet_corpus as corpus

from gongjiang.kernel.sheets import child
from gongjiang.kernel.sheets.child import CHUNK_ROWS, RowStream, stream_rows
from gongjiang.kernel.sheets.model import Limits
from gongjiang.kernel.sheets.read import read_table
from gongjiang.kernel.uploads.problems import Unreadable


def stream(path: Path, **options: object) -> RowStream:
    return stream_rows(path, header_aliases=corpus.HEADERS, required=corpus.REQUIRED, **options)  # type: ignore[arg-type]


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "sheet"
    path.write_bytes(data)
    return path


def many(count: int) -> bytes:
    return corpus.csv_text([(f"丁{i}", f"22910419900101{i:06d}", "60") for i in range(count)]).encode()


@pytest.mark.requirement("ENR-01")
@pytest.mark.parametrize("shape", ["sound", "full width", "title above", "csv gb18030"])
def test_the_child_reads_what_this_process_reads(tmp_path: Path, shape: str) -> None:
    path = written(tmp_path, corpus.accepted()[shape][0])
    here = read_table(path, header_aliases=corpus.HEADERS, required=corpus.REQUIRED)
    rows = [row.number for row in here.rows]
    with stream(path) as told:
        there = list(told)
    assert told.info == here.info
    assert [row.number for row in there] == rows
    assert [row.text("name") for row in there] == [person[0] for person in corpus.PEOPLE]
    assert (told.notes, told.problems) == (here.notes, here.problems)


def test_kinds_and_originals_come_through(tmp_path: Path) -> None:
    data = corpus.drawn(lambda sheet, _: (sheet.write_number(1, 1, 5), sheet.write_string(2, 0, "　丁　")))
    with stream(written(tmp_path, data)) as told:
        rows = list(told)
    assert [(rows[0]["identity"].kind, rows[1]["name"].value, rows[1]["name"].original)] == [("number", "丁", "　丁　")]


def test_progress_is_told_up_to_the_end(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    count = 2 * CHUNK_ROWS + 7
    with stream(written(tmp_path, many(count)), progress=lambda read, total: seen.append((read, total))) as told:
        assert sum(1 for _ in told) == count
    assert seen == [(CHUNK_ROWS, count), (2 * CHUNK_ROWS, count), (count, count)]


@pytest.mark.parametrize(("shape", "code"), [("dense", "too_dense"), ("encrypted", None), ("no headings", "no_header")])
def test_a_refusal_comes_through_with_its_reasons(tmp_path: Path, shape: str, code: str | None) -> None:
    data = corpus.refused()["protected" if code is None else shape][0]
    with pytest.raises(Unreadable) as refusal:
        stream(written(tmp_path, data))
    assert [each.code for each in refusal.value.problems] == [code or "encrypted"]


def test_a_refusal_in_the_middle_stops_the_rows(tmp_path: Path) -> None:
    told = stream(written(tmp_path, many(1_200)), limits=Limits(rows=1_100))
    read = []
    with pytest.raises(Unreadable) as refusal:
        read.extend(row.number for row in told)
    assert refusal.value.problems[0].code == "too_many_rows"


def test_closing_stops_the_child(tmp_path: Path) -> None:
    told = stream(written(tmp_path, many(20_000)))
    assert next(iter(told)).number == 2
    told.close()
    told.close()
    assert told._process.returncode is not None


def test_a_killed_child_is_never_taken_for_the_end(tmp_path: Path) -> None:
    told = stream(written(tmp_path, many(50_000)))
    rows = iter(told)
    next(rows)
    os.kill(told._process.pid, signal.SIGKILL)
    with pytest.raises(Unreadable) as refusal:
        list(rows)
    assert refusal.value.problems[0].code == "reader_stopped"


LAUNCHER = """
import resource, sys
from gongjiang.kernel.sheets.child import stream_rows
from gongjiang.kernel.uploads.problems import Unreadable
for path in sys.argv[1:]:
    try:
        stream_rows(path, header_aliases={"姓名": "name"}, required=["name"])
    except Unreadable as refusal:
        print(refusal.problems[0].code)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""A small process of its own: a forked child is measured with the memory of the process that forked it."""


@pytest.mark.requirement("ENR-01")
def test_bombs_cost_the_child_less_than_100_mib(tmp_path: Path) -> None:
    """256 MB of noughts, a lying directory, a million columns, a far cell: refused before the parser allocates."""
    shapes = corpus.refused()
    bombs = [corpus.bomb(256 * 1024 * 1024)]
    bombs += [shapes[each][0] for each in ("lying size", "a million columns", "a cell far below", "a wider rectangle")]
    paths = []
    for number, data in enumerate(bombs):
        paths.append(tmp_path / str(number))
        paths[-1].write_bytes(data)
    source = Path(child.__file__).parents[3]
    told = subprocess.run(
        [sys.executable, "-c", LAUNCHER, *map(str, paths)],
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert told[:-1] == ["too_dense", "lying_directory", "too_many_columns", "too_many_rows", "too_many_cells"]
    assert int(told[-1]) < 100 * 1024
