"""The sheet that must be refused: each row is a candidate's row with one thing made wrong."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from example_people import Person, identity_number

from gongjiang.enrolment.columns import CANDIDATE_COLUMNS
from gongjiang.kernel.sheets.write import Formats, put

Row = dict[str, object]
Spoil = Callable[[Row], object]


def _set(**values: object) -> Spoil:
    return lambda row: row.update(values)


def _wrong_check(row: Row) -> None:
    number = str(row["identity"])
    row["identity"] = number[:-1] + ("0" if number[-1] != "0" else "1")


def _no_such_day(row: Row) -> None:
    row["identity"] = str(row["identity"])[:6] + "19900230" + str(row["identity"])[14:]


def _other_sex(row: Row) -> None:
    row["sex"] = "女" if row["sex"] == "男" else "男"


def _young(row: Row) -> None:
    row.update(identity=identity_number(date(2010, 8, 1), 290, male=True), sex="男")


def _unphotographed(row: Row) -> None:
    row.update(identity=identity_number(date(1991, 5, 6), 291, male=True), sex="男", name="癸亥影")


KINDS: tuple[tuple[str, Spoil], ...] = (
    ("号码存成数字", lambda row: row.update(identity=int(str(row["identity"]).replace("X", "0")))),
    ("校验位不符", _wrong_check),
    ("15 位旧号码", lambda row: row.update(identity=str(row["identity"])[:6] + str(row["identity"])[8:17])),
    ("号码里的日子不存在", _no_such_day),
    ("没有姓名", _set(name="")),
    ("没有证件号码", _set(identity="")),
    ("手机少一位", lambda row: row.update(phone=str(row["phone"])[:-1])),
    ("性别与号码不符", _other_sex),
    ("不满 16 周岁", _young),
    ("职业不在备案范围", _set(occupation_code="6-18-01-01", occupation="车工")),
    ("等级不在备案范围", _set(level="二级/技师")),
    ("等级写错", _set(level="六级")),
    ("职业编码与名称不符", _set(occupation="钳工")),
    ("职业编码形式不对", _set(occupation_code="6310103")),
    ("没有这条申报条件", _set(clause="18-9-9")),
    ("条款不属于所报等级", _set(level="五级/初级工", clause="18-3-1")),
    ("申报条件不满足", _set(level="四级/中级工", clause="18-4-2", own_since="2023-05", related_since="")),
    ("年月读不出", _set(own_since="二零一八年春")),
    ("从业年月在将来", _set(own_since="2031-01", clause="18-5-1", level="五级/初级工")),
    ("信用代码校验位不符", _set(employer_code="91229900MA00000019")),
    ("人员关系不在列表", _set(relation="朋友")),
    ("证件类型不在列表", _set(identity_kind="驾驶证")),
    ("没有照片", _unphotographed),
    ("姓名像公式", _set(name='=HYPERLINK("http://样例","甲")')),
    ("姓名有乱码", _set(name="甲\ufffd寅")),
    ("没有所在单位", _set(employer="")),
    ("原证书日期读不出", _set(certificate_level="五级/初级工", certificate_on="2021-02-30")),
)
"""What's wrong in each row, in order; a row that repeats another person follows them."""


def write_bad(path: Path, people: list[Person], created: datetime) -> None:
    """The bad rows, two that repeat a person, one with merged cells, and a few sound ones between."""
    rows: list[Row] = []
    for person, (_, spoil) in zip(people, KINDS, strict=False):
        row: Row = dict(person.row())
        spoil(row)
        rows.append(row)
    sound = [dict(person.row()) for person in people[len(KINDS) : len(KINDS) + 8]]
    repeated = dict(sound[0])
    second_occupation = {**sound[1], "occupation_code": "6-18-02-04", "occupation": "焊工"}
    width_and_case = {**sound[2], "phone": "".join(chr(ord(digit) + 0xFEE0) for digit in str(sound[2]["phone"]))}
    rows += [*sound[:2], repeated, second_occupation, width_and_case, *sound[3:]]
    # Not the writer of the house: it keeps no rows, so it can't merge the cells of one already written.
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": "报名表（有错）", "created": created})
        sheet, formats = book.add_worksheet("报名"), Formats(book)
        for place, column in enumerate(CANDIDATE_COLUMNS):
            sheet.set_column(place, place, 16, formats.text)
            sheet.write_string(0, place, column.header_zh + ("*" if column.required else ""), formats.header)
        for number, row in enumerate(rows, 1):
            for place, column in enumerate(CANDIDATE_COLUMNS):
                put(sheet, number, place, row.get(column.key, ""), formats, as_text=False)  # type: ignore[arg-type]
        _merge_last(sheet, len(rows), formats)


def _merge_last(sheet: object, last: int, formats: Formats) -> None:
    place = next(at for at, column in enumerate(CANDIDATE_COLUMNS) if column.key == "employer")
    sheet.merge_range(last - 1, place, last, place, "样例准绳护理院", formats.text)  # type: ignore[attr-defined]
