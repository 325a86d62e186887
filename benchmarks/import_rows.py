"""How fast and how large is an import of 100,000 candidates with all rules, end to end on SQLite?

``python -m benchmarks.import_rows [--rows N]``. In one run, over the same workbook and each in a process of its own:
our import (upload, reading, every rule of every row, staging, taking over); openpyxl's bare reading; and
django-import-export loading the same columns into a table without rules, in bulk. Aim for 100,000 rows: at most 60 s
and 400 MB with children.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
AIM_SECONDS, AIM_MEGABYTES = 60, 400
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def people(count: int) -> Iterator[dict[str, str]]:
    """Yield rows of invented candidates; one in fifty has something wrong, so that problems are written too."""
    from gongjiang.law.codes import identity_check_character

    for serial in range(count):
        born = date(1970, 1, 1) + timedelta(days=serial // 900)
        first = f"229104{born:%Y%m%d}{serial % 900:03}"
        last = identity_check_character(first)
        level = "543"[serial % 3]
        yield {
            "name": STEMS[serial % 10] + BRANCHES[serial % 12] + STEMS[serial // 7 % 10],
            "identity_kind": "居民身份证",
            "identity": first + (last if serial % 50 else ("0" if last != "0" else "1")),
            "phone": f"138{serial % 100_000_000:08}",
            "employer": f"样例单位{serial % 2000:04}有限公司",
            "occupation_code": "6-31-01-03",
            "occupation": "电工",
            "level": {"5": "五级/初级工", "4": "四级/中级工", "3": "三级/高级工"}[level],
            "clause": {"5": "18-5-1", "4": "18-4-2", "3": "18-3-1"}[level],
            "own_since": "2014-03",
            **({"certificate_level": "四级/中级工", "certificate_on": "2017-06-18"} if level == "3" else {}),
            "education": "高中",
            "relation": "社会人员",
        }


def write_workbook(path: Path, count: int) -> None:
    """Write the sheet that all three read."""
    from gongjiang.enrolment.columns import CANDIDATE_COLUMNS
    from gongjiang.kernel.sheets.write import write_table

    keys = [column.key for column in CANDIDATE_COLUMNS]
    headings = [column.header_zh for column in CANDIDATE_COLUMNS]
    write_table(path, headings, ([row.get(key, "") for key in keys] for row in people(count)))


def prepare() -> Any:
    """Set Django up on a fresh SQLite file with an announced batch; return the batch and a clerk."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from tests.factories import at, make_actor, make_batch, make_body, make_tree

    from gongjiang.planning.actions import announce

    lines = tuple(("6-31-01-03", level) for level in "543")
    body = make_body(make_tree()["changchun"], scope=lines)
    clerk = make_actor(body.organisation, "exam_clerk")
    batch = make_batch(body, clerk, lines=lines)
    announce(actor=clerk, at=at("2026-04-07 09:00"), batch=batch)
    return batch, clerk


def ours(path: Path) -> dict[str, Any]:
    """Import the workbook with all rules."""
    batch, clerk = prepare()
    from tests.factories import at

    from gongjiang.enrolment import actions
    from gongjiang.enrolment.actions import takeover
    from gongjiang.enrolment.models import Enrolment

    when: datetime = at("2026-04-20 10:00")
    start = time.perf_counter()
    run = actions.upload_sheet(
        actor=clerk, at=when, batch=batch, content=path.read_bytes(), file_name=path.name, key="bench"
    )
    run = actions.read_run(run=run, actor=clerk, at=when)
    read = time.perf_counter()
    taken = takeover.confirm_import(actor=clerk, at=when, run=run, good_rows_only=True)
    end = time.perf_counter()
    assert taken == run.rows_good == Enrolment.everything.count()
    return {
        "seconds": end - start,
        "reading": read - start,
        "transaction": end - read,
        "rows": run.rows_read,
        "taken": taken,
    }


def openpyxl_alone(path: Path) -> dict[str, Any]:
    """Read every cell with openpyxl in its fast mode, and do nothing with it."""
    import openpyxl

    start = time.perf_counter()
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    rows = sum(1 for _row in book.active.iter_rows(values_only=True)) - 1
    return {"seconds": time.perf_counter() - start, "rows": rows}


