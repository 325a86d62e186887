"""Read a spreadsheet that a stranger made: by its content, within limits, every problem told."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import BinaryIO

from gongjiang.kernel.uploads.problems import refuse
from gongjiang.kernel.uploads.sniff import HEAD, open_source, sniff

from .assemble import Assembler
from .csvs import read_csv
from .model import MEBIBYTE, Limits, Table
from .xlsx import read_xlsx

_ENCRYPTED_MARK = "EncryptedPackage".encode("utf-16-le")


def read_table(
    source: Path | str | bytes,
    *,
    header_aliases: Mapping[str, str],
    required: Collection[str] = (),
    limits: Limits = Limits(),  # noqa: B008  # frozen
) -> Table:
    """Read the table of an .xlsx or .csv file in this process (large ones: `child.stream_rows`).

    `header_aliases` maps every heading that's understood to the key of its column. The type is told
    by content. Limits are kept before parsing.

    :raises Unreadable: nothing of the file can be used; all reasons at once.
    """
    assembler = Assembler(header_aliases, required, limits)
    with open_source(source) as fp:
        size = fp.seek(0, 2)
        fp.seek(0)
        if size == 0:
            raise refuse("empty_file")
        if size > limits.file_size:
            raise refuse("too_big", size=-(-size // MEBIBYTE), limit=limits.file_size // MEBIBYTE)
        return _read(fp, assembler)


def _read(fp: BinaryIO, assembler: Assembler) -> Table:
    found = sniff(fp.read(HEAD))
    fp.seek(0)
    if found == "zip":
        table = read_xlsx(fp, assembler)
    elif found == "ole":
        raise refuse("encrypted" if _ENCRYPTED_MARK in fp.read() else "old_excel")
    elif found in ("text", "utf-16"):
        table = read_csv(fp.read(), assembler)
    else:
        raise refuse("not_a_sheet", found=found)
    return table
