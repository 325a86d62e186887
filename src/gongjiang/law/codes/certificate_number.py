"""Certificate numbers: 职业技能等级证书编码规则（试行）, the special-technician form, the old 16 digits.

The 22 characters of a level number: category (1 letter), body (4), province (2), site (6), issue year (2),
level (1), sequence (6). The first 13 are the body code (机构编码). There is no check digit.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from gongjiang.law.codes.divisions import PROVINCES
from gongjiang.law.codes.normalise import Change, normalise
from gongjiang.law.codes.reasons import Language, Reason

Kind = Literal["level", "special", "legacy16", "unknown"]

LEVEL_SHAPE = re.compile(r"([A-Z])([0-9]{4})([0-9]{2})([0-9]{6})([0-9]{2})([0-9])([0-9]{6})")
BODY_SHAPE = re.compile(r"([A-Z])([0-9]{4})([0-9]{2})([0-9]{6})")
SPECIAL_SHAPE = re.compile(r"[A-Z]{2}[0-9]{20}")
LEGACY_SHAPE = re.compile(r"([0-9]{2})([0-9]{8})([0-9])([0-9]{5})")
CATEGORIES = frozenset("YS")
LEVELS = frozenset("12345")
LAST_SEQUENCE = 999_999
TOLD = ("valid", "kind", "category", "body", "province", "site", "body_code", "year", "level", "sequence")
CENTURY = 2000
LEGACY_CENTURY_TURNS_AT = 80


@dataclass(frozen=True)
class CertificateNumber:
    """What a certificate number says; what its form doesn't tell is None.

    :ivar valid: the text is well formed. Whether such a certificate exists is asked of the register.
    :ivar category: Y employer, S social assessment organisation; of the special form its two letters.
    :ivar body: four digits; 0000 where the body was first filed with a province.
    :ivar province: first two digits of GB/T 2260. None for the old 16 digits: their two digits come from
        another table (江苏 is 10 there and 32 here).
    :ivar body_code: the first 13 characters, the identity of the body and site.
    :ivar year: the issue year in four digits (24 in the number is 2024).
    :ivar level: one digit as printed; 1 is the highest.
    :ivar sequence: the digits as printed.
    :ivar legacy_body: the eight-digit body code of the old form, else None.
    """

    text: str
    valid: bool
    kind: Kind
    category: str | None = None
    body: str | None = None
    province: str | None = None
    site: str | None = None
    body_code: str | None = None
    year: int | None = None
    level: str | None = None
    sequence: str | None = None
    legacy_body: str | None = None
    reasons: tuple[Reason, ...] = ()
    changes: tuple[Change, ...] = ()

    def as_dict(self, language: Language = "zh") -> dict[str, Any]:
        """Return what `gongjiang number parse --json` prints."""
        answer: dict[str, Any] = {name: getattr(self, name) for name in TOLD}
        return answer | {"reasons": [reason.text(language) for reason in self.reasons]}


class NumberRefused(ValueError):
    """A number that can't be built; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.message_en)


def parse_certificate_number(
    text: str,
    *,
    extra_provinces: Collection[str] = (),
    special_layout: Mapping[str, tuple[int, int]] | None = None,
) -> CertificateNumber:
    """Read a certificate number of any form.

    A text of no known form is `unknown` and not valid; prior certificates that bear one (such as the 20
    characters that begin with RSN) are recorded as stated, so their import needn't fail on it.

    :param extra_provinces: further province digits that the place allows, such as 66 or 00 (not confirmed,
        therefore a setting and none by default).
    :param special_layout: where the special form keeps its parts, as name → (from, until). Only its length
        and letters are confirmed; without a layout its parts stay None.
    """
    cleaned = normalise(text)
    number = cleaned.text
    if match := LEVEL_SHAPE.fullmatch(number):
        return _level(match, cleaned.changes, extra_provinces)
    if SPECIAL_SHAPE.fullmatch(number):
        return _special(number, cleaned.changes, special_layout or {})
    if match := LEGACY_SHAPE.fullmatch(number):
        return _legacy(match, cleaned.changes)
    return CertificateNumber(number, False, "unknown", reasons=(_unknown(number),), changes=cleaned.changes)


def _level(match: re.Match[str], changes: tuple[Change, ...], extra: Collection[str]) -> CertificateNumber:
    category, body, province, site, year, level, sequence = match.groups()
    reasons = _body_reasons(category, province, extra)
    if level not in LEVELS:
        reasons.append(Reason("level", f"第 16 位等级应为 1 至 5，不是 {level}", f"level {level} isn't 1 to 5"))
    if not int(sequence):
        reasons.append(Reason("sequence", "证书序列码从 000001 起", "the sequence begins at 000001"))
    return CertificateNumber(
        text=match.group(),
        valid=not reasons,
        kind="level",
        category=category,
        body=body,
        province=province,
        site=site,
        body_code=match.group()[:13],
        year=CENTURY + int(year),
        level=level,
        sequence=sequence,
        reasons=tuple(reasons),
        changes=changes,
    )


