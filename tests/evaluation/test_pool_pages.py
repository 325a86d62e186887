"""Pages of the pool, the draw and the standards: what they say, who may, and that no name leaks."""

import json
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from tests.evaluation.test_pool import GOOD, sheet
from tests.evaluation_factories import (
    CARER,
    ELECTRICIAN,
    make_criteria,
    make_evaluation,
    make_expert,
    make_experts,
    make_officer,
)
from tests.factories import at, make_body, make_tree, make_user

from gongjiang.evaluation import verify_draw
from gongjiang.evaluation.actions import TieSpec, declare_tie, redraw, replace
from gongjiang.evaluation.letters import in_order
from gongjiang.evaluation.models import CriteriaVersion, Draw, Expert, Tie
from gongjiang.evaluation.queries import active_panel, standing_draw
from gongjiang.kernel.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("FIL-05", "STF-05")]
LANGUAGES = ("zh-hans", "en")


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("gongjiang.kernel.clock.now", lambda: at("2026-05-13 09:00"))


@pytest.fixture
def tree(db):
    return make_tree()


@pytest.fixture
def province(tree):
    return tree["province"]


@pytest.fixture
def officer(client, province):
    client.force_login(make_user(province, "provincial_officer"))
    return client


def text_of(answer) -> str:
    return answer.content.decode()


def upload(content: bytes):
    file = BytesIO(content)
    file.name = "experts.xlsx"
    return {"file": file}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pool_its_coverage_and_an_expert_are_shown_with_masked_numbers(officer, province, language):
    officer.cookies["django_language"] = language
    expert = make_expert(province, fields=(ELECTRICIAN, CARER))
    make_expert(province, nda_since=None, nda_until=None)
    pages = [officer.get(reverse(name)) for name in ("expert-list", "expert-coverage")]
    pages.append(officer.get(reverse("expert", args=[expert.pk])))
    assert [page.status_code for page in pages] == [200, 200, 200]
    position = {"zh-hans": "专家库 2 人，今天可抽取 1 人", "en": "2 experts in the pool, 1 can be drawn today"}
    assert position[language] in text_of(pages[0])
    assert all(expert.identity not in text_of(page) for page in pages)
    assert expert.public_id in text_of(pages[2])


def test_the_list_finds_by_name_occupation_and_readiness_with_the_same_number_of_queries(officer, province):
    ready, unsigned = make_expert(province, fields=(CARER,)), make_expert(province, nda_since=None, nda_until=None)
    make_expert(province)

    def listed(**told):
        page = text_of(officer.get(reverse("expert-list"), told))
        return {each.public_id for each in (ready, unsigned) if each.public_id in page}

    assert listed(show="not") == {unsigned.public_id}
    assert listed(q="保育") == listed(q=CARER) == listed(q=ready.public_id.lower()) == {ready.public_id}
    with CaptureQueriesContext(
        connection,
    ) as three:
        officer.get(reverse("expert-list"))
    Expert.everything.exclude(pk=ready.pk).delete()
    with CaptureQueriesContext(connection) as one:
        officer.get(reverse("expert-list"))
    assert len(one) == len(three)


def test_a_sheet_with_problems_saves_nothing_and_comes_back_marked(officer):
    bad = sheet(GOOD, {**GOOD, "name": ""})
    shown = officer.post(reverse("expert-import"), upload(bad))
    report = officer.post(reverse("expert-import"), {**upload(bad), "report": "1"})
    assert (shown.status_code, Expert.everything.count()) == (409, 0)
    assert GOOD["identity"] not in text_of(shown)
    assert "问题清单" in load_workbook(BytesIO(report.content)).sheetnames
    good = officer.post(reverse("expert-import"), upload(sheet(GOOD)), follow=True)
    assert (good.status_code, Expert.everything.get().name) == (200, "丁卯春")
    empty = officer.get(reverse("expert-template"))
    assert load_workbook(BytesIO(empty.content)).worksheets[0].cell(1, 1).value == "姓名*"


def test_an_expert_is_entered_changed_tied_ended_and_given_an_account_by_form(officer, province):
    told = {**GOOD, "pool": province.pk}
    assert officer.post(reverse("expert-new"), told).status_code == 302
    expert = Expert.everything.get()
    assert officer.post(reverse("expert-edit", args=[expert.pk]), {**GOOD, "title": "教授"}).status_code == 302
    tie = {"kind": "kin", "organisation_name": "样例学校", "credit_code": "91350100M000100Y43"}
    assert officer.post(reverse("expert-tie", args=[expert.pk]), tie).status_code == 302
    shown = officer.post(reverse("expert-account", args=[expert.pk]), {"username": "dingmao"})
    assert (shown.status_code, shown["Cache-Control"].startswith("max-age=0")) == (200, True)
    ended = officer.post(reverse("expert-end", args=[expert.pk]), {"on": "2026-06-01", "reason": "调离本省"})
    expert.refresh_from_db()
    assert (ended.status_code, expert.title, expert.user.username) == (302, "教授", "dingmao")
    assert (expert.until, Tie.objects.get().kind) == (date(2026, 6, 1), "kin")
    unknown = officer.post(reverse("expert-new"), {**told, "occupations": "9-99-99-99"})
    assert (unknown.status_code, "9-99-99-99" in text_of(unknown)) == (200, True)


