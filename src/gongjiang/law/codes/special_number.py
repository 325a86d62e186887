"""Certificate numbers of levels beyond the five: 22 characters, 2 letters and 20 digits, split as a place says.

The coding rule tells of 特级技师 only that its number has two letters, twenty digits and the seven parts of a level
number; the letters and the part that is a digit shorter aren't confirmed. So both come from outside, as a form:
``YTBBBBPPSSSSSSyyLNNNNN`` is the letters YT, body, province, site, year, level, sequence.
"""

import re
from dataclasses import dataclass

from gongjiang.law.codes.certificate_number import (
    CENTURY,
    CertificateNumber,
    NumberRefused,
    parse_body_code,
    parse_certificate_number,
)
from gongjiang.law.codes.reasons import Reason

FORM = r"(?=.{22}$)[A-Z]{2}B{0,4}PPS{1,6}yyLN{4,7}"
PARTS = {"body": "B", "province": "P", "site": "S", "year": "y", "level": "L", "sequence": "N"}


@dataclass(frozen=True, slots=True)
class SpecialRule:
    """How a place numbers a level beyond the five: the form, and the digit that stands for the level in it."""

    form: str
    digit: str

    def __post_init__(self) -> None:
        if not re.fullmatch(FORM, self.form) or not re.fullmatch("[0-9]", self.digit):
            raise ValueError(f"{self.form} {self.digit} is no form of a number")

    @property
    def layout(self) -> dict[str, tuple[int, int]]:
        """Where each part stands, as (from, until)."""
        digits = self.form[2:]
        return {
            name: (2 + digits.index(mark), 3 + digits.rindex(mark)) for name, mark in PARTS.items() if mark in digits
        }

    @property
    def last_sequence(self) -> int:
        """The highest number of the sequence."""
        return int(10 ** self.form.count("N") - 1)

    def prefix(self, body_code: str, year: int) -> str:
        """Return what stands before the sequence. A shorter part keeps its last digits, if the others are zeros.

        :raises NumberRefused: the code is no body's, or has a digit that the form leaves no room for.
        """
        if reasons := parse_body_code(body_code):
            raise NumberRefused(reasons[0])
        told = {
            "B": body_code[1:5],
            "P": body_code[5:7],
            "S": body_code[7:13],
            "y": f"{year - CENTURY:02d}",
            "L": self.digit,
        }
        return self.form[:2] + "".join(_fitted(value, self.form[2:].count(mark), mark) for mark, value in told.items())

    def build(self, body_code: str, year: int, sequence: int) -> str:
        """Return the 22 characters; ``sequence`` from 1.

        :raises NumberRefused: a part doesn't fit, or the sequence is used up.
        """
        if not 1 <= sequence <= self.last_sequence:
            raise NumberRefused(
                Reason(
                    "sequence",
                    f"证书序列码只能为 1 至 {self.last_sequence}，不能是 {sequence}",
                    f"the sequence runs from 1 to {self.last_sequence}, not {sequence}",
                )
            )
        return f"{self.prefix(body_code, year)}{sequence:0{self.form.count('N')}d}"

    def parse(self, text: str) -> CertificateNumber:
        """Read a number by the form; one of another kind is read as what it is."""
        return parse_certificate_number(text, special_layout=self.layout)

    def agrees(self, number: str, body_code: str, year: int) -> bool:
        """Say whether a number is one of the body's of the year at this level."""
        try:
            prefix = self.prefix(body_code, year)
        except NumberRefused:
            return False
        return bool(re.fullmatch(re.escape(prefix) + "[0-9]+", number)) and len(number) == len(self.form)


def _fitted(value: str, room: int, mark: str) -> str:
    dropped = value[: len(value) - room]
    if dropped.strip("0"):
        why = f"编号中该段只有 {room} 位，放不下 {value}"
        raise NumberRefused(Reason("shape", why, f"the form has {room} places of {mark} and no room for {value}"))
    return value[len(dropped) :]
