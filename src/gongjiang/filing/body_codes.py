"""The code of a body by the national rule: letter of the kind, 0000 for a body of a province, province, six digits.

The serial is taken from a counter of the province and the letter, so that no code is given twice.
"""

from dataclasses import replace
from datetime import date

from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.numbers import Block, take
from gongjiang.law import questions as ask
from gongjiang.law.codes import parse_body_code
from gongjiang.law.places import place as place_of

LETTERS = {"employer": "Y", "college": "Y", "social": "S"}
PROVINCIAL = "0000"  # a body filed with the ministry bears four digits of its own here
MOST = 999_999


def letter_of(kind: str, regime: str, day: date) -> str:
    """Return the letter of a kind of body: Y for employers and what files as one, S for social organisations."""
    filed_as = ask.FILED_AS.get(place=place_of(regime), day=day, kind=kind)
    return LETTERS[filed_as.value if filed_as else kind]


def allot(kind: str, place_code: str, regime: str, day: date) -> tuple[str, Block]:
    """Return the next free code and the counter it was taken from; a code that was brought in is passed over.

    :raises Refused: the province's serials are used up.
    """
    start = f"{letter_of(kind, regime, day)}{PROVINCIAL}{place_code[:2]}"
    first = 0
    while True:
        block = take(f"body-code:{start}", 1, limit=MOST)
        first = first or block.first
        code = f"{start}{block.first:06d}"
        wrong = parse_body_code(code)
        if wrong:
            raise ValueError(f"{code} is no body code: {wrong[0].message_zh}")
        if not AssessmentBody.everything.filter(code=code).exists():
            return code, replace(block, first=first)