def test_a_number_is_shown_in_full_for_a_purpose_and_the_look_is_recorded(officer, tree):
    expert, foreign = make_expert(tree["province"]), make_expert(tree["jilin_city"])
    url = reverse("reveal", args=["evaluation.expert", "identity", expert.pk])
    assert officer.post(url, {"purpose": "x"}).status_code == 409
    shown = officer.post(url, {"purpose": "与身份证原件核对"})
    assert expert.identity in text_of(shown)
    entry = AuditEntry.objects.get(action="identity.reveal", outcome="done")
    assert (entry.subject_id, entry.reason) == (str(expert.pk), "与身份证原件核对")
    city = Client()
    city.force_login(make_user(tree["changchun"], "city_officer"))
    other = reverse("reveal", args=["evaluation.expert", "identity", foreign.pk])
    assert city.post(other, {"purpose": "与身份证原件核对"}).status_code == 404


def test_an_expert_sees_the_own_entry_and_declares_a_tie(province):
    expert, other = make_expert(province, user=True), make_expert(province, user=True)
    client = Client()
    client.force_login(expert.user)
    page = text_of(client.get(reverse("expert-own")))
    assert (expert.public_id in page, other.public_id in page, expert.identity in page) == (True, False, False)
    tie = {"kind": "interest", "organisation_name": "样例学校", "credit_code": "91350100M000100Y43"}
    assert client.post(reverse("expert-own"), tie).status_code == 302
    assert [*Tie.objects.values_list("expert", "kind")] == [(expert.pk, "interest")]
    assert client.get(reverse("expert-list")).status_code == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_the_draw_the_officer_sees_what_stands_in_the_way(officer, province, language):
    officer.cookies["django_language"] = language
    evaluation = make_evaluation(province, state="open", occupations=(ELECTRICIAN, CARER))
    make_experts(province, 3)
    url = reverse("evaluation-draw", args=[evaluation.pk])
    page = text_of(officer.get(url))
    why = {"zh-hans": "专家库中没有人能评 4-10-01-03 保育师", "en": "Nobody in the pool can judge 4-10-01-03"}
    assert why[language] in page
    assert standing_draw(evaluation).commitment in page
    assert officer.post(url, {}).status_code == 409
    make_experts(province, 4, fields=(CARER,))
    assert officer.post(url, {"visit_on": "2026-05-20", "outside": "07"}).status_code == 302
    drawn = standing_draw(evaluation)
    assert drawn.public_part.endswith("|07")
    after = text_of(officer.get(url))
    assert drawn.seed in after
    assert all(each.expert.name in after for each in active_panel(evaluation))


def test_an_officer_replaces_names_a_lead_and_draws_anew_by_form(officer, province):
    evaluation = make_evaluation(province)
    first, second = in_order(active_panel(evaluation))[:2]
    told = {"kind": "unable", "reason": "出差在外"}
    assert officer.post(reverse("panelist-replace", args=[first.pk]), told).status_code == 302
    assert officer.post(reverse("panelist-lead", args=[second.pk])).status_code == 302
    assert [each.letter for each in active_panel(evaluation) if each.is_lead] == ["乙"]
    assert officer.post(reverse("evaluation-redraw", args=[evaluation.pk]), {"reason": "增加职业"}).status_code == 302
    assert Draw.objects.filter(evaluation=evaluation).count() == 2


def test_an_expert_declines_the_own_place_only(province):
    evaluation = make_evaluation(province)
    own, other = in_order(active_panel(evaluation))[:2]
    client = Client()
    client.force_login(own.expert.user)
    told = {"kind": "kin", "reason": "校长是表兄"}
    assert client.post(reverse("panelist-replace", args=[other.pk]), told).status_code == 404
    assert client.post(reverse("panelist-replace", args=[own.pk]), told).status_code == 302
    assert client.get(reverse("evaluation-draw", args=[evaluation.pk])).status_code == 403


