"""A small world with two bodies in two cities, each with one record of every kind that a page stands on.

``side.args(name, kwargs)`` tells which record an address is about, by the address's name. A new kind of name needs a
line in ``RECORDS``; a test says so.
"""

from dataclasses import dataclass, field
from datetime import date
from math import ceil

from django.test import Client
from django.utils import timezone
from tests.factories import (
    at,
    make_actor,
    make_body,
    make_certificates,
    make_confirmed_batch,
    make_organisation,
    make_tree,
    make_user,
)

from gongjiang.accounts.models import User
from gongjiang.accounts.queries import actor_for
from gongjiang.kernel.models import DemoClock
from gongjiang.kernel.roles import BODY_ROLES

NOW = at("2026-06-16 10:00")
AUTHORITIES = {
    "provincial_officer": "province",
    "provincial_approver": "province",
    "supervisor": "province",
    "centre_officer": "centre",
    "city_officer": "changchun",
    "city_approver": "changchun",
    "county_officer": "county",
    "expert": "province",
}

# Which record of a side the number in an address is, by the longest beginning of the address's name that fits.
RECORDS = {
    "batch": "batch",
    "arrangement": "batch",
    "roster": "batch",
    "duty": "batch",
    "briefing": "batch",
    "exam": "batch",
    "check-in": "batch",
    "attendance": "batch",
    "misconduct": "batch",
    "seat": "batch",
    "sitting": "batch",
    "score": "batch",
    "score-sheet": "sheet",
    "scores": "batch",
    "results": "batch",
    "result": "result",
    "veto": "veto",
    "veto-propose": "batch",
    "own-ticket": "enrolment",
    "own-duty": "duty",
    "mine": "enrolment",
    "enrolment": "enrolment",
    "enrolment-new": "batch",
    "enrolment-import": "batch",
    "enrolment-template": "batch",
    "enrolment-clear-cases": "batch",
    "enrolment-complete-review": "batch",
    "evidence": "enrolment",
    "override": "override",
    "appeal": "appeal",
    "import": "import_run",
    "objection": "objection",
    "notice": "notice",
    "certificate": "certificate",
    "certificate-request": "request",
    "report": "package",
    "body": "body",
    "periodic-report": "periodic_report",
    "application": "application",
    "filing-notice": "filing_notice",
    "specification": "specification",
    "own-level": "own_level",
    "level-permit": "permit",
    "standard-join": "unjoined",
    "new-occupation": "new_occupation",
    "expert": "expert",
    "evaluation": "evaluation",
    "panelist": "panelist",
    "criteria": "criteria",
    "own-application": "own_application",
    "termination": "termination",
    "termination-order": "body",
    "renewal": "body",
    "earlier-filing": "earlier_filing",
    "change-report": "change_report",
    "user": "user",
    "role-give": "user",
    "role-end": "assignment",
    "staff": "member",
    "staff-import": "staff_import",
    "appointment": "term",
    "course": "course",
    "training-certificate": "trainee",
    "writer": "writer",
    "writer-task-done": "writer_task",
    "workforce-body": "body",
    "finding": "finding",
    "finding-new": "body",
    "complaint": "complaint",
}
OTHER_NUMBERS = {
    "material": "filing_paper",
    "held": "own_material",
    "objection_pk": "filing_objection",
    "paper": "evidence",
    "duty_pk": "duty",
    "seat_pk": "seat",
    "row": "rejected",
    "relation": "relation",
    "generation": None,
}
WORDS = {
    "announcement": {"number": "{batch.number}"},
    "announcement-pdf": {"number": "{batch.number}"},
    "directory-body": {"code": "{body.code}"},
    "api-1:directory-body": {"code": "{body.code}"},
    "directory-rule": {"code": "{body.code}", "kind": "quality"},
    "directory-rule-file": {"code": "{body.code}", "kind": "quality"},
    "decision": {"number": "{decision.number}"},
    "decision-letter": {"number": "{decision.number}"},
    "open-data-csv": {"name": "bodies"},
    "open-data-json": {"name": "bodies"},
    "body-report": {"kind": "plan", "period": "2026"},
    "occupation": {"code": "6-31-01-03"},
    "catalogue-import": {"kind": "edition"},
    "catalogue-template": {"kind": "edition"},
    "evaluation-sheet": {"stage": "preliminary"},
    "evaluation-seal": {"stage": "preliminary"},
    "evaluation-open-sheets": {"stage": "preliminary"},
    "evaluation-consensus": {"code": "3"},
    "evaluation-consensus-sign": {"code": "3"},
    "evaluation-material": {"key": "report"},
    "public-draw": {"number": "{evaluation.number}"},
    "draw-json": {"number": "{evaluation.number}"},
    "call": {"number": "{call.number}"},
    "call-pdf": {"number": "{call.number}"},
    "own-application-save": {"section": "summary"},
    "setting": {"name": "room.size"},
    "law-question": {"name": "RESULT_NOTICE_WORKING_DAYS"},
    "law-document": {"key": "JL-2024-5"},
    "exam-template": {"kind": "rooms"},
    "exam-paper": {"kind": "tickets"},
    "score-entry": {"part": "theory"},
    "report-file": {"sheet": "data"},
    "termination-answer": {"item": "archives"},
    "change-report-file": {"sheet": "sheet"},
    "complain": {"code": "{body.code}"},
    "finding-file": {"which": "evidence"},
    "reveal": {"model": "enrolment.candidate", "field": "identity"},
}
EDITIONS = {"edition": 2022, "old": 2015, "new": 2022}
# What a part of a result says besides its score.
WHOLE_PART = {"absent": False, "void": False, "standard": "样例", "method": "", "score_id": 0, "score_hash": ""}


