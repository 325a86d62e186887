"""Invented candidates and the sheets they come in; their numbers begin with 229, which no place has."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date

from PIL import Image
from tests.factories import at

from gongjiang.enrolment import actions
from gongjiang.enrolment.columns import CANDIDATE_COLUMNS
from gongjiang.kernel.sheets.write import write_csv, write_table
from gongjiang.law.codes import identity_check_character

OPEN = "2026-04-20 10:00"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
HEADERS = [column.header_zh for column in CANDIDATE_COLUMNS]
KEYS = [column.key for column in CANDIDATE_COLUMNS]


def number(serial: int, *, born: date = date(1990, 1, 1), male: bool = True) -> str:
    """Return an identity number that nobody owns."""
    first = f"229104{born:%Y%m%d}{(2 * serial + male) % 1000:03}"
    return first + identity_check_character(first)


def person(serial: int = 0, **changes: object) -> dict[str, object]:
    """Return a sound row for level 4 of 6-31-01-03: ten years in the occupation."""
    born = date(1980 + serial // 500 % 20, serial // 10_000 + 1, 3)
    row: dict[str, object] = {
        "name": STEMS[serial % 10] + BRANCHES[serial % 12] + "春",
        "identity_kind": "居民身份证",
        "identity": number(serial % 500, born=born),
        "phone": f"1380000{serial % 10000:04}",
        "employer": "样例墨斗机电有限公司",
        "occupation_code": "6-31-01-03",
        "occupation": "电工",
        "level": "四级/中级工",
        "own_since": "2016-03",
        "relation": "社会人员",
    }
    return {**row, **changes}


def sheet(rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return a workbook of the rows; values keep their types, so that a number is a numeric cell."""
    out = io.BytesIO()
    write_table(out, HEADERS, ([row.get(key, "") for key in KEYS] for row in rows))
    return out.getvalue()


def csv_sheet(rows: Iterable[Mapping[str, object]], encoding: str) -> bytes:
    """Return a CSV file of the rows in the encoding."""
    out = io.BytesIO()
    write_csv(out, HEADERS, ([row.get(key, "") for key in KEYS] for row in rows))
    return out.getvalue().decode("utf-8-sig").encode(encoding)


def jpeg(shade: int = 200, size: tuple[int, int] = (300, 400)) -> bytes:
    """Return a plain picture of a photo's shape."""
    out = io.BytesIO()
    Image.new("RGB", size, (shade, 180, 160)).save(out, "JPEG")
    return out.getvalue()


def photo_zip(photos: Mapping[str, bytes]) -> bytes:
    """Return a zip file of photos by file name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in photos.items():
            archive.writestr(name, data)
    return out.getvalue()


def upload(clerk, batch, content: bytes, *, on: str = OPEN, key: str = "import-1", photos: bytes | None = None):
    """Upload a sheet and read it to its end; return the run as it stands then."""
    run = actions.upload_sheet(
        actor=clerk, at=at(on), batch=batch, content=content, file_name="报名.xlsx", photos=photos, key=key
    )
    return actions.read_run(run=run, actor=clerk, at=at(on))