def test_another_citys_officer_finds_neither_expert_nor_evaluation(tree):
    expert = make_expert(tree["jilin_city"])
    evaluation = make_evaluation(tree["jilin_city"])
    client = Client()
    client.force_login(make_user(tree["changchun"], "city_officer"))
    pages = [reverse("expert", args=[expert.pk]), reverse("evaluation-draw", args=[evaluation.pk])]
    pages.append(reverse("panelist-replace", args=[active_panel(evaluation)[0].pk]))
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    assert expert.name not in text_of(client.get(reverse("expert-list")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_public_page_shows_every_draw_and_the_program_agrees(client, province, language):
    client.cookies["django_language"] = language
    officer = make_officer(province)
    evaluation = make_evaluation(province, officer=officer)
    redraw(actor=officer, at=at("2026-05-12 10:00"), evaluation=evaluation, reason="增加了职业")
    listed, page = client.get(reverse("draws")), client.get(reverse("public-draw", args=[evaluation.number]))
    old, fresh = Draw.objects.filter(evaluation=evaluation)
    assert evaluation.number in text_of(listed)
    assert all(told in text_of(page) for told in (old.seed, old.commitment, fresh.commitment, "增加了职业"))
    told = [client.get(reverse("draw-json", args=[evaluation.number, turn])) for turn in (1, 2, 3)]
    assert [each.status_code for each in told] == [200, 200, 404]
    assert verify_draw.verify(json.loads(told[0].content)) == []
    assert json.loads(told[1].content)["seed"] == ""
    script = client.get(reverse("draw-verifier"))
    assert b"def verify(draw" in script.content
    assert client.get(reverse("public-draw", args=["PG-22-2026-9999"])).status_code == 404


def test_no_public_page_and_no_applicant_sees_a_name_a_number_or_the_applicant(client, tree):
    """The leak test: the experts' names, numbers, employers and the applicant's name are there to leak."""
    province = tree["province"]
    officer = make_officer(province)
    evaluation = make_evaluation(province, officer=officer)
    leaver = active_panel(evaluation)[0]
    declare_tie(
        actor=officer,
        at=at("2026-05-12 10:00"),
        expert=Expert.everything.exclude(panels__evaluation=evaluation).first(),
        tie=TieSpec("kin", evaluation.credit_code, evaluation.applicant_name, "姑父"),
    )
    replace(actor=officer, at=at("2026-05-12 11:00"), panelist=leaver, kind="kin", reason="校长是表兄")
    experts = list(Expert.everything.all())
    secret = {each.name for each in experts} | {each.identity for each in experts}
    secret |= {each.employer for each in experts} | {evaluation.applicant_name, evaluation.credit_code, "表兄", "姑父"}
    body = make_body(tree["changchun"], credit_code=evaluation.credit_code)
    applicant = Client()
    applicant.force_login(make_user(body.organisation, "body_manager"))
    number = evaluation.number
    addresses = [reverse("draws"), reverse("public-draw", args=[number]), reverse("draw-json", args=[number, 1])]
    for reader in (client, applicant):
        for address in addresses:
            page = text_of(reader.get(address))
            assert (address, {each for each in secret if each in page}) == (address, set())
            assert leaver.expert.public_id in page or address == reverse("draws")
    closed = [reverse("expert-list"), reverse("expert", args=[leaver.expert_id])]
    closed += [reverse("evaluation-draw", args=[evaluation.pk]), reverse("criteria-list")]
    assert [applicant.get(address).status_code for address in closed] == [403, 403, 403, 403]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_standard_is_copied_changed_compared_and_published_by_form(officer, language):
    officer.cookies["django_language"] = language
    demo = make_criteria("22")
    marked = {"zh-hans": "演示数据：不是任何部门发布的标准", "en": "A demo: no authority issued this standard."}
    assert marked[language] in text_of(officer.get(reverse("criteria", args=[demo.pk])))
    head = {"title": "技术评估标准", "version": "2026-1", "source": "样例通知 3 号", "pass_mark": "80"}
    head |= {"spread_percent": "20", "copy": str(demo.pk)}
    assert officer.post(reverse("criteria-new"), head).status_code == 302
    draft = CriteriaVersion.objects.get(version="2026-1")
    line = reverse("criteria-line", args=[draft.pk])
    told = {"was": "1.1", "kind": "item", "parent": "1", "code": "1.1", "title": "部门", "points": "3"}
    told |= {"evidence": "文件", "deduction": "缺则扣", "condition": "unit"}
    assert officer.post(line, told).status_code == 302
    total = {"zh-hans": "分值合计 99 分", "en": "The points come to 99."}
    assert total[language] in text_of(officer.get(reverse("criteria", args=[draft.pk])))
    assert officer.get(line, {"code": "1.1"}).status_code == 200
    assert officer.post(line, {**told, "points": "4"}).status_code == 302
    assert "1.1" in text_of(officer.get(reverse("criteria-diff", args=[draft.pk])))
    assert officer.post(reverse("criteria-publish", args=[draft.pk]), {"since": "2026-06-01"}).status_code == 302
    draft.refresh_from_db()
    assert draft.since == date(2026, 6, 1)
    content = officer.get(reverse("criteria-json", args=[draft.pk])).content
    changed = json.dumps({**json.loads(content), "version": "2026-2"}).encode()
    assert officer.post(reverse("criteria-import"), upload(changed)).status_code == 302
    listed = officer.get(reverse("criteria-list"))
    assert (listed.status_code, CriteriaVersion.objects.count()) == (200, 3)


def test_a_draft_is_not_found_by_another_authority(tree):
    from gongjiang.evaluation.actions import VersionSpec, draft_criteria

    spec = VersionSpec("标准", "1", "样例通知", 80)
    draft = draft_criteria(actor=make_officer(tree["jilin_city"]), at=at("2026-05-04"), place="2202", spec=spec)
    client = Client()
    client.force_login(make_user(tree["changchun"], "city_officer"))
    for name in ("criteria", "criteria-diff", "criteria-json", "criteria-line"):
        assert (name, client.get(reverse(name, args=[draft.pk])).status_code) == (name, 404)
