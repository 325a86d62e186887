"""Identity numbers: GB 11643, residence permits of 港澳台, foreign permanent residence cards old and new.

No reason, warning or repr of this module bears a number or a part of one.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from gongjiang.law.codes.divisions import PROVINCES, was_ever_division
from gongjiang.law.codes.normalise import Change, normalise
from gongjiang.law.codes.reasons import Language, Reason

Kind = Literal["resident", "hmt", "foreign"]
Sex = Literal["male", "female"]

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
FIFTEEN_DIGITS = re.compile(r"[0-9]{15}")
OLD_FOREIGN = re.compile(r"[A-Z]{3}[0-9]{12}")
HMT_AREAS = frozenset({"71", "81", "82", "83"})

EMPTY = Reason("empty", "没有证件号码", "there is no number")
CHECK = Reason("check", "末位校验位不符，请对照证件核对", "the check character is wrong: compare with the document")
BIRTH = Reason("birth_date", "号码中的出生日期不存在", "the birth date in the number doesn't exist")
FUTURE = Reason("birth_future", "号码中的出生日期晚于今天", "the birth date in the number lies in the future")
AREA = Reason("area", "前两位不是省级代码", "the first two digits are no province")
AREA_UNKNOWN = Reason(
    "area_unknown",
    "前六位从未是行政区划代码，请对照证件核对",
    "the first six digits were never a division: compare with the document",
)
OLD_FIFTEEN = Reason(
    "fifteen_digits",
    "15 位旧号码已停用，请填 18 位号码",
    "15-digit numbers are historical: give the 18-digit number",
)
SHAPE = Reason(
    "shape",
    "应为 18 位（17 位数字加校验位），或外国人永久居留证 3 个字母加 12 位数字",
    "expected 17 digits and a check character, or the 3 letters and 12 digits of an old foreign card",
)
FOREIGN_LAYOUT = Reason(
    "foreign_layout",
    "第 7 至 14 位不是日期，请对照证件核对",
    "characters 7 to 14 are no date: compare with the document",
)


@dataclass(frozen=True)
class Identity:
    """What an identity number says. `text` is the normalised number and stays out of the repr.

    :ivar kind: resident, hmt (港澳台居民居住证) or foreign; None where the text tells none.
    :ivar sex: of the 17th digit for resident and hmt; None for foreign cards, whose layout isn't confirmed.
    :ivar reasons: why it is refused; :ivar warnings: what a person should compare, never a refusal.
    """

    text: str = field(repr=False)
    valid: bool
    kind: Kind | None
    birth_date: date | None = field(default=None, repr=False)
    sex: Sex | None = field(default=None, repr=False)
    area: str | None = field(default=None, repr=False)
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()
    changes: tuple[Change, ...] = ()

    def as_dict(self, language: Language = "zh") -> dict[str, Any]:
        """Return what `gongjiang identity check --json` prints: never the number."""
        reasons = [reason.text(language) for reason in self.reasons]
        return {"valid": self.valid, "kind": self.kind, "reasons": reasons}


def identity_check_character(first17: str) -> str:
    """Return the 18th character for 17 digits (ISO 7064 MOD 11-2).

    >>> identity_check_character("11010519491231002")
    'X'
    """
    total = sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def parse_identity(text: str, *, today: date, historical: bool = False) -> Identity:
    """Read an identity number and check it on the day `today`.

    A retired area code is no refusal: the number was given when the place existed. A number that begins
    with 9 is a foreign card (since 2023-12-01) before any test of its area.

    :param historical: accept a 15-digit resident number, as old files bear; never for new entries.
    """
    cleaned = normalise(text)
    number, changes = cleaned.text, cleaned.changes
    if OLD_FOREIGN.fullmatch(number):
        return Identity(number, True, "foreign", changes=changes)
    if FIFTEEN_DIGITS.fullmatch(number):
        return _fifteen(number, changes, today, historical)
    if not EIGHTEEN.fullmatch(number):
        return Identity(number, False, None, reasons=(SHAPE if number else EMPTY,), changes=changes)
    return _foreign(number, changes, today) if number[0] == "9" else _resident(number, changes, today)


def _resident(number: str, changes: tuple[Change, ...], today: date) -> Identity:
    hmt = number[:2] in HMT_AREAS
    birth = _date(number[6:14])
    reasons, warnings = _birth_reasons(birth, today), []
    if not hmt and number[:2] not in PROVINCES:
        reasons.append(AREA)
    elif not hmt and not was_ever_division(number[:6]):
        warnings.append(AREA_UNKNOWN)
    if identity_check_character(number[:17]) != number[17]:
        reasons.append(CHECK)
    return Identity(
        text=number,
        valid=not reasons,
        kind="hmt" if hmt else "resident",
        birth_date=birth,
        sex="male" if int(number[16]) % 2 else "female",
        area=number[:6],
        reasons=tuple(reasons),
        warnings=tuple(warnings),
        changes=changes,
    )


def _foreign(number: str, changes: tuple[Change, ...], today: date) -> Identity:
    """Check a new foreign card: the first digit and the check character are confirmed, the layout isn't."""
    birth = _date(number[6:14])
    if birth and birth > today:
        birth = None
    reasons = () if identity_check_character(number[:17]) == number[17] else (CHECK,)
    return Identity(
        text=number,
        valid=not reasons,
        kind="foreign",
        birth_date=birth,
        reasons=reasons,
        warnings=() if birth else (FOREIGN_LAYOUT,),
        changes=changes,
    )


def _fifteen(number: str, changes: tuple[Change, ...], today: date, historical: bool) -> Identity:
    birth = _date("19" + number[6:12])
    reasons = _birth_reasons(birth, today)
    if not historical:
        reasons.insert(0, OLD_FIFTEEN)
    if number[:2] not in PROVINCES:
        reasons.append(AREA)
    return Identity(
        text=number,
        valid=not reasons,
        kind="resident",
        birth_date=birth,
        sex="male" if int(number[14]) % 2 else "female",
        area=number[:6],
        reasons=tuple(reasons),
        changes=changes,
    )


def _birth_reasons(birth: date | None, today: date) -> list[Reason]:
    if birth is None:
        return [BIRTH]
    return [FUTURE] if birth > today else []


def _date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def mask_identity(text: str) -> str:
    """Return the number for the screen: the first three and last four characters, stars between.

    >>> mask_identity("220102199001011234")
    '220***********1234'

    A text of fewer than ten characters is starred whole: seven of it would give it away.
    """
    number = normalise(text).text
    hidden = len(number) - 7
    return number[:3] + "*" * hidden + number[-4:] if hidden >= 3 else "*" * len(number)