def import_export(path: Path) -> dict[str, Any]:
    """Load the columns with django-import-export, in bulk and without rules, into the table of staged rows."""
    import tablib
    from import_export import fields, resources, widgets

    batch, clerk = prepare()
    from gongjiang.enrolment.columns import CANDIDATE_COLUMNS
    from gongjiang.enrolment.models import ImportRow, ImportRun

    run = ImportRun.everything.create(
        batch=batch, file_name=path.name, uploaded_by_id=clerk.user_id, uploaded_at=datetime.now().astimezone()
    )
    headings = {column.key: column.header_zh for column in CANDIDATE_COLUMNS}

    class Rows(resources.ModelResource):
        number = fields.Field(attribute="number", column_name="number", widget=widgets.IntegerWidget())

        class Meta:
            model = ImportRow
            fields = ("number", "name", "identity_masked", "employer", "clause_claimed", "relation")
            import_id_fields = ()
            use_bulk, batch_size = True, 1000
            skip_diff, report_skipped, force_init_instance = True, False, True
            clean_model_instances = False

        def before_import(self, dataset: Any, **kwargs: Any) -> None:
            plain = {headings["name"]: "name", headings["employer"]: "employer", headings["clause"]: "clause_claimed"}
            plain |= {headings["identity"]: "identity_masked", headings["relation"]: "relation"}
            dataset.headers = [plain.get(heading, heading) for heading in dataset.headers]
            dataset.append_col(list(range(2, len(dataset) + 2)), header="number")

        def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
            instance.run_id, instance.cells, instance.is_good = run.pk, {}, True
            instance.relation = instance.relation[:12]

    start = time.perf_counter()
    dataset = tablib.Dataset().load(path.read_bytes(), format="xlsx")
    result = Rows().import_data(dataset, raise_errors=True)
    assert not result.has_errors()
    return {"seconds": time.perf_counter() - start, "rows": ImportRow.objects.count()}


WAYS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "ours": ours,
    "openpyxl": openpyxl_alone,
    "import_export": import_export,
}


def peak_megabytes() -> float:
    """Return the peak resident memory of this process and of its largest child together, in MB of 10⁶ bytes."""
    usage = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage) * 1024 / 1e6


def measured(way: str, path: Path, folder: Path) -> dict[str, Any]:
    """Run one way in a process of its own with its own database; return what it measured."""
    data = folder / way
    data.mkdir()
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "DJANGO_SETTINGS_MODULE": "gongjiang.config.settings",
        "GONGJIANG_MODE": "demo",
        "GONGJIANG_DATA_DIR": str(data),
        "GONGJIANG_FILES_DIR": str(data / "files"),
        "GONGJIANG_DATABASE_URL": f"sqlite:///{data}/db.sqlite3",
    }
    command = [sys.executable, "-m", "benchmarks.import_rows", "--way", way, "--file", str(path)]
    done = subprocess.run(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def report(found: dict[str, dict[str, Any]]) -> None:
    """Print seconds, memory and ratios."""
    us = found["ours"]
    for way, each in found.items():
        print(f"{way:14} {each['rows']:>8} rows {each['seconds']:8.1f} s {each['peak']:8.0f} MB")
    print(f"ours / openpyxl's bare reading   {us['seconds'] / found['openpyxl']['seconds']:.2f}")
    print(f"ours / django-import-export      {us['seconds'] / found['import_export']['seconds']:.2f}")
    print(f"taken over: {us['taken']} rows in one transaction of {us['transaction']:.2f} s")
    met = us["seconds"] <= AIM_SECONDS and us["peak"] <= AIM_MEGABYTES
    print(f"aim for 100,000 rows: {AIM_SECONDS} s, {AIM_MEGABYTES} MB with children: {'met' if met else 'NOT met'}")


def main() -> None:
    """Measure all three, or, in a child, one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--way", choices=WAYS)
    parser.add_argument("--file", type=Path)
    args = parser.parse_args()
    if args.way:
        told = WAYS[args.way](args.file)
        print(json.dumps({**told, "peak": peak_megabytes()}))
        return
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "candidates.xlsx"
        write_workbook(path, args.rows)
        report({way: measured(way, path, Path(temporary)) for way in WAYS})


if __name__ == "__main__":
    main()
