"""Read a large table in a process of its own, so that this one stays small and outlives any file.

The child gets a request as one line of JSON on its standard input and answers with lines of JSON:
{"info": …}, then {"rows": […], "problems": […]} a few hundred at a time, then {"end": …}; or
{"refused": […]}. What ends without 'end' or 'refused' was stopped, and nothing of it may be used.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from gongjiang.kernel.uploads.problems import Problem, Unreadable, refuse

from .model import EMPTY, Cell, Limits, Row, TableInfo
from .read import read_table

CHUNK_ROWS = 500
MEMORY_FENCE = 1024 * 1024 * 1024
"""Address space of the child in bytes. Its resident memory stays far below; this is the last fence."""
CPU_FENCE = 300
"""Seconds of processor time of the child."""

Progress = Callable[[int, int], None]


class RowStream:
    """Rows of a table that a child process reads. Iterate once; `close` (or leaving `with`) cancels.

    `info` is there from the start. `problems`, `notes` are complete when the rows are through.
    """

    def __init__(self, process: "subprocess.Popen[str]", progress: Progress | None) -> None:
        self._process = process
        self._progress = progress
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.rows_read = 0
        try:
            self.info = self._begin()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[Row]:
        """The rows that aren't blank.

        :raises Unreadable: the rest can't be read, or the child was stopped. Use nothing of it then.
        """
        try:
            yield from self._rows()
        finally:
            self.close()

    def close(self) -> None:
        """Stop the child if it still reads. Safe to call twice."""
        if self._process.poll() is None:
            self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()

    def _answers(self) -> Iterator[dict[str, Any]]:
        out: IO[str] | None = self._process.stdout
        while out is not None and not out.closed and (line := out.readline()):
            try:
                answer: dict[str, Any] = json.loads(line)
            except json.JSONDecodeError as error:
                raise refuse("reader_stopped") from error
            if "refused" in answer:
                raise Unreadable([Problem(**each) for each in answer["refused"]])
            yield answer
        raise refuse("reader_stopped")

    def _begin(self) -> TableInfo:
        told = next(self._answers())["info"]
        notes = tuple(Problem(**each) for each in told.pop("notes"))
        problems = tuple(Problem(**each) for each in told.pop("problems"))
        keys = tuple(told.pop("keys"))
        return TableInfo(keys=keys, notes=notes, problems=problems, **told)

    def _rows(self) -> Iterator[Row]:
        keys = self.info.keys
        for answer in self._answers():
            self.problems += [Problem(**each) for each in answer.get("problems", ())]
            self.notes += [Problem(**each) for each in answer.get("notes", ())]
            if "end" in answer:
                return
            for number, cells in answer["rows"]:
                yield Row(number, dict(zip(keys, map(_unpack, cells), strict=True)))
            self.rows_read += len(answer["rows"])
            if self._progress is not None:
                self._progress(self.rows_read, self.info.total)


def stream_rows(
    path: Path | str,
    *,
    header_aliases: Mapping[str, str],
    required: Collection[str] = (),
    limits: Limits = Limits(),  # noqa: B008  # frozen
    progress: Progress | None = None,
) -> RowStream:
    """Read a table in a child process. `progress(rows read, rows in all)` is called now and then.

    :raises Unreadable: nothing of the file can be used (also later, from the iteration).
    """
    request = {
        "path": str(path),
        "header_aliases": dict(header_aliases),
        "required": list(required),
        "limits": asdict(limits),
    }
    source_root = str(Path(__file__).resolve().parents[3])
    search_path = os.pathsep.join(filter(None, (source_root, os.environ.get("PYTHONPATH", ""))))
    process = subprocess.Popen(
        [sys.executable, "-m", "gongjiang.kernel.sheets.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": search_path, "PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
    )
    if process.stdin is not None:
        process.stdin.write(json.dumps(request))
        process.stdin.close()
    return RowStream(process, progress)


def _pack(cell: Cell) -> str | list[str | None] | None:
    if cell.kind == "text" and cell.raw is None:
        return cell.value
    return None if cell.kind == "empty" else [cell.value, cell.kind, cell.raw]


def _unpack(told: Any) -> Cell:
    if told is None:
        return EMPTY
    return Cell(told) if isinstance(told, str) else Cell(*told)


def _answer(told: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(told, ensure_ascii=True, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def _dump(problems: Collection[Problem]) -> list[dict[str, Any]]:
    return [asdict(replace(each, params=dict(each.params))) for each in problems]


def _serve(request: dict[str, Any]) -> None:
    table = read_table(
        request["path"],
        header_aliases=request["header_aliases"],
        required=request["required"],
        limits=Limits(**request["limits"]),
    )
    info = table.info
    plain = {name: getattr(info, name) for name in ("keys", "headers", "sheet", "header_row", "total")}
    _answer({"info": {**plain, "notes": _dump(info.notes), "problems": _dump(info.problems)}})
    chunk: list[Any] = []
    told = 0
    for row in table.rows:
        chunk.append([row.number, [_pack(row[key]) for key in info.keys]])
        if len(chunk) == CHUNK_ROWS:
            _answer({"rows": chunk, "problems": _dump(table.problems[told:])})
            chunk, told = [], len(table.problems)
    _answer({"rows": chunk, "problems": _dump(table.problems[told:])})
    _answer({"end": True, "notes": _dump(table.notes)})


def main() -> None:
    """Answer one request. Meant to be started by `stream_rows` only."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_FENCE, MEMORY_FENCE))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_FENCE, CPU_FENCE))
    try:
        _serve(json.loads(sys.stdin.read()))
    except Unreadable as error:
        _answer({"refused": _dump(error.problems)})
    except MemoryError:
        _answer({"refused": _dump(refuse("reader_stopped").problems)})


if __name__ == "__main__":
    main()