def _body_reasons(category: str, province: str, extra: Collection[str]) -> list[Reason]:
    reasons = []
    if category not in CATEGORIES:
        reasons.append(Reason("category", f"首位应为 Y 或 S，不是 {category}", f"{category} is neither Y nor S"))
    if province not in PROVINCES and province not in extra:
        reasons.append(
            Reason("province", f"第 6、7 位 {province} 不是省级代码", f"{province} is no province of GB/T 2260")
        )
    return reasons


def _special(number: str, changes: tuple[Change, ...], layout: Mapping[str, tuple[int, int]]) -> CertificateNumber:
    parts = {name: number[start:until] for name, (start, until) in layout.items()}
    year = parts.get("year")
    return CertificateNumber(
        text=number,
        valid=True,
        kind="special",
        category=number[:2],
        body=parts.get("body"),
        province=parts.get("province"),
        site=parts.get("site"),
        year=CENTURY + int(year) if year else None,
        level=parts.get("level"),
        sequence=parts.get("sequence"),
        changes=changes,
    )


def _legacy(match: re.Match[str], changes: tuple[Change, ...]) -> CertificateNumber:
    year, body, level, sequence = match.groups()
    reasons = []
    if level not in LEVELS:
        reasons.append(Reason("level", f"第 11 位等级应为 1 至 5，不是 {level}", f"level {level} isn't 1 to 5"))
    if not int(sequence):
        reasons.append(Reason("sequence", "证书序列码从 00001 起", "the sequence begins at 00001"))
    century = CENTURY if int(year) < LEGACY_CENTURY_TURNS_AT else CENTURY - 100
    return CertificateNumber(
        text=match.group(),
        valid=not reasons,
        kind="legacy16",
        year=century + int(year),
        level=level,
        sequence=sequence,
        legacy_body=body,
        reasons=tuple(reasons),
        changes=changes,
    )


def _unknown(number: str) -> Reason:
    length = len(number)
    if not number:
        return Reason("empty", "没有证书编号", "there is no number")
    if re.fullmatch(r"[0-9]{13}", number):
        return Reason(
            "thirteen_digits",
            "13 位数字：上海旧证书在前面加 000 补足 16 位后再查",
            "13 digits: for an old Shanghai certificate put 000 before them",
        )
    if length == 22:
        return Reason(
            "shape",
            "22 位应为 1 个字母加 21 个数字，或 2 个字母加 20 个数字",
            "22 characters must be 1 letter and 21 digits, or 2 letters and 20 digits",
        )
    return Reason(
        "length",
        f"共 {length} 位；等级证书编号为 22 位，旧职业资格证书为 16 位数字",
        f"{length} characters; a level number has 22, an old qualification number 16 digits",
    )


def parse_body_code(text: str, *, extra_provinces: Collection[str] = ()) -> tuple[Reason, ...]:
    """Return why the text isn't a 13-character body code (机构编码); nothing if it is one."""
    match = BODY_SHAPE.fullmatch(normalise(text).text)
    if not match:
        return (Reason("shape", "机构编码为 1 个字母加 12 个数字", "a body code is 1 letter and 12 digits"),)
    return tuple(_body_reasons(match[1], match[3], extra_provinces))


def build_certificate_number(
    category: str,
    body: str,
    province: str,
    site: str,
    year: int,
    level: int | str,
    sequence: int,
    *,
    extra_provinces: Collection[str] = (),
) -> str:
    """Return the 22 characters of a level number; `year` in four digits, `sequence` from 1.

    :raises NumberRefused: a part that the coding rule doesn't allow, or a sequence beyond 999999: the
        counter's scope is full and a number is never widened or wrapped round.
    """
    if not 1 <= sequence <= LAST_SEQUENCE:
        raise NumberRefused(
            Reason(
                "sequence",
                f"证书序列码只能为 000001 至 999999，不能是 {sequence}",
                f"the sequence runs from 000001 to 999999, not {sequence}",
            )
        )
    if not CENTURY <= year < CENTURY + 100:
        raise NumberRefused(Reason("year", f"年份 {year} 不能编码", f"the year {year} can't be coded"))
    number = f"{category}{body}{province}{site}{year % 100:02d}{level}{sequence:06d}"
    parsed = parse_certificate_number(number, extra_provinces=extra_provinces)
    asked = (category, body, province, site, str(level))
    if (parsed.category, parsed.body, parsed.province, parsed.site, parsed.level) != asked:
        raise NumberRefused(Reason("shape", "编号各段位数不对", "a part of the number has the wrong length"))
    if parsed.reasons:
        raise NumberRefused(parsed.reasons[0])
    return number
