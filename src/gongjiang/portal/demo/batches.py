"""The twenty-two batches, at least one in each state of a batch, and the days on which each step was done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from gongjiang.law.calendar import Calendar
from gongjiang.planning.states import BatchState
from gongjiang.portal.demo.cast import CARER, COOK, ELECTRICIAN, MECHANIC, TRAINER, TURNER, WELDER

S = BatchState
OFFSETS = {
    "planned": -55,
    "applied": -54,
    "approved": -50,
    "announced": -43,
    "opens": -40,
    "closes": -22,
    "reviewed": -18,
    "arranged": -12,
    "locked": -9,
    "released": -2,
    "briefed": -1,
    "scored": 6,
    "submitted": 9,
    "passed": 11,
    "noticed": 13,
}
ON_ANY_DAY = {"opens", "closes", "released", "briefed"}
NOTICE = 5
"""Working days between posting and confirming in these stories; the platform itself counts by the law."""


@dataclass(frozen=True)
class Spec:
    """A batch: whose, where it stands, when its exam is, what and how many; ``days`` are those off the usual rhythm."""

    key: str
    body: str
    stands: BatchState
    exam: date
    occupations: tuple[str, ...]
    people: int
    levels: str = "54"
    days: Mapping[str, date] = field(default_factory=dict)
    pilot: bool = False

    def day(self, name: str) -> date:
        """Return the day of a step, moved on to a working day where it is office work."""
        calendar = Calendar.default()
        if name in self.days:
            return self.days[name]
        if name in ("confirmed", "issued"):
            return calendar.term(self.day("noticed"), NOTICE).opens_on
        if name == "reported":
            return calendar.term(self.day("issued"), 6).last_day
        found = self.exam + timedelta(days=OFFSETS[name])
        if name == "noticed" and not self.pilot:
            found = self.exam + timedelta(days=9)
        if name == "opens":
            return max(found, self.day("announced") + timedelta(days=1))
        while name not in ON_ANY_DAY and not calendar.is_working_day(found):
            found += timedelta(days=1)
        return found


def _d(month: int, day: int) -> date:
    return date(2026, month, day)


BATCHES = (
    Spec("first", "sunmao", S.REPORTED, date(2025, 10, 25), (ELECTRICIAN,), 330, "543"),
    Spec("december", "quchi", S.REPORTED, date(2025, 12, 6), (ELECTRICIAN,), 310),
    Spec("winter", "sunmao", S.REPORTED, date(2026, 1, 10), (WELDER,), 340, "543"),
    Spec("spring", "benzao", S.REPORTED, date(2026, 3, 14), (CARER,), 330),
    Spec("overdue", "sunmao", S.ISSUED, date(2026, 4, 11), (CARER,), 260),
    Spec("college", "guiju", S.ISSUED, date(2026, 5, 16), (MECHANIC,), 150),
    Spec("numbers", "jiaochi", S.CONFIRMED, date(2026, 5, 16), (TURNER,), 80, pilot=True),
    Spec("notice", "sunmao", S.ON_NOTICE, date(2026, 5, 30), (WELDER, ELECTRICIAN), 120, days={"noticed": _d(6, 12)}),
    Spec("pilot", "jiaochi", S.RESULT_REVIEW, date(2026, 6, 6), (WELDER,), 100, pilot=True),
    Spec("suspicious", "modou", S.SCORED, date(2026, 6, 6), (TURNER,), 85),
    Spec("marking", "sunmao", S.MARKING, date(2026, 6, 13), (ELECTRICIAN, CARER), 130),
    Spec("today", "sunmao", S.EXAM, date(2026, 6, 17), (ELECTRICIAN, WELDER), 110),
    Spec("tomorrow", "sunmao", S.ARRANGED, date(2026, 6, 18), (CARER,), 110, days={"released": _d(6, 16)}),
    Spec("conflict", "sunmao", S.READY, date(2026, 6, 27), (ELECTRICIAN, WELDER, CARER), 130, "543"),
    Spec("review", "sunmao", S.REVIEW, date(2026, 7, 4), (WELDER, CARER), 190),
    Spec("import", "sunmao", S.ANNOUNCED, date(2026, 7, 18), (ELECTRICIAN, WELDER), 72),
    Spec("opened", "jiaochi", S.APPROVED, date(2026, 8, 1), (ELECTRICIAN,), 0, "2", pilot=True,
         days={"planned": _d(6, 3), "applied": _d(6, 5), "approved": _d(6, 10), "opens": _d(6, 22)}),
    Spec("asked", "jiaochi", S.AWAITING_OPENING, date(2026, 8, 8), (WELDER,), 0, pilot=True,
         days={"planned": _d(6, 12), "applied": _d(6, 16), "opens": _d(7, 1)}),
    Spec("ending", "baozi", S.DRAFT, date(2026, 7, 6), (COOK,), 0,
         days={"planned": _d(6, 15), "opens": _d(6, 22), "closes": _d(6, 30)}),
    Spec("shuizhun", "shuizhun", S.MARKING, date(2026, 4, 18), (CARER,), 24),
    Spec("yuangui", "yuangui", S.MARKING, date(2026, 4, 25), (CARER, ELECTRICIAN), 40),
    Spec("cancelled", "juchi", S.CANCELLED, date(2026, 6, 28), (TRAINER,), 40, "4"),
)  # fmt: skip
