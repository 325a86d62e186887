"""One batch walked by the actions of the pages, from its plan to where it stands."""

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from gongjiang.certificates import actions as certificates
from gongjiang.enrolment import actions as enrolment
from gongjiang.enrolment.columns import CANDIDATE_COLUMNS
from gongjiang.enrolment.models import ImportRun
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.sheets.model import Column
from gongjiang.kernel.sheets.write import write_table
from gongjiang.planning import actions as planning
from gongjiang.planning.models import Batch
from gongjiang.planning.states import BatchState
from gongjiang.portal.demo import drawings, judging
from gongjiang.portal.demo.batches import Spec
from gongjiang.portal.demo.cast import BODIES, NAMES, moment
from gongjiang.portal.demo.people import Crowd, Employer, Person, invent
from gongjiang.reports import actions as reports
from gongjiang.results import actions as results
from gongjiang.results.contents import asked
from gongjiang.results.models import ScoreSheet
from gongjiang.results.queries import void_parts
from gongjiang.sittings import actions as sittings
from gongjiang.sittings.columns import ATTENDANCE_COLUMNS
from gongjiang.sittings.models import Attendance, Duty, Seat
from gongjiang.standards.queries import occupation_by_code
from gongjiang.workforce.models import StaffMember

if TYPE_CHECKING:
    from gongjiang.portal.demo.world import World

S = BatchState
ROOM = {"theory": 30, "practical": 15}
ABSENT, WEAK = 0.015, 0.045
CREATED = datetime(2026, 1, 5, 8)  # noqa: DTZ001  # a workbook's own property has no zone


@dataclass(frozen=True)
class Event:
    """Something that is done at an instant."""

    at: datetime
    do: Callable[[datetime], object]
    story: "Story | None" = None


