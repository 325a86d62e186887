"""Make examples/first-run: the folder of `gongjiang run`, two hundred invented candidates and their exam.

Run it as `.venv/bin/python scripts/make_examples.py [FOLDER]`. It writes the same bytes every time.
"""

import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from example_bad import write_bad
from example_people import EMPLOYERS, Person, candidates, credit_code, staff
from example_photos import write_photos

from gongjiang.enrolment.columns import CANDIDATE_COLUMNS
from gongjiang.kernel.sheets.model import Column
from gongjiang.kernel.sheets.write import Value, write_table
from gongjiang.results.columns import SCORE_COLUMNS
from gongjiang.sittings.columns import ATTENDANCE_COLUMNS, ROOM_COLUMNS, STAFF_COLUMNS

SEED = 20260530
CREATED = datetime(2026, 4, 8, 8, 0)  # noqa: DTZ001  # a workbook's own property has no zone
SITE, ADDRESS = "榫卯中心考点", "吉林省长春市样例路 1 号"
NUMBERS = {"rows", "columns", "stations", "cameras"}
LEAD_ASSESSORS = {"电工": "丙申衡", "焊工": "丙辰衡", "养老护理员": "乙亥准"}

BODY = f"""# 评价机构（虚构）。机构、人员、证书均为样例。
name = "长春榫卯技能评价中心"
kind = "social"                      # employer | college | social
credit_code = "{credit_code(99)}"
code = "S000022999017"               # 机构编码，证书编号的前 13 位
place = "2201"                       # 管它的地方：它的市
address = "{ADDRESS}"
may_serve_others = true

[authority]
name = "长春市人力资源和社会保障局"
place = "2201"

[filing]
letter = "长人社备〔2025〕99号（样例）"
since = 2025-08-15
until = 2028-08-15                   # 备案通知写明的期满日，当天已失效

[[sites]]
name = "{SITE}"
address = "{ADDRESS}"
division = "220102"

[[scope]]
occupation = "6-31-01-03"
name = "电工"
levels = [5, 4, 3]
site = "{SITE}"

[[scope]]
occupation = "6-18-02-04"
name = "焊工"
levels = [5, 4, 3]
site = "{SITE}"

[[scope]]
occupation = "4-10-01-05"
name = "养老护理员"
levels = [5, 4, 3]
site = "{SITE}"
"""

BATCH_HEAD = f"""# 一个批次，和每一步的日子。期限由平台按条文与工作日历推算，这里只写做事的日子。
title = "2026 年第 3 批职业技能等级认定"
number = "2026-03"
place = "2201"
site = "{SITE}"
target = "社会人员"
contact = "样例路 1 号榫卯中心报名室，0431-00000000"
eligibility_policy = "per_standard"  # 申报条件：按各职业标准
materials = ["身份证", "证件照", "申报表", "学历或证书或工作年限证明"]

[days]
planned = 2026-03-30
announced = 2026-04-07
enrolment_opens = 2026-04-08
enrolment_closes = 2026-04-30
reviewed = 2026-05-08
arranged = 2026-05-18
locked = 2026-05-25
released = 2026-05-27                # 准考证放出
briefing = 2026-05-29                # 考务会
exam_from = 2026-05-30
exam_until = 2026-05-31
scored = 2026-06-05
approved = 2026-06-12
noticed = 2026-06-15                 # 公示：首日不计，6 月 19 至 21 日放假，止于 6 月 23 日
confirmed = 2026-06-24
issued = 2026-06-24
reported = 2026-06-29

[[sittings]]
part = "theory"
starts = 2026-05-30T09:00:00+08:00
ends = 2026-05-30T10:30:00+08:00

[[sittings]]
part = "practical"
starts = 2026-05-31T09:00:00+08:00
ends = 2026-05-31T11:00:00+08:00
"""

LINE = """
[[lines]]
occupation = "{code}"
name = "{name}"
levels = [5, 4, 3]
fees = {{ 5 = {fees[0]}, 4 = {fees[1]}, 3 = {fees[2]} }}

[lines.standard]
title = "{title}"
edition = "{edition}"
clause_set = "standard-2018"
experience_scope = "{scope}"
in_force = {since}
source = "国家职业技能标准（样例用，配比与时长待核对）"

[[lines.standard.parts]]
kind = "theory"
method = "闭卷笔试"
minutes = 90
pass_mark = 60
full_mark = 100
candidates_per_staff = 15
min_staff = 2
odd_staff = false

[[lines.standard.parts]]
kind = "practical"
method = "现场操作"
minutes = 120
pass_mark = 60
full_mark = 100
candidates_per_staff = 5
min_staff = 3
odd_staff = true
"""
LINES = (
    ("6-31-01-03", "电工", "2018", "own", "2018-12-26", (345, 430, 535)),
    ("6-18-02-04", "焊工", "2018", "own", "2018-12-26", (380, 460, 560)),
    ("4-10-01-05", "养老护理员", "2019", "own+related", "2019-09-25", (260, 320, 400)),
)