@dataclass
class Side:
    """One body with its records by name, and what must never be seen from the other side."""

    records: dict[str, object] = field(default_factory=dict)
    markers: list[str] = field(default_factory=list)
    identities: list[str] = field(default_factory=list)

    def args(self, name: str, kwargs: dict[str, type]) -> dict[str, object]:
        """Return the values of an address's parameters, the number being that of this side's record."""
        values: dict[str, object] = {}
        for key, kind in kwargs.items():
            if kind is int:
                values[key] = self._number(name, key)
            else:
                values[key] = WORDS[name][key].format(**self.records)
        return values

    def _number(self, name: str, key: str) -> int:
        if key in ("generation", "version", "turn"):
            return 1
        if key in EDITIONS:
            return EDITIONS[key]
        if key != "pk":
            return self.records[OTHER_NUMBERS[key]].pk
        if name == "reveal":
            return self.records["enrolment"].candidate_id
        fitting = [begin for begin in RECORDS if name == begin or name.startswith(f"{begin}-")]
        return self.records[RECORDS[max(fitting, key=len)]].pk


@dataclass
class World:
    own: Side
    foreign: Side
    users: dict[str, User]
    clients: dict[str, Client]


def build() -> World:
    """Write the world; the platform's clock stands at NOW."""
    DemoClock.objects.create(shift_seconds=ceil((NOW - timezone.now()).total_seconds()))
    tree = make_tree()
    own_body = make_body(tree["changchun"])
    foreign_body = make_body(
        tree["jilin_city"], name="吉林墨斗技能评价中心（样例）", code="S000022999018", credit_code="12100000400000624D"
    )
    foreign_body.sites.update(division="220202")
    own, foreign = _side(own_body, start=1, word="榫头"), _side(foreign_body, start=40, word="墨线")
    tree["county"] = make_organisation("county", "样例农安县人社局", "220122", tree["changchun"])
    users = {role: make_user(tree[place], role, name=role) for role, place in AUTHORITIES.items()}
    users |= {role: make_user(own_body.organisation, role, name=role) for role in BODY_ROLES}
    users["candidate"] = _candidate(own.records["enrolment"])
    return World(own, foreign, users, {role: _client(user) for role, user in users.items()})


