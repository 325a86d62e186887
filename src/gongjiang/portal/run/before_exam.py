"""From the catalogue to the day before the exam."""

from datetime import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gongjiang.enrolment import actions as enrolment
from gongjiang.enrolment import exports, queries
from gongjiang.enrolment.models import ImportRun, ImportState
from gongjiang.kernel.actor import system
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import Ground, Refused
from gongjiang.law.model import Citation
from gongjiang.planning import actions as planning
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import opening_rule
from gongjiang.portal.run.cast import assemble, fee_of, moment
from gongjiang.sittings import actions as sittings
from gongjiang.sittings import documents
from gongjiang.sittings.models import Duty, Seat
from gongjiang.standards.actions import PartSpec, StandardSpec, enter_standard, load_catalogue
from gongjiang.standards.queries import occupation_by_code
from gongjiang.workforce.models import StaffMember

if TYPE_CHECKING:
    from gongjiang.portal.run.chain import Chain

SEED = 20260530


def standards_and_body(chain: "Chain") -> None:
    """Load the catalogue, enter the standards that the folder names, and the filed body with its people."""
    day, platform = chain.folder.days["planned"], system("run")
    counts = load_catalogue(actor=platform, at=moment(day, time(8)))
    for line in chain.folder.batch["lines"]:
        if "standard" in line:
            occupation = occupation_by_code(line["occupation"])
            enter_standard(actor=platform, at=moment(day, time(8)), occupation=occupation, spec=_standard(line))
    chain.diary.step(
        "standards",
        "职业与标准",
        day,
        _cites("catalogue.load"),
        occupations=counts["occupations"],
        standards=counts["standards"],
    )
    chain.cast = assemble(chain.folder)
    body = chain.cast.body
    chain.diary.step("body", "已备案机构", day, _cites("body.register"), code=body.code, until=body.filed_until)


def plan_and_announce(chain: "Chain") -> None:
    """Plan the batch and announce it; where the place asks for it, apply for the opening first."""
    days, batch = chain.folder.days, chain.folder.batch
    plan = planning.BatchPlan(
        title=batch["title"],
        site=chain.cast.body.sites.get(name=batch["site"]),
        lines=[
            planning.LineSpec(occupation_by_code(line["occupation"]), str(level), fee_of(line, level))
            for line in batch["lines"]
            for level in line["levels"]
        ],
        enrolment_from=days["enrolment_opens"],
        enrolment_until=days["enrolment_closes"],
        exam_from=days["exam_from"],
        exam_until=days["exam_until"],
    )
    clerk = chain.actor("exam_clerk")
    chain.batch = planning.plan_batch(
        actor=clerk, at=moment(days["planned"]), body=chain.cast.body, plan=plan, key="run-plan"
    )
    chain.diary.step(
        "plan", "计划", days["planned"], _cites("batch.plan"), number=chain.batch.number, lines=len(plan.lines)
    )
    if opening_rule(chain.batch, days["planned"]):
        planning.apply_for_opening(actor=clerk, at=moment(days["planned"], time(10)), batch=chain.batch)
        planning.approve_opening(
            actor=chain.actor("centre_officer"), at=moment(days["planned"], time(15)), batch=chain.batch
        )
    announcement = planning.announce(actor=clerk, at=moment(days["announced"]), batch=chain.batch)
    chain.diary.step("announce", "公告", days["announced"], announcement.cites, elements=len(announcement.elements))


def refuse_bad_sheet(chain: "Chain") -> None:
    """Import the bad sheet, if there is one, show everything that is wrong with it, and discard it."""
    if "candidates_bad" not in chain.folder.files:
        return
    day = chain.folder.days["enrolment_opens"]
    run = _read(chain, "candidates_bad", at=time(9), photos=False)
    kinds = queries.problem_kinds(run)
    chain.write("import-report.xlsx", exports.problem_report(run))
    chain.diary.step(
        "import-refused",
        "名单有误，未导入",
        day,
        queries.eligibility_cites(chain.batch),
        rows=run.rows_read,
        good=run.rows_good,
        refused=run.rows_read - run.rows_good,
        kinds=len(kinds),
    )
    if run.state == ImportState.CHECKED:
        enrolment.cancel_import(run=run, actor=chain.actor("exam_clerk"), at=moment(day, time(9, 30)))


def enrol(chain: "Chain") -> None:
    """Import the candidates and their photos; a sheet with any problem stops the run."""
    day = chain.folder.days["enrolment_opens"]
    run = _read(chain, "candidates", at=time(10), photos=True)
    if run.state != ImportState.CHECKED or run.rows_good != run.rows_read:
        chain.write("import-report.xlsx", exports.problem_report(run))
        why = f"{run.rows_read} 行里有 {run.rows_read - run.rows_good} 行有问题。"
        raise Refused("导入考生", [Ground(why, "见 import-report.xlsx，改好后再运行。", code="rows")], subject=run)
    taken = enrolment.confirm_import(actor=chain.actor("exam_clerk"), at=moment(day, time(10, 30)), run=run)
    with_photo = chain.batch.enrolments.filter(photo__isnull=False).count()
    chain.diary.step("enrol", "报名", day, _cites("import.confirm"), rows=run.rows_read, taken=taken, photos=with_photo)
    if "candidates_bad" not in chain.folder.files:
        chain.write("import-report.xlsx", exports.problem_report(run))