class Story:
    """A batch on its way; each method is one step, called at its instant."""

    batch: Batch

    def __init__(self, spec: Spec, world: "World", number: int) -> None:
        self.spec, self.world = spec, world
        self.rng = random.Random(f"{spec.key} {number}")
        self.house = next(each for each in BODIES if each.key == spec.body)
        self.people = self._people(spec.people, 600 * number)
        self.bears_photo_of: dict[str, str] = {}

    def _people(self, count: int, first: int) -> list[Person]:
        spec = self.spec
        lines = [(code, NAMES[code], level) for code in spec.occupations for level in spec.levels]
        crowd = Crowd(lines, spec.exam.year)
        body = self.world.cast.bodies[spec.body]
        if self.house.kind == "employer":
            crowd = replace(crowd, relation="本单位职工", own=Employer(body.name, body.credit_code))
        if self.house.kind == "college":
            crowd = replace(crowd, relation="在校学生", own=Employer(body.name, body.credit_code))
        return invent(count, crowd, first=first, rng=self.rng)

    def spare(self, count: int) -> list[Person]:
        """Return people who aren't in the first sheet."""
        return self._people(count, 30_000)

    def actor(self, post: str) -> Actor:
        """Return one of the body's people."""
        return self.world.cast.actor(self.spec.body, post)

    def key(self, what: str) -> str:
        """Return an idempotency key."""
        return f"demo-{self.spec.key}-{what}"

    def events(self) -> Iterator[Event]:
        """Yield what is done until the batch stands where it should."""
        for state, name, clock, do in STEPS:
            if name in ("applied", "approved", "submitted", "passed") and not self.spec.pilot:
                continue
            if state is S.CANCELLED and self.spec.stands is not S.CANCELLED:
                continue
            day = self.spec.day(name) if name != "exam" else self.spec.exam
            yield Event(moment(day, clock), do.__get__(self), self)
            if state is self.spec.stands:
                return

    def refresh(self) -> Batch:
        """Read the batch as it stands now."""
        self.batch = Batch.everything.select_related("body", "site").get(pk=self.batch.pk)
        return self.batch

    def plan(self, at: datetime) -> None:
        spec, body = self.spec, self.world.cast.bodies[self.spec.body]
        number = 1 + Batch.everything.filter(body=body, planned_on__year=at.year).count()
        plan = planning.BatchPlan(
            title=f"{at.year} 年第 {number} 批职业技能等级认定",
            site=body.sites.get(),
            lines=[
                judging.line(body, occupation_by_code(code), level, at)
                for code in spec.occupations
                for level in spec.levels
            ],
            enrolment_from=spec.day("opens"),
            enrolment_until=spec.day("closes"),
            exam_from=spec.exam,
            exam_until=self.sessions()[-1].ends_at.date(),
        )
        self.batch = planning.plan_batch(actor=self.actor("clerk"), at=at, body=body, plan=plan, key=self.key("plan"))

    def apply_for_opening(self, at: datetime) -> None:
        planning.apply_for_opening(actor=self.actor("clerk"), at=at, batch=self.refresh())

    def approve_opening(self, at: datetime) -> None:
        centre = self.world.cast.authority("centre_officer")
        planning.approve_opening(actor=centre, at=at, batch=self.refresh())

    def announce(self, at: datetime) -> None:
        planning.announce(actor=self.actor("clerk"), at=at, batch=self.refresh())

    def cancel(self, at: datetime) -> None:
        reason = "考点所在楼栋停电检修，报名费原路退回。"
        planning.cancel(actor=self.actor("manager"), at=at, batch=self.refresh(), reason=reason)

    def enrol(self, at: datetime) -> None:
        if not self.people:
            return
        run = self.upload(at, "报名表.xlsx", [each.row() for each in self.people])
        enrolment.confirm_import(run=run, actor=self.actor("clerk"), at=at + timedelta(minutes=20))

    def upload(self, at: datetime, name: str, rows: list[dict[str, object]]) -> ImportRun:
        """Upload a sheet with its photos and read it to the end."""
        wanted = [text for row in rows if len(text := str(row["identity"])) == 18]
        run = enrolment.upload_sheet(
            actor=self.actor("clerk"),
            at=at,
            batch=self.refresh(),
            content=sheet(CANDIDATE_COLUMNS, rows),
            file_name=name,
            photos=drawings.archive(dict.fromkeys(wanted), self.rng, self.bears_photo_of),
            key=self.key(name),
        )
        return enrolment.read_run(run=run, actor=self.actor("clerk"), at=at + timedelta(minutes=2))

    def close(self, at: datetime) -> None:
        planning.close_enrolment(actor=self.actor("clerk"), at=at, batch=self.refresh())

    def review(self, at: datetime) -> None:
        reviewer = self.actor("reviewer")
        enrolment.decide_clear_cases(actor=reviewer, at=at, batch=self.refresh())
        enrolment.complete_review(actor=reviewer, at=at + timedelta(hours=2), batch=self.batch)

    def sessions(self) -> list[sittings.SittingSpec]:
        """Return when each part is sat: as many sittings as the house needs, theory first."""
        slots = [(0, time(9)), (0, time(13, 30)), (1, time(9)), (1, time(13, 30)), (2, time(9)), (2, time(13, 30))]
        seats = {"theory": ROOM["theory"] * self.house.theory_rooms}
        # Rooms are equipped for one occupation: of each the last one may be half empty.
        seats["practical"] = ROOM["practical"] * (self.house.practical_rooms - len(self.spec.occupations) + 1)
        parts = [part for part in seats for _ in range(max(1, ceil(self.spec.people / seats[part])))]
        return [
            sittings.SittingSpec(part, start, start + timedelta(minutes=90))
            for part, (later, clock) in zip(parts, slots, strict=False)
            for start in [moment(self.spec.exam + timedelta(days=later), clock)]
        ]

    def arrange(self, at: datetime) -> None:
        clerk, batch = self.actor("clerk"), self.refresh()
        sittings.schedule_sittings(actor=clerk, at=at, batch=batch, specs=self.sessions())
        sittings.arrange(actor=clerk, at=at + timedelta(minutes=10), batch=batch, seed=self.spec.exam.toordinal())

    def staff(self, at: datetime) -> None:
        seed = self.spec.exam.toordinal()
        sittings.propose_roster(actor=self.actor("clerk"), at=at, batch=self.refresh(), seed=seed)

    def lock(self, at: datetime) -> None:
        sittings.lock_arrangement(actor=self.actor("manager"), at=at, batch=self.refresh(), accepted=self.unavoidable())

    def unavoidable(self) -> str:
        """Return why colleagues sit side by side: where everybody is of one employer."""
        return "考生均为本单位人员，无法避免。" if self.house.kind != "social" else "同单位考生集中，已尽量分开。"

    def release(self, at: datetime) -> None:
        sittings.release(actor=self.actor("manager"), at=at, batch=self.refresh())

    def brief(self, at: datetime) -> None:
        on_duty = Duty.objects.filter(batch=self.batch, ended_at=None).values("member")
        attended = list(StaffMember.everything.filter(pk__in=on_duty))
        sittings.hold_briefing(actor=self.actor("clerk"), at=at, batch=self.refresh(), attended=attended)

    def begin(self, at: datetime) -> None:
        sittings.start_exam(actor=self.actor("clerk"), at=at, batch=self.refresh())

    def end(self, at: datetime) -> None:
        at = max(at, self.sessions()[-1].ends_at + timedelta(minutes=30))
        seats = Seat.objects.filter(arrangement__batch=self.batch, arrangement__superseded=False)
        rows = [self.arrival(seat) for seat in seats.select_related("enrolment__candidate", "sitting").order_by("pk")]
        content = sheet(ATTENDANCE_COLUMNS, rows)
        clerk = self.actor("clerk")
        sittings.import_attendance(actor=clerk, at=at, batch=self.refresh(), content=content)
        sittings.end_exam(actor=clerk, at=at + timedelta(minutes=20), batch=self.batch)

    def arrival(self, seat: Seat) -> dict[str, object]:
        """Return a row of the sign-in sheet; a few don't come."""
        came = self.rng.random() >= ABSENT
        signed = seat.sitting.starts_at.astimezone(SHANGHAI) - timedelta(minutes=self.rng.randint(4, 35))
        return {
            "identity": seat.enrolment.candidate.identity,
            "part": "理论" if seat.sitting.part == "theory" else "操作",
            "presence": "到" if came else "缺考",
            "signed_at": f"{signed:%H:%M}" if came else "",
        }

    def score(self, at: datetime) -> None:
        for part in ("theory", "practical"):
            entered = self.enter(at, part)
            results.confirm_sheet(actor=self.actor("scorer2"), at=at + timedelta(hours=3), sheet=entered)
        if self.spec.key in judging.VETOED:
            judging.veto(self, at + timedelta(hours=4))
        results.confirm_scores(actor=self.actor("manager"), at=at + timedelta(hours=5), batch=self.refresh())

    def enter(self, at: datetime, part: str) -> ScoreSheet:
        """Enter the scores of a part as the first scorer."""
        came = Attendance.objects.filter(sitting__batch=self.batch, sitting__part=part, present=True)
        void, told_apart = void_parts(self.batch), asked(self.batch, part)
        rows = [
            judging.apart(row) if told_apart else row
            for each in came.select_related("enrolment").order_by("enrolment_id")
            if (each.enrolment_id, part) not in void
            for row in [results.ScoreRow(each.enrolment, self.mark(part, each.enrolment.name), scorer="阅卷组")]
        ]
        return results.enter_scores(
            actor=self.actor("scorer"), at=at, batch=self.refresh(), part=part, scores=rows, key=self.key(part)
        )

    def mark(self, part: str, name: str) -> Decimal:
        """Return a candidate's mark; the world may know better."""
        known = self.world.marks.get((self.spec.key, part, name)) or self.world.marks.get((self.spec.key, part, ""))
        if known is not None:
            return known
        low, high = (76, 119) if self.rng.random() < WEAK else (120, 194)
        return Decimal(self.rng.randint(low, high)) / 2

    def submit(self, at: datetime) -> None:
        results.submit_results(actor=self.actor("clerk"), at=at, batch=self.refresh())

    def approve(self, at: datetime) -> None:
        centre = self.world.cast.authority("centre_officer")
        results.approve_results(actor=centre, at=at, batch=self.refresh())

    def post(self, at: datetime) -> None:
        results.post_results(actor=self.actor("clerk"), at=at, batch=self.refresh())

    def confirm(self, at: datetime) -> None:
        results.confirm_results(actor=self.actor("manager"), at=at, batch=self.refresh())

    def issue(self, at: datetime) -> None:
        clerk = self.actor("certificates")
        certificates.number_certificates(actor=clerk, at=at, batch=self.refresh(), key=self.key("issue"))
        self.world.papers.make(self.batch, at)

    def report(self, at: datetime) -> None:
        self.world.papers.wait(self.batch)
        clerk = self.actor("certificates")
        package = reports.prepare_report(actor=clerk, at=at, batch=self.refresh())
        reports.send_report(actor=clerk, at=at + timedelta(hours=1), package=package)
        receipt = f"样本-{package.number}"
        reports.read_receipt(actor=clerk, at=at + timedelta(hours=5), package=package, receipt=receipt, rejected=[])


