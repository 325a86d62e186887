"""The folder that a run reads: two TOML files and the spreadsheets, every problem told at once."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

SHEETS = {
    "rooms": "rooms.xlsx",
    "staff": "staff.xlsx",
    "candidates": "candidates.xlsx",
    "photos": "photos.zip",
    "attendance": "attendance.xlsx",
    "scores": "scores.xlsx",
}
OPTIONAL = {"candidates_bad": "candidates-bad.xlsx"}
BODY_KEYS = ("name", "kind", "credit_code", "code", "place", "address", "authority", "filing", "sites", "scope")
BATCH_KEYS = ("title", "site", "days", "sittings", "lines")
DAYS = (
    "planned",
    "announced",
    "enrolment_opens",
    "enrolment_closes",
    "reviewed",
    "arranged",
    "locked",
    "released",
    "briefing",
    "exam_from",
    "exam_until",
    "scored",
    "noticed",
    "confirmed",
    "issued",
    "reported",
)


class BadFolder(Exception):
    """The folder can't be run; ``problems`` says everything that is wrong with it."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


@dataclass(frozen=True)
class Folder:
    """What a run goes by: the body, the batch, and the paths of the sheets."""

    path: Path
    body: dict[str, Any]
    batch: dict[str, Any]
    files: dict[str, Path]

    @property
    def days(self) -> dict[str, date]:
        days: dict[str, date] = self.batch["days"]
        return days


def read_folder(path: Path) -> Folder:
    """Return the folder's content.

    :raises BadFolder: files or keys are missing, or a TOML file can't be read.
    """
    if not path.is_dir():
        raise BadFolder([f"{path}: no such folder"])
    problems = [f"{name}: missing" for name in SHEETS.values() if not (path / name).is_file()]
    body = _toml(path / "body.toml", BODY_KEYS, problems)
    batch = _toml(path / "batch.toml", BATCH_KEYS, problems)
    days = batch.get("days", {})
    problems += [f"batch.toml: [days] lacks {name}" for name in DAYS if name not in days]
    wrong = [name for name, value in days.items() if not isinstance(value, date) or isinstance(value, datetime)]
    problems += [f"batch.toml: [days] {name} is not a day such as 2026-05-30" for name in wrong]
    if problems:
        raise BadFolder(problems)
    files = {key: path / name for key, name in (SHEETS | OPTIONAL).items() if (path / name).is_file()}
    return Folder(path, body, batch, files)


def _toml(path: Path, keys: tuple[str, ...], problems: list[str]) -> dict[str, Any]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(f"{path.name}: missing")
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{path.name}: {error}")
        return {}
    problems += [f"{path.name}: {key} is missing" for key in keys if key not in content]
    return content