def _client(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def _candidate(enrolment) -> User:
    user = make_user(enrolment.batch.body.organisation, name="candidate")
    user.person_key = enrolment.candidate.person_key
    user.save()
    return user


def _side(body, *, start: int, word: str) -> Side:
    organisation = body.organisation
    staff = make_user(organisation, "exam_clerk", name=f"{word}甲员")
    clerk = actor_for(staff, on=NOW.date())
    batch = make_confirmed_batch(body, make_actor(organisation, "exam_clerk"), passed=2, failed=1, start=start)
    certificate = make_certificates(batch, make_actor(organisation, "certificate_clerk"))[0]
    batch.refresh_from_db()
    people = list(batch.enrolments.order_by("pk").select_related("candidate"))
    for number, enrolment in enumerate(people):
        enrolment.employer = f"样例{word}{number}厂"
        enrolment.phone = f"13900{start:02}{number:04}"
        enrolment.ticket_number = f"2026{start:04}{number:04}"
        enrolment.save()
        enrolment.result.parts = [{**WHOLE_PART, **part} for part in enrolment.result.parts]
        enrolment.result.save()
    side = Side()
    side.records = {"body": body, "batch": batch, "certificate": certificate, "user": staff}
    side.records |= {"assignment": staff.roles.get(), "enrolment": people[0], "result": people[0].result}
    side.records |= _papers(batch, people[0], clerk) | _results(batch, people[0], clerk) | _exam(batch, people, word)
    side.records |= _after_issue(batch, certificate)
    side.records |= _workforce(body, word) | _register(body, word) | _standards(body, word)
    side.records |= _evaluation(body, word)
    side.records |= _applying(body, word)
    side.records |= _filing(body, word)
    side.records |= _life(body, word)
    side.records |= _supervision(body, word)
    side.identities = [each.candidate.identity for each in people] + [each.phone for each in people]
    # Who an item writer is, no page says, not even to the body that registered the writer (abuse case 19).
    side.identities += [side.records["expert"].identity]
    side.identities += [side.records["writer"].name, side.records["writer"].identity]
    # Nor who complained (abuse case 52).
    side.identities += [side.records["complaint"].contact]
    side.markers = [body.name, batch.number, certificate.number, f"样例{word}", f"{word}甲员", *side.identities]
    side.markers += [each.name for each in people] + [each.candidate.identity_masked for each in people]
    return side


def _register(body, word: str) -> dict[str, object]:
    from gongjiang.bodies.models import PeriodicReport

    report = PeriodicReport.everything.create(
        body=body, kind="plan", period="2026", since=date(2026, 1, 1), until=date(2027, 1, 1), text=f"样例{word}计划",
        due_on=date(2026, 3, 31), due_source="样例", state="submitted", submitted_on=NOW.date(),
    )  # fmt: skip
    return {"decision": body.decisions.get(), "periodic_report": report}


def _standards(body, word: str) -> dict[str, object]:
    from tests.standards_records import make_level, make_permit, make_specification

    from gongjiang.standards.models import NewOccupation, UnjoinedStandard

    return {
        "specification": make_specification(body, title=f"样例{word}规范", state="submitted"),
        "own_level": make_level(body, requirement=f"样例{word}要求"),
        "permit": make_permit(body, reason=f"样例{word}理由"),
        "unjoined": UnjoinedStandard.objects.filter(standard=None).first(),
        "new_occupation": NewOccupation.objects.filter(occupation=None, kind="occupation").first(),
    }


def _evaluation(body, word: str) -> dict[str, object]:
    """An evaluation of another applicant by the city, its panel drawn, and a draft of the city's standard."""
    from tests.evaluation_factories import make_evaluation, make_expert

    from gongjiang.evaluation.models import CriteriaVersion

    city = body.organisation.parent
    for number in range(6):
        make_expert(city, user=True, name=f"{word}丙{number}", employer=f"样例{word}研究所")
    evaluation = make_evaluation(city, experts=0, applicant_name=f"样例{word}学校")
    draft = CriteriaVersion.objects.create(
        place_code=city.place_code, title=f"样例{word}标准", version="draft", source="样例", pass_mark=80,
        since=NOW.date(),
    )  # fmt: skip
    panelist = evaluation.panel.order_by("pk").first()
    return {"evaluation": evaluation, "panelist": panelist, "expert": panelist.expert, "criteria": draft}


def _life(body, word: str) -> dict[str, object]:
    """A winding-up, an earlier filing to be confirmed, and a quarter's report of the city."""
    from gongjiang.filing.models import ChangeReport, EarlierFiling, Termination
    from gongjiang.kernel import files

    city = body.organisation.parent
    officer = make_user(city, "city_officer", name=f"{word}经办")
    paper = files.store_made(f"{word}".encode(), media_type=files.PDF, at=NOW)
    site = {"name": "样例考点", "address": "样例路", "division": "220102", "scope": [["6-31-01-03", "4"]]}
    facts = {
        "name": f"样例{word}补录", "kind": "social", "credit_code": "91350100M000100X9H", "code": "S000022990001",
        "address": "样例路", "place_code": "2201", "regime": "2201", "legal_representative": "丁卯春",
        "affiliation": "municipal", "filing_letter": f"样例{word}〔2023〕1 号", "filed_on": "2023-09-01",
        "filed_until": "2026-09-01", "sites": [site], "rule": "", "may_serve_others": False,
    }  # fmt: skip
    return {
        "termination": Termination.everything.create(
            body=body, kind="ordered", ground=f"样例{word}事由", opened_on=NOW.date(), opened_by=officer
        ),
        "earlier_filing": EarlierFiling.everything.create(
            authority=city, name=f"样例{word}补录", credit_code=f"code-{body.pk}", facts=facts, source=paper,
            entered_by=officer, entered_at=NOW,
        ),
        "change_report": ChangeReport.everything.create(
            authority=city, year=2026, quarter=1, rows=[[f"样例{word}", "", "", "", "", ""]], rows_digest="0" * 64,
            due_on=date(2026, 4, 15), sheet=paper, paper=paper, made_by=officer, made_at=NOW,
        ),
    }  # fmt: skip


def _supervision(body, word: str) -> dict[str, object]:
    """A finding with its evidence, a self-check, and a complaint that nobody has taken up."""
    from gongjiang.supervision.models import Complaint, Finding, SelfCheck

    SelfCheck.everything.create(body=body, checked_on=date(2026, 6, 1), items=["fees"], in_order=True, published_at=NOW)
    finding = Finding.everything.create(
        number=f"JC-2026-{body.pk:04d}", body=body, subject="fees", text=f"样例{word}问题", found_on=date(2026, 6, 1),
        due_on=date(2026, 6, 30), evidence=_stored(), recorded_at=NOW,
    )  # fmt: skip
    complaint = Complaint.everything.create(
        number=f"TS-2026-{body.pk:04d}", secret=f"{body.pk:064d}", body=body, authority=body.authority, subject="fees",
        text=f"样例{word}投诉", name=f"样例{word}举报人", contact=f"13800{body.pk:06d}", received_at=NOW,
        due_on=date(2026, 8, 1),
    )  # fmt: skip
    return {"finding": finding, "complaint": complaint}


def _filing(body, word: str) -> dict[str, object]:
    """Added occupations that the body handed in, with a paper; a notice of it, and an objection on that."""
    from tests.filing_factories import make_application

    from gongjiang.filing.models import Application, Material, Objector
    from gongjiang.kernel.models import Objection, PublicNotice

    application, _manager = make_application(kind="addition", state="draft", body=body, on="2026-06-10 09:00")
    Application.everything.filter(pk=application.pk).update(
        state="submitted", applied_on=date(2026, 6, 10), submitted_at=at("2026-06-10 10:00"), summary=f"样例{word}说明"
    )
    paper = Material.objects.create(
        application=application, kind="assets", title=f"样例{word}证明", file=_stored(), added_at=NOW
    )
    notice = PublicNotice.objects.create(
        kind="filing", subject_kind="filing.application", subject_id=str(application.pk), title=f"样例{word}公示",
        place_code="2201", posted_on=date(2026, 6, 11), working_days=5, last_day=date(2026, 6, 18),
    )  # fmt: skip
    objection = Objection.objects.create(
        notice=notice, about_kind="filing.application", about_id=str(application.pk), person_key="样例", text="样例",
        raised_at=at("2026-06-12 10:00"), key=f"world-filing-{application.pk}", reply_working_days=5,
        reply_last_day=date(2026, 6, 18),
    )  # fmt: skip
    Objector.objects.create(objection=objection, application=application, name=f"样例{word}人", contact="样例")
    return {
        "application": application,
        "filing_paper": paper,
        "filing_notice": notice,
        "filing_objection": objection,
    }


def _applying(body, word: str) -> dict[str, object]:
    """A call of the city's, and an amendment that the body is writing, with a paper."""
    from tests.filing_factories import make_application, make_call

    from gongjiang.filing.models import Material

    call = make_call(body.organisation.parent, on="2026-06-01 09:00")
    application, _manager = make_application(kind="amendment", state="draft", body=body, on="2026-06-10 09:00")
    application.summary = f"样例{word}说明"
    application.save()
    material = Material.objects.create(
        application=application, kind="grounds", title=f"样例{word}依据", file=_stored(), added_at=NOW
    )
    return {"call": call, "own_application": application, "own_material": material}


def _papers(batch, enrolment, clerk) -> dict[str, object]:
    from gongjiang.enrolment.models import Appeal, Evidence, ImportRun, Override

    other = batch.enrolments.order_by("pk")[1]
    return {
        "evidence": Evidence.objects.create(enrolment=enrolment, kind="work", file=_stored(), added_at=NOW),
        "override": Override.objects.create(
            enrolment=other, clause="4-1", reason="样例", proposed_by_id=clerk.user_id, proposed_at=NOW
        ),
        "appeal": Appeal.objects.create(enrolment=other, text="样例", raised_at=NOW),
        "import_run": ImportRun.everything.create(
            batch=batch, file_name="x.xlsx", state="checked", uploaded_by_id=clerk.user_id, uploaded_at=NOW
        ),
    }


def _results(batch, enrolment, clerk) -> dict[str, object]:
    from gongjiang.kernel.models import Objection, PublicNotice
    from gongjiang.results.models import EthicsVeto, ScoreSheet

    veto = EthicsVeto.everything.create(
        enrolment=enrolment, key=f"world-{batch.pk}", reason="样例", proposed_by_id=clerk.user_id, proposed_at=NOW
    )
    sheet = ScoreSheet.everything.create(
        batch=batch, part="theory", key=f"world-{batch.pk}", entered_by_id=clerk.user_id, entered_at=NOW
    )
    notice = PublicNotice.objects.create(
        kind="result",
        subject_kind="planning.batch",
        subject_id=str(batch.pk),
        title="成绩公示（样例）",
        place_code="2201",
        posted_on=date(2026, 6, 4),
        working_days=5,
        last_day=date(2026, 6, 11),
    )
    objection = Objection.objects.create(
        notice=notice,
        about_kind="results.result",
        about_id=str(enrolment.result.pk),
        person_key=enrolment.candidate.person_key,
        text="样例",
        raised_at=at("2026-06-05 10:00"),
        key=f"world-{batch.pk}",
        reply_working_days=5,
        reply_last_day=date(2026, 6, 12),
    )
    return {"sheet": sheet, "notice": notice, "objection": objection, "veto": veto}


def _exam(batch, people, word: str) -> dict[str, object]:
    from tests.factories import make_rooms, make_staff

    from gongjiang.sittings.models import Arrangement, Duty, ExamRoom, Seat, Sitting
    from gongjiang.workforce.models import StaffMember

    make_rooms(batch.body)
    make_staff(batch.body)
    room = ExamRoom.everything.filter(site__body=batch.body, kind="theory").first()
    sitting = Sitting.everything.create(
        batch=batch, part="theory", starts_at=at("2026-05-30 09:00"), ends_at=at("2026-05-30 10:30")
    )
    arrangement = Arrangement.everything.create(
        batch=batch,
        version=1,
        seed=7,
        digest="0" * 64,
        made_at=at("2026-05-18 09:00"),
        locked_at=at("2026-05-25 09:00"),
        released_at=at("2026-05-27 09:00"),
    )
    seats = [
        Seat.objects.create(
            arrangement=arrangement, sitting=sitting, room=room, enrolment=each, row=n, column=1, number=n
        )
        for n, each in enumerate(people, start=1)
    ]
    member = StaffMember.everything.filter(body=batch.body).first()
    return {"seat": seats[0], "duty": Duty.objects.create(batch=batch, member=member, role="invigilator", room=room)}


def _after_issue(batch, certificate) -> dict[str, object]:
    from gongjiang.certificates.models import CertificateRequest
    from gongjiang.reports.models import RejectedRow, ReportPackage

    request = CertificateRequest.everything.create(
        certificate=certificate, kind="reissue", reason="遗失（样例）", asked_at=NOW, proof=_stored()
    )
    package = ReportPackage.everything.create(
        batch=batch,
        number=f"R-{batch.pk}",
        state="rejected",
        covers=[certificate.pk],
        rows_digest="0" * 64,
        row_count=1,
        prepared_at=NOW,
        sent_on=NOW.date(),
        data_sheet=_stored(),
    )
    row = RejectedRow.objects.create(package=package, certificate=certificate, message="样例")
    return {"request": request, "package": package, "rejected": row}


def _workforce(body, word: str) -> dict[str, object]:
    from tests.workforce_records import make_course, make_writer

    from gongjiang.workforce.models import Appointment, PersonalRelation, StaffImport, StaffMember, WriterTask

    home, day = body.organisation, NOW.date()
    member = StaffMember.everything.filter(body=body).order_by("pk").last()
    trainee = make_course(home, [member], number=f"T-{body.pk}")[0]
    term = Appointment.objects.create(
        member=member, role="marker", since=day, basis="plain", letter_number=f"P-{body.pk}", appointed_at=NOW
    )
    writer = make_writer(home, number=900 + body.pk, name=f"{word}题匠")
    task = WriterTask.objects.create(writer=writer, what="样例", given_on=day, due_on=day)
    run = StaffImport.everything.create(home=home, file_name="x.xlsx", state="checked", uploaded_at=NOW)
    relation = PersonalRelation.objects.create(
        person_key=member.identity_index, kind="kin", other_key=f"{body.pk:064d}", other_shown=f"{word}＊",
        origin="declared", declared_at=NOW,
    )  # fmt: skip
    return {
        "member": member,
        "relation": relation,
        "trainee": trainee,
        "course": trainee.course,
        "term": term,
        "writer": writer,
        "writer_task": task,
        "staff_import": run,
    }


def _stored():
    from gongjiang.kernel import files

    return files.store_made(b"%PDF-1.4\n%%EOF\n", media_type=files.PDF, at=NOW)