STEPS: tuple[tuple[BatchState | None, str, time, Callable[..., None]], ...] = (
    (S.DRAFT, "planned", time(9), Story.plan),
    (S.AWAITING_OPENING, "applied", time(9, 30), Story.apply_for_opening),
    (S.APPROVED, "approved", time(15), Story.approve_opening),
    (None, "announced", time(10), Story.announce),
    (None, "opens", time(10, 30), Story.enrol),
    (S.CANCELLED, "closes", time(9), Story.cancel),
    (S.ANNOUNCED, "opens", time(10, 31), lambda self, at: None),
    (S.REVIEW, "reviewed", time(8), Story.close),
    (None, "reviewed", time(9), Story.review),
    (None, "arranged", time(9), Story.arrange),
    (S.READY, "arranged", time(10), Story.staff),
    (None, "locked", time(9), Story.lock),
    (None, "released", time(13, 30), Story.release),
    (S.ARRANGED, "briefed", time(15), Story.brief),
    (S.EXAM, "exam", time(8), Story.begin),
    (S.MARKING, "exam", time(18), Story.end),
    (S.SCORED, "scored", time(9), Story.score),
    (S.RESULT_REVIEW, "submitted", time(10), Story.submit),
    (None, "passed", time(14), Story.approve),
    (S.ON_NOTICE, "noticed", time(9), Story.post),
    (S.CONFIRMED, "confirmed", time(8, 30), Story.confirm),
    (S.ISSUED, "issued", time(10), Story.issue),
    (S.REPORTED, "reported", time(10), Story.report),
)


def sheet(columns: tuple[Column, ...], rows: list[dict[str, object]]) -> bytes:
    """Return a spreadsheet with the rows, every cell a text unless it is a number."""
    out = io.BytesIO()
    headings = [column.header_zh for column in columns]
    table = ([row.get(column.key) for column in columns] for row in rows)
    write_table(out, headings, table, title="样例", text_columns=headings, created=CREATED)  # type: ignore[arg-type]
    return out.getvalue()