def rooms() -> Iterable[dict[str, Value]]:
    """Eight theory rooms of thirty, ten practical rooms of twenty-five, and the rooms that must exist beside."""
    base = {"site": SITE, "address": ADDRESS, "inspected_on": "2026-03-02", "inspection_until": "2027-03-01"}
    for number in range(1, 9):
        told = {"kind": "理论", "rows": 6, "columns": 5, "access": "是" if number == 1 else "否", "cameras": 2}
        yield {**base, "room": f"理论第 {number} 考场", **told}
    for number in range(1, 11):
        told = {"kind": "操作", "rows": 5, "columns": 5, "stations": 25, "cameras": 4}
        yield {**base, "room": f"操作第 {number} 考场", "access": "是" if number in (1, 5, 8) else "否", **told}
    for name in ("评分室", "候考室", "考务办公室"):
        yield {**base, "room": name, "kind": name, "access": "是", "cameras": 1}


def attendance_and_scores(
    people: Sequence[Person], rng: random.Random
) -> tuple[list[dict[str, Value]], list[dict[str, Value]]]:
    """Who came, and what they scored. Absent is told as absent, never as nought."""
    order = list(range(len(people)))
    rng.shuffle(order)
    absent = {("理论", who) for who in order[:6]} | {("操作", who) for who in order[3:8]}
    weak = {("理论", who) for who in order[8:22]} | {("操作", who) for who in order[18:29]}
    came: list[dict[str, Value]] = []
    scored: list[dict[str, Value]] = []
    for who, person in enumerate(people):
        for part, opens in (("理论", "08:"), ("操作", "08:")):
            here = (part, who) not in absent
            signed = f"{opens}{rng.randint(30, 55)}" if here else ""
            came.append(
                {"identity": person.identity, "part": part, "presence": "到" if here else "缺考", "signed_at": signed}
            )
            low, high = (38, 59) if (part, who) in weak else (60, 97)
            score = f"{rng.randint(low * 2, high * 2) / 2:g}" if here else "缺考"
            scorer = "丁酉衡" if part == "理论" else LEAD_ASSESSORS[person.occupation]
            scored.append(
                {"identity": person.identity, "name": person.name, "part": part, "score": score, "scorer": scorer}
            )
    return came, scored


def write_sheet(path: Path, columns: Sequence[Column], rows: Iterable[Mapping[str, Value]], title: str) -> None:
    """One sheet by its columns; everything is text but the numbers of the rooms."""
    headings = [column.header_zh for column in columns]
    texts = [column.header_zh for column in columns if column.key not in NUMBERS]
    table = ([row.get(column.key) for column in columns] for row in rows)
    write_table(path, headings, table, title=title, text_columns=texts, created=CREATED)


def make(folder: Path) -> None:
    """Write all files of the example into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(SEED)
    people = candidates(rng)
    lines = "".join(
        LINE.format(code=code, name=name, title=name, edition=edition, scope=scope, since=since, fees=fees)
        for code, name, edition, scope, since, fees in LINES
    )
    (folder / "body.toml").write_text(BODY, encoding="utf-8")
    (folder / "batch.toml").write_text(BATCH_HEAD + lines, encoding="utf-8")
    write_sheet(folder / "rooms.xlsx", ROOM_COLUMNS, rooms(), "考场")
    write_sheet(folder / "staff.xlsx", STAFF_COLUMNS, staff(rng), "工作人员")
    write_sheet(folder / "candidates.xlsx", CANDIDATE_COLUMNS, (each.row() for each in people), "报名表")
    came, scored = attendance_and_scores(people, rng)
    write_sheet(folder / "attendance.xlsx", ATTENDANCE_COLUMNS, came, "到场")
    write_sheet(folder / "scores.xlsx", SCORE_COLUMNS, scored, "成绩")
    write_bad(folder / "candidates-bad.xlsx", people, CREATED)
    write_photos(folder / "photos.zip", (each.identity for each in people), rng)
    print(f"{folder}: {len(people)} candidates, {len(EMPLOYERS) - 1} employers")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "examples" / "first-run")