def review(chain: "Chain") -> None:
    """Close enrolment and decide on eligibility: clear cases at once, the rest one by one as the rules say."""
    days = chain.folder.days
    closed = moment(days["reviewed"], time(8))
    planning.close_enrolment(actor=chain.actor("exam_clerk"), at=closed, batch=chain.batch)
    reviewer, at = chain.actor("eligibility_reviewer"), moment(days["reviewed"])
    eligible, _left = enrolment.decide_clear_cases(actor=reviewer, at=at, batch=chain.batch)
    refused = 0
    for each in queries.enrolments_for(reviewer).filter(batch=chain.batch, state="submitted"):
        verdict = queries.verdict_of(each)
        reason = "" if verdict.eligible else "各条件均不满足。"
        enrolment.decide(actor=reviewer, at=at, enrolment=each, eligible=verdict.eligible, reason=reason)
        eligible, refused = eligible + verdict.eligible, refused + (not verdict.eligible)
    enrolment.complete_review(actor=reviewer, at=moment(days["reviewed"], time(17)), batch=chain.batch)
    chain.diary.step(
        "review", "资格审核", days["reviewed"], _cites("batch.complete_review"), eligible=eligible, ineligible=refused
    )


def arrange(chain: "Chain") -> None:
    """Enter rooms and staff, schedule, seat, draw the roster, lock; write tickets and seating."""
    days, clerk, body = chain.folder.days, chain.actor("exam_clerk"), chain.cast.body
    manager, at = chain.actor("body_manager"), moment(days["arranged"])
    rooms = sittings.import_rooms(actor=clerk, at=at, body=body, content=chain.read("rooms"))
    staff = sittings.import_staff(actor=manager, at=at, body=body, content=chain.read("staff"))
    specs = [
        sittings.SittingSpec(each["part"], each["starts"], each["ends"]) for each in chain.folder.batch["sittings"]
    ]
    sittings.schedule_sittings(actor=clerk, at=at, batch=chain.batch, specs=specs)
    arrangement = sittings.arrange(actor=clerk, at=at, batch=chain.batch, seed=SEED)
    duties = sittings.propose_roster(actor=clerk, at=at, batch=chain.batch, seed=SEED)
    seats = Seat.objects.filter(arrangement=arrangement).count()
    chain.diary.step(
        "arrange",
        "编排",
        days["arranged"],
        _cites("arrangement.make"),
        rooms=rooms.added,
        staff=staff.people,
        seats=seats,
        conflicts=len(arrangement.conflicts),
        duties=len(duties),
    )
    locked = sittings.lock_arrangement(actor=manager, at=moment(days["locked"]), batch=chain.batch)
    tickets = chain.batch.enrolments.filter(ticket_number__isnull=False).count()
    chain.diary.step("lock", "锁定考场与人员", days["locked"], _cites("arrangement.lock"), tickets=tickets)
    chain.write("tickets.pdf", documents.tickets(locked, moment(days["locked"])))
    chain.write("seating.pdf", documents.seating_plan(locked, moment(days["locked"])))


def release_and_brief(chain: "Chain") -> None:
    """Release the tickets and hold the staff briefing."""
    days = chain.folder.days
    sittings.release(actor=chain.actor("body_manager"), at=moment(days["released"]), batch=chain.batch)
    on_duty = Duty.objects.filter(batch=chain.batch, ended_at=None).values("member")
    attended = list(StaffMember.everything.filter(pk__in=on_duty))
    at = moment(days["briefing"], time(14))
    sittings.hold_briefing(actor=chain.actor("exam_clerk"), at=at, batch=chain.batch, attended=attended)
    chain.diary.step("briefing", "考务会", days["briefing"], _cites("briefing.hold"), attended=len(attended))


def _read(chain: "Chain", sheet: str, *, at: time, photos: bool) -> ImportRun:
    clerk, instant = chain.actor("exam_clerk"), moment(chain.folder.days["enrolment_opens"], at)
    run = enrolment.upload_sheet(
        actor=clerk,
        at=instant,
        batch=chain.batch,
        content=chain.read(sheet),
        file_name=chain.folder.files[sheet].name,
        photos=chain.read("photos") if photos else None,
        key=f"run-{sheet}",
    )
    return enrolment.read_run(run=run, actor=clerk, at=instant)


def _standard(line: dict[str, Any]) -> StandardSpec:
    given = line["standard"]
    return StandardSpec(
        title=given["title"],
        edition=given["edition"],
        clause_set=given["clause_set"],
        experience_scope=given["experience_scope"],
        in_force=given["in_force"],
        source=given["source"],
        levels=[str(level) for level in line["levels"]],
        parts=[
            PartSpec(**{**part, "pass_mark": Decimal(part["pass_mark"]), "full_mark": Decimal(part["full_mark"])})
            for part in given["parts"]
        ],
    )


def _cites(action: str) -> tuple[Citation, ...]:
    """Return the articles that the newest entry of the action rests on."""
    entry = AuditEntry.objects.filter(action=action).order_by("-seq").first()
    return tuple(Citation.parse(key) for key in entry.cites) if entry else ()


def refresh(batch: Batch) -> Batch:
    """Return the batch as it stands in the database now."""
    return Batch.everything.select_related("body", "site").get(pk=batch.pk)
