"""A master technician (特级技师), from the employer's own ladder to a certificate that verifies (CAT-03, GOV-06)."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from tests.enrolment.people import person
from tests.factories import at, make_actor, make_body, make_enrolment, make_open_batch, make_staff, make_user
from tests.standards_records import add_level, publish_fees

from gongjiang.accounts.models import User
from gongjiang.certificates import actions as certificates
from gongjiang.certificates import signing, special
from gongjiang.certificates.offline import verify
from gongjiang.enrolment import actions as enrolment
from gongjiang.kernel import files
from gongjiang.kernel.actor import system
from gongjiang.kernel.refusal import Refused
from gongjiang.kernel.settings_of_place import set_setting
from gongjiang.planning.actions import close_enrolment
from gongjiang.results import actions as results
from gongjiang.results.queries import examinees
from gongjiang.sittings import actions as sittings
from gongjiang.sittings.models import ExamRoom
from gongjiang.workforce.models import StaffMember

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("CAT-03"), pytest.mark.requirement("GOV-06")]
NAME = "长春规尺机电集团（样例）"
TOLD = {
    "level": "特级技师", "relation": "本单位职工", "employer": NAME, "certificate_level": "一级/高级技师",
    "certificate_on": "2020-06-18", "title_rank": "高级", "title_on": "2021-12-01", "title_matches": "是",
}  # fmt: skip
VALUE = {"form_employer": "YTBBBBPPSSSSSSyyLNNNNN", "form_social": "", "digit_master": "7", "digit_chief": ""}


@pytest.fixture
def employer(tree):
    body = make_body(
        tree["changchun"], scope=(("6-31-01-03", "1"),), name=NAME, code="Y000022999021",
        credit_code="91110000802100433B", kind="employer",
    )  # fmt: skip
    add_level(body, below="1", below_months=24)
    publish_fees(body, "master")
    return body


def actor(body, *roles):
    return make_actor(body.organisation, *roles)


def reviewed(body):
    """Return the batch with two candidates decided by what the reviewer found."""
    clerk, reviewer = actor(body, "exam_clerk"), actor(body, "eligibility_reviewer")
    batch = make_open_batch(body, clerk, lines=(("6-31-01-03", "master"),))
    for serial in range(2):
        entered = make_enrolment(batch, clerk, person(serial, **TOLD), line=batch.lines.get())
        enrolment.decide(
            actor=reviewer, at=at("2026-05-06 10:00"), enrolment=entered, eligible=True, reason="主持样例技改，有推荐函"
        )
    close_enrolment(actor=clerk, at=at("2026-05-07 09:00"), batch=batch)
    return enrolment.complete_review(actor=reviewer, at=at("2026-05-08 09:00"), batch=batch)


def assessed(body, batch):
    """Take the batch through its panel review and its results."""
    clerk, manager = actor(body, "exam_clerk"), actor(body, "body_manager")
    make_staff(body, highest="master")
    rooms = [
        ("综合评审室", "panel"),
        ("考务办公室", "exam_office"),
        ("候考室", "waiting_room"),
        ("评分室", "scoring_room"),
    ]
    specs = [
        sittings.RoomSpec(name=name, kind=kind, rows=2, columns=2, cameras=2, is_accessible=True,
                          inspected_on=date(2026, 3, 2), inspection_until=date(2027, 3, 1))
        for name, kind in rooms
    ]  # fmt: skip
    sittings.add_rooms(actor=system("test"), at=at("2026-03-10"), site=body.sites.get(), rows=specs)
    assert ExamRoom.everything.filter(kind="panel").count() == 1
    panel = sittings.SittingSpec("panel", at("2026-05-30 09:00"), at("2026-05-30 10:30"))
    sittings.schedule_sittings(actor=clerk, at=at("2026-05-11 09:00"), batch=batch, specs=[panel])
    sittings.arrange(actor=clerk, at=at("2026-05-18 09:00"), batch=batch, seed=7)
    sittings.propose_roster(actor=clerk, at=at("2026-05-18 10:00"), batch=batch, seed=7)
    sittings.lock_arrangement(actor=manager, at=at("2026-05-25 09:00"), batch=batch, accepted="均为本单位人员")
    sittings.release(actor=manager, at=at("2026-05-27 09:00"), batch=batch)
    there = list(StaffMember.everything.filter(pk__in=batch.duties.filter(ended_at=None).values("member")))
    sittings.hold_briefing(actor=clerk, at=at("2026-05-29 15:00"), batch=batch, attended=there)
    sittings.start_exam(actor=clerk, at=at("2026-05-30 08:30"), batch=batch)
    for sitting in batch.sittings.all():
        for each in examinees(batch):
            sittings.check_in(
                actor=clerk, at=at("2026-05-30 08:50"), sitting=sitting, enrolment=each, present=True,
                key=f"door-{each.pk}",
            )  # fmt: skip
    sittings.end_exam(actor=clerk, at=at("2026-05-30 18:00"), batch=batch)
    marks = [Decimal(88), Decimal(69)]
    rows = [results.ScoreRow(each, mark) for each, mark in zip(examinees(batch).order_by("pk"), marks, strict=True)]
    sheet = results.enter_scores(
        actor=actor(body, "scorer"), at=at("2026-06-05 10:00"), batch=batch, part="panel", scores=rows, key="panel"
    )
    results.confirm_sheet(actor=actor(body, "scorer"), at=at("2026-06-05 11:00"), sheet=sheet)
    results.confirm_scores(actor=manager, at=at("2026-06-12 09:00"), batch=batch)
    results.post_results(actor=clerk, at=at("2026-06-15 09:00"), batch=batch)
    results.confirm_results(actor=manager, at=at("2026-06-24 09:00"), batch=batch)
    batch.refresh_from_db()
    return batch


def test_from_the_own_ladder_to_the_certificate(employer, tree):
    batch = assessed(employer, reviewed(employer))
    clerk = actor(employer, "certificate_clerk")
    with pytest.raises(Refused) as caught:
        certificates.number_certificates(actor=clerk, at=at("2026-06-25 10:00"), batch=batch, key="k")
    assert caught.value.codes == ("special-number-unset",)
    set_setting(
        name=special.SETTING, place="22", value=VALUE, since=date(2026, 6, 25), source="样例编码规则",
        actor=make_actor(tree["province"], "provincial_officer"), at=at("2026-06-25 11:00"),
    )  # fmt: skip

    (issued,) = certificates.number_certificates(actor=clerk, at=at("2026-06-25 12:00"), batch=batch, key="k")
    certificates.make_papers(actor=system("test"), at=at("2026-06-25 12:00"), batch=batch)

    issued.refresh_from_db()
    assert (issued.number, issued.level, issued.state) == ("YT00002299902126700001", "master", "valid")
    paper = files.read(issued.copies.get().file)
    checked = verify(paper, keys=signing.key_set())
    assert (checked.status, checked.fields.level) == ("authentic", "master")
    shows_both_titles_inside_only(employer, issued, checked)


def shows_both_titles_inside_only(body, issued, checked) -> None:
    """The record shows the title that the level matches and the one held; paper, token and public page show neither."""
    holder = User.objects.create(
        username="holder", display_name=issued.holder_name, person_key=issued.person_key, is_active=True
    )
    for user in (holder, make_user(body.organisation, "certificate_clerk")):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        page = client.get(f"/certificates/{issued.pk}/").content.decode()
        assert [words in page for words in ("正高级职称", "高级（2021-12-01）", "MOHRSS-2020-17")] == [True] * 3
    public = Client().post("/verify/", {"number": issued.number, "name": issued.holder_name}, follow=True)
    told = public.content.decode()
    assert ("特级技师" in told, "职称" in told, "2021-12-01" in told) == (True, False, False)
    assert "职称" not in str(checked.fields)
