"""Unified social credit codes (统一社会信用代码): GB 32100-2015."""

import re
from dataclasses import dataclass
from typing import Any

from gongjiang.law.codes.normalise import Change, normalise
from gongjiang.law.codes.reasons import Language, Reason

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VALUES = {character: value for value, character in enumerate(CHARACTERS)}
WEIGHTS = tuple(pow(3, position, 31) for position in range(17))
FORBIDDEN = "IOSVZ"
LENGTH = 18
OLD_REGISTRATION = re.compile(r"[0-9]{15}")


@dataclass(frozen=True)
class CreditCode:
    """What a credit code says: authority (登记管理部门), category, area (six digits), body code, check.

    The parts are None where the text hasn't the form of a credit code.
    """

    text: str
    valid: bool
    authority: str | None = None
    category: str | None = None
    area: str | None = None
    body: str | None = None
    check: str | None = None
    reasons: tuple[Reason, ...] = ()
    changes: tuple[Change, ...] = ()

    def as_dict(self, language: Language = "zh") -> dict[str, Any]:
        """Return what `gongjiang credit-code check --json` prints."""
        return {"valid": self.valid, "reasons": [reason.text(language) for reason in self.reasons]}


def credit_check_character(first17: str) -> str:
    """Return the 18th character for 17 of the 31 characters of the set.

    :raises KeyError: a character outside the set (no I, O, S, V, Z).

    >>> credit_check_character("91350100M000100Y4")
    '3'
    """
    total = sum(VALUES[character] * weight for character, weight in zip(first17, WEIGHTS, strict=True))
    return CHARACTERS[(31 - total % 31) % 31]


def parse_credit_code(text: str, *, historical: bool = False) -> CreditCode:
    """Read a credit code.

    :param historical: accept a 15-digit registration number (注册号) as old files bear; without parts.
    """
    cleaned = normalise(text)
    code, changes = cleaned.text, cleaned.changes
    if historical and OLD_REGISTRATION.fullmatch(code):
        return CreditCode(code, True, changes=changes)
    if shape := _shape_reasons(code):
        return CreditCode(code, False, reasons=tuple(shape), changes=changes)
    right = credit_check_character(code[:17])
    reasons = []
    if not re.fullmatch(r"[0-9]{6}", code[2:8]):
        reasons.append(Reason("area", "第 3 至 8 位应为六位数字", "characters 3 to 8 must be six digits"))
    if code[17] != right:
        reasons.append(
            Reason("check", f"末位校验位应为 {right}，请对照证照核对", f"the check character should be {right}")
        )
    return CreditCode(
        text=code,
        valid=not reasons,
        authority=code[0],
        category=code[1],
        area=code[2:8],
        body=code[8:17],
        check=code[17],
        reasons=tuple(reasons),
        changes=changes,
    )


def _shape_reasons(code: str) -> list[Reason]:
    if not code:
        return [Reason("empty", "没有统一社会信用代码", "there is no code")]
    if OLD_REGISTRATION.fullmatch(code):
        return [
            Reason(
                "registration15",
                "15 位旧注册号已停用，请填 18 位统一社会信用代码",
                "15-digit registration numbers are historical: give the 18-character code",
            )
        ]
    reasons = []
    if len(code) != LENGTH:
        reasons.append(Reason("length", f"应为 18 位，现为 {len(code)} 位", f"{len(code)} characters, not 18"))
    strange = sorted({character for character in code if character not in VALUES})
    if strange:
        listed = "、".join(strange)
        hint = "（代码不用字母 I、O、S、V、Z）" if set(strange) & set(FORBIDDEN) else ""
        reasons.append(
            Reason(
                "character",
                f"含不允许的字符 {listed}{hint}",
                f"characters outside the set (no I, O, S, V, Z): {' '.join(strange)}",
            )
        )
    return reasons
