"""A sheet with 23 wrong rows, each wrong in one cell: what people really send in."""

from collections.abc import Callable
from datetime import date

from gongjiang.portal.demo.people import SPECIAL_AREA, identity_number

Row = dict[str, object]
Spoil = Callable[[Row], object]


def _set(**values: object) -> Spoil:
    return lambda row: row.update(values)


def _wrong_check(row: Row) -> None:
    number = str(row["identity"])
    row["identity"] = number[:-1] + ("0" if number[-1] != "0" else "1")


def _young(row: Row) -> None:
    male = row["sex"] == "男"
    row["identity"] = identity_number(date(2010, 9, 1), 31, male=male, area=SPECIAL_AREA)


def _other_sex(row: Row) -> None:
    row["sex"] = "女" if row["sex"] == "男" else "男"


def _short_phone(row: Row) -> None:
    row["phone"] = str(row["phone"])[:-1]


SPOILT: tuple[Spoil, ...] = (
    _wrong_check,
    _short_phone,
    _other_sex,
    _young,
    _set(name=""),
    _set(employer="", employer_code=""),
    _set(occupation="钳工"),
    _set(occupation_code="6-18-01-01", occupation="车工"),
    _set(occupation_code="6310103"),
    _set(level="三级/高级工", clause=""),
    _set(level="六级"),
    _set(clause="18-9-9"),
    _set(clause="18-3-1"),
    _set(employer_code="91229900MA00000019"),
    _set(relation="朋友"),
    _set(identity_kind="驾驶证"),
    _set(own_since="二零一八年春"),
    _set(own_since="2031-01"),
    _wrong_check,
    _short_phone,
    _set(name="=甲寅"),
    _set(phone=""),
    _set(exam_kind="再考"),
)


def spoil(rows: list[Row]) -> list[Row]:
    """Return the rows with 23 of them spoilt, spread over the sheet."""
    for number, each in enumerate(SPOILT):
        each(rows[3 + 4 * number])
    return rows
