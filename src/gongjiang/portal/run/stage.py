"""Where a run takes place: a database of its own under the output folder, trial keys, 样本 on every paper."""

import os
import shutil
from pathlib import Path

MARK = ".gongjiang-run"
OUTPUTS = (
    "certificates",
    "summary.json",
    "import-report.xlsx",
    "tickets.pdf",
    "seating.pdf",
    "notice.pdf",
    "report.xlsx",
    "keys.json",
    "status.json",
    "audit.jsonl",
    "work",
)


class NotARunFolder(Exception):
    """The output folder holds something that no run put there."""


def prepare(out: Path) -> None:
    """Empty the output folder of an earlier run and mark it.

    :raises NotARunFolder: it holds other things; a run never writes among them.
    """
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()) and not (out / MARK).exists():
        raise NotARunFolder(f"{out} is not empty and no run wrote it; name a new folder")
    for name in OUTPUTS:
        target = out / name
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)
    (out / MARK).write_text("written by gongjiang run\n", encoding="utf-8")
    (out / "certificates").mkdir()


def open_database(out: Path) -> None:
    """Point the platform at a fresh database under the folder and make its tables. Never a live one."""
    work = (out / "work").resolve()
    work.mkdir()
    os.environ["GONGJIANG_MODE"] = "demo"
    os.environ["GONGJIANG_DATA_DIR"] = str(work)
    os.environ["GONGJIANG_DATABASE_URL"] = f"sqlite://{work / 'run.sqlite3'}"
    os.environ["GONGJIANG_FILES_DIR"] = str(work / "files")
    os.environ["GONGJIANG_KEYS_DIR"] = str(work / "keys")
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongjiang.config.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
