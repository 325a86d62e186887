"""Who stands under an employer's own requirement is decided one by one, by a person who says why (CAT-03)."""

import pytest
from tests.enrolment.people import person, sheet, upload
from tests.factories import at, make_body, make_enrolment, make_open_batch
from tests.standards_records import add_level, publish_fees

from gongjiang.enrolment import actions
from gongjiang.enrolment.models import ImportRow
from gongjiang.enrolment.tables import applied_for
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("CAT-03")]
MAY = "2026-05-06 10:00"
HELD = {
    "level": "特级技师", "relation": "本单位职工", "employer": "长春规尺机电集团（样例）",
    "certificate_level": "一级/高级技师", "certificate_on": "2020-06-18",
}  # fmt: skip


@pytest.fixture
def body(tree):
    return make_body(
        tree["changchun"], scope=(("6-31-01-03", "1"),), name="长春规尺机电集团（样例）", code="Y000022999021",
        credit_code="91110000802100433B", kind="employer",
    )  # fmt: skip


@pytest.fixture
def level(body):
    return add_level(body, below="1", below_months=24, requirement="主持过样例技改项目，经本单位推荐")


@pytest.fixture
def batch(level, body, clerk):
    publish_fees(body, "master")
    return make_open_batch(body, clerk, lines=(("6-31-01-03", "master"),))


def enrol(batch, clerk, serial=0, **changes):
    return make_enrolment(batch, clerk, person(serial, **HELD, **changes), line=batch.lines.get())


def test_the_reviewer_says_by_what_the_requirement_is_met(batch, clerk, reviewer, level):
    enrolment = enrol(batch, clerk)
    assert applied_for(enrolment) == "电工 特级技师"

    with pytest.raises(Refused) as caught:
        actions.decide(actor=reviewer, at=at(MAY), enrolment=enrolment, eligible=True)
    assert caught.value.codes == ("requirement-unjudged",)
    assert [cite.key for cite in caught.value.cites] == ["JL-2024-5§10"]
    reason = "2023 年主持样例产线改造，单位推荐函在案"
    decision = actions.decide(actor=reviewer, at=at(MAY), enrolment=enrolment, eligible=True, reason=reason)

    enrolment.refresh_from_db()
    assert (enrolment.state, decision.clause, decision.reason) == ("eligible", "own-master", reason)
    assert decision.verdict["own_requirement"] == {
        "level": "master", "step": "", "requirement": level.requirement, "cites": ["JL-2024-5§10"],
    }  # fmt: skip
    assert decision.verdict["level"] == "master"
    entry = AuditEntry.objects.get(action="enrolment.accept")
    assert (entry.reason, entry.cites) == (reason, ["JL-2024-5§17", "JL-2024-5§10"])


def test_the_clear_cases_leave_them_for_a_look(batch, clerk, reviewer):
    enrol(batch, clerk)

    assert actions.decide_clear_cases(actor=reviewer, at=at(MAY), batch=batch) == (0, 1)


def test_who_lacks_the_level_below_is_named_it(batch, clerk):
    with pytest.raises(Refused) as caught:
        make_enrolment(batch, clerk, person(0, **{**HELD, "certificate_on": "2025-06-18"}), line=batch.lines.get())

    assert caught.value.codes == ("clause.not_eligible",)
    assert "2027-06-18" in str(caught.value.grounds[0].why)


def test_a_sheet_names_the_level_in_words(batch, clerk):
    rows = [person(0, **HELD), person(1, **{**HELD, "level": "首席技师"})]
    run = upload(clerk, batch, sheet(rows))

    good, bad = ImportRow.objects.filter(run=run).order_by("number")
    assert (good.is_good, [each["code"] for each in good.problems if not each["soft"]]) == (True, [])
    assert [each["code"] for each in bad.problems if not each["soft"]] == ["level_not_in_batch"]


def test_the_review_page_shows_the_requirement_and_asks_for_words(client, batch, clerk, body):
    from tests.factories import make_user

    enrolment = enrol(batch, clerk)
    client.force_login(make_user(body.organisation, "eligibility_reviewer"))

    page = client.get(f"/enrolments/{enrolment.pk}/review/").content.decode()
    assert ("主持过样例技改项目，经本单位推荐" in page, "法规文件未对该等级规定年限" in page) == (True, True)
    url = f"/enrolments/{enrolment.pk}/accept/"
    assert "主持过样例技改项目" in client.get(url).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 200
    assert client.post(url, {"reason": "推荐函在案"}).status_code == 302
    enrolment.refresh_from_db()
    assert enrolment.state == "eligible"
