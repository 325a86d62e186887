"""The pages of enrolment as their roles see them: masked, scoped, as many queries for one row as for three."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.enrolment.people import OPEN, jpeg, person, sheet, upload
from tests.factories import at, make_actor, make_body, make_enrolment, make_user

from gongjiang.accounts.models import User
from gongjiang.enrolment import actions
from gongjiang.enrolment.models import Enrolment, ImportRow, ImportRun
from gongjiang.kernel import clock
from gongjiang.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db
STRANGER = {"code": "S000022999019", "credit_code": "91440300708461136T", "name": "吉林刨花（样例）"}


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(OPEN))


@pytest.fixture
def as_role(client, body):
    def sign_in(*roles: str):
        client.force_login(make_user(body.organisation, *roles))
        return client

    return sign_in


@pytest.mark.requirement("ENR-01")
def test_a_sheet_goes_through_the_pages(as_role, batch):
    client = as_role("exam_clerk")
    rows = [person(0), person(1, phone="12"), person(2)]
    file = SimpleUploadedFile("报名.xlsx", sheet(rows))
    sent = client.post(reverse("enrolment-import", args=[batch.pk]), {"key": "page", "sheet": file})
    run = ImportRun.everything.get()
    assert (sent.status_code, sent.url) == (302, reverse("import", args=[run.pk]))

    page = client.get(sent.url).content.decode()
    assert "3 行里有 1 行有问题，尚未保存" in page
    assert "应为 11 位，以 1 开头。" in page
    assert 'href="#row-3"' in page
    assert str(rows[1]["identity"]) not in page

    refused = client.post(reverse("import-confirm", args=[run.pk]), {"choice": "all"})
    assert (refused.status_code, Enrolment.everything.count()) == (409, 0)
    client.post(reverse("import-confirm", args=[run.pk]), {"choice": "mend"})
    assert Enrolment.everything.count() == 0
    client.post(reverse("import-confirm", args=[run.pk]), {"choice": "good"})
    assert Enrolment.everything.count() == 2
    assert "已保存 2 人的报名，剩 1 行" in client.get(sent.url).content.decode()


@pytest.mark.requirement("CNF-01", "ENR-05")
def test_the_marked_sheet_is_an_export_that_is_recorded(as_role, batch, clerk):
    run = upload(clerk, batch, sheet([person(0, phone="1")]))

    answer = as_role("exam_clerk").get(reverse("import-report", args=[run.pk]))

    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert answer.content[:2] == b"PK"
    entry = AuditEntry.objects.get(action="import.export")
    assert (entry.facts, entry.cites) == ({"rows": 1}, ["JL-2024-5§31"])


def test_progress_is_shown_and_ends_with_a_fresh_page(as_role, batch, clerk):
    run = upload(clerk, batch, sheet([person(0)]))
    client = as_role("exam_clerk")
    ended = client.get(reverse("import-progress", args=[run.pk]))
    assert (ended.status_code, ended["HX-Refresh"]) == (204, "true")

    ImportRun.everything.update(state="reading")
    assert b"<progress" in client.get(reverse("import-progress", args=[run.pk])).content


@pytest.mark.parametrize("name", ["import", "import-progress", "import-report"])
@pytest.mark.requirement("GOV-01")
def test_another_bodys_clerk_finds_no_import(tree, client, batch, clerk, name):
    other = make_body(tree["jilin_city"], **STRANGER)
    run = upload(clerk, batch, sheet([person(0, phone="1")]))
    client.force_login(make_user(other.organisation, "exam_clerk"))

    answer = client.get(reverse(name, args=[run.pk]))

    assert answer.status_code == 404
    assert "1380000" not in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("enrolment", "exam_clerk"),
        ("enrolment-photo", "exam_clerk"),
        ("enrolment-withdraw", "exam_clerk"),
        ("enrolment-resubmit", "exam_clerk"),
        ("evidence-add", "exam_clerk"),
        ("enrolment-photo-set", "exam_clerk"),
        ("enrolment-review", "eligibility_reviewer"),
        ("enrolment-refuse", "eligibility_reviewer"),
        ("enrolment-return", "eligibility_reviewer"),
        ("enrolment-override", "eligibility_reviewer"),
    ],
)
@pytest.mark.requirement("GOV-01")
def test_a_foreign_enrolment_is_not_found(tree, client, batch, clerk, name, role):
    enrolment = make_enrolment(batch, clerk, person(0), photo=jpeg())
    other = make_body(tree["jilin_city"], **STRANGER)
    client.force_login(make_user(other.organisation, role))

    answer = client.get(reverse(name, args=[enrolment.pk]))

    assert answer.status_code == 404
    assert enrolment.name not in answer.content.decode()


@pytest.mark.requirement("ENR-05")
def test_a_candidate_sees_their_own_and_nobody_elses(client, batch, clerk, reviewer):
    own, other = (make_enrolment(batch, clerk, person(n), photo=jpeg()) for n in range(2))
    actions.decide(actor=reviewer, at=at(OPEN), enrolment=own, eligible=False, reason="工作证明与社保记录不符")
    user = User.objects.create_user(username="k", password="joiner-and-seal-1", person_key=own.candidate.person_key)
    client.force_login(user)

    page = client.get(reverse("enrolment", args=[own.pk])).content.decode()
    assert "工作证明与社保记录不符" in page
    assert str(person(0)["identity"]) not in page
    assert reverse("enrolment-appeal", args=[own.pk]) in page
    sent = client.post(reverse("enrolment-appeal", args=[own.pk]), {"reason": "社保记录可以证明"})
    assert (sent.status_code, own.appeals.count()) == (302, 1)
    assert client.get(reverse("enrolment", args=[other.pk])).status_code == 404
    assert client.get(reverse("enrolment-photo", args=[other.pk])).status_code == 404


@pytest.mark.requirement("ENR-05", "CNF-01")
def test_a_number_is_shown_for_a_purpose_only_and_the_look_is_recorded(as_role, batch, clerk):
    enrolment = make_enrolment(batch, clerk, person(0))
    client = as_role("eligibility_reviewer")
    page = client.get(reverse("enrolment-review", args=[enrolment.pk])).content.decode()
    assert enrolment.candidate.identity_masked in page
    assert str(person(0)["identity"]) not in page
    url = reverse("reveal", args=["enrolment.candidate", "identity", enrolment.candidate_id])
    assert url in page

    assert client.post(url, {"purpose": ""}).status_code == 409
    shown = client.post(url, {"purpose": "核对身份证原件"})

    assert str(person(0)["identity"]) in shown.content.decode()
    entry = AuditEntry.objects.get(action="identity.reveal", outcome="done")
    assert (entry.reason, entry.facts) == ("核对身份证原件", {"field": "identity"})


@pytest.mark.requirement("CNF-01")
def test_a_foreign_number_is_not_shown(tree, client, batch, clerk):
    enrolment = make_enrolment(batch, clerk, person(0))
    other = make_body(tree["jilin_city"], **STRANGER)
    client.force_login(make_user(other.organisation, "eligibility_reviewer"))

    url = reverse("reveal", args=["enrolment.candidate", "identity", enrolment.candidate_id])

    assert client.post(url, {"purpose": "核对身份证原件"}).status_code == 404


@pytest.mark.requirement("ENR-02")
def test_the_review_page_says_what_is_met_and_what_lacks(as_role, batch, clerk):
    enrolment = make_enrolment(batch, clerk, person(0, clause="18-4-1"))
    client = as_role("eligibility_reviewer")

    page = client.get(reverse("enrolment-review", args=[enrolment.pk])).content.decode()

    assert "申报 18-4-1，核对后符合的是 18-4-2，请您确认。" in page
    assert "没有五级／初级工证书" in page
    assert "按 18-4-2 通过" in page
    sent = client.post(reverse("enrolment-accept", args=[enrolment.pk]), {"clause": "18-4-2"})
    assert sent.status_code == 302
    assert enrolment.decisions.get().clause == "18-4-2"


@pytest.mark.requirement("ENR-02")
def test_accepting_against_the_clauses_goes_by_two_on_the_pages(client, batch, clerk, body):
    enrolment = make_enrolment(batch, clerk, person(0))
    Enrolment.everything.update(facts={"own_since": "2025-01-01"})
    first, second = (make_user(body.organisation, "eligibility_reviewer") for _ in range(2))
    client.force_login(first)
    assert client.post(reverse("enrolment-accept", args=[enrolment.pk]), {"clause": "18-4-2"}).status_code == 409
    url = reverse("enrolment-override", args=[enrolment.pk])
    assert client.post(url, {"clause": "18-4-2", "reason": "社保记录另附"}).status_code == 302
    answer = reverse("override-answer", args=[enrolment.overrides.get().pk])
    assert client.post(answer, {"answer": "approve"}).status_code == 403

    client.force_login(second)
    assert "社保记录另附" in client.get(reverse("enrolment-review", args=[enrolment.pk])).content.decode()
    assert client.post(answer, {"answer": "approve"}).status_code == 302

    enrolment.refresh_from_db()
    assert enrolment.state == "eligible"


def test_one_candidate_is_enrolled_by_the_form(as_role, batch):
    client = as_role("exam_clerk")
    line = batch.lines.get(level="4")
    left = {"occupation_code", "occupation", "level"}
    data = {key: value for key, value in person(0).items() if key not in left}
    data |= {"key": "form", "line": line.pk, "photo": SimpleUploadedFile("a.jpg", jpeg())}

    sent = client.post(reverse("enrolment-new", args=[batch.pk]), data)

    enrolment = Enrolment.everything.get()
    assert (sent.status_code, sent.url) == (302, reverse("enrolment", args=[enrolment.pk]))
    assert (enrolment.line, enrolment.photo is not None) == (line, True)


def test_a_returned_enrolment_is_mended_on_the_page(as_role, batch, clerk, reviewer):
    enrolment = make_enrolment(batch, clerk, person(0))
    actions.return_for_correction(actor=reviewer, at=at(OPEN), enrolment=enrolment, reason="请补从业年月")
    client = as_role("exam_clerk")
    url = reverse("enrolment-resubmit", args=[enrolment.pk])
    assert "2016-03" in client.get(url).content.decode()

    sent = client.post(url, {"own_since": "2014-05", "clause": "18-4-2"})

    enrolment.refresh_from_db()
    assert (sent.status_code, enrolment.state, enrolment.facts["own_since"]) == (302, "submitted", "2014-05-01")


def test_the_template_is_read_by_the_import(as_role, batch, clerk):
    answer = as_role("exam_clerk").get(reverse("enrolment-template", args=[batch.pk]))

    run = upload(clerk, batch, answer.content)

    assert (run.state, run.rows_read) == ("checked", 1)


def queries_of(client, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["enrolment-list", "batch-enrolments"])
@pytest.mark.parametrize("role", ["exam_clerk", "eligibility_reviewer"])
def test_a_list_asks_the_same_for_one_and_for_three(as_role, batch, clerk, name, role):
    client = as_role(role)
    url = reverse(name, args=[batch.pk] if name == "batch-enrolments" else [])
    make_enrolment(batch, clerk, person(0))
    client.get(url)
    one = queries_of(client, url)
    for serial in (1, 2):
        make_enrolment(batch, clerk, person(serial))

    assert queries_of(client, url) == one


def test_the_grid_of_problems_asks_the_same_for_one_and_for_three(as_role, batch, clerk):
    client = as_role("exam_clerk")
    counts = []
    for number in (1, 3):
        run = upload(clerk, batch, sheet([person(n, phone="1") for n in range(number)]), key=f"n{number}")
        client.get(reverse("import", args=[run.pk]))
        counts.append(queries_of(client, reverse("import", args=[run.pk])))
        assert ImportRow.objects.filter(run=run, is_good=False).count() == number
    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", ["scorer", "invigilator", "assessor"])
def test_others_of_the_body_open_none_of_it(as_role, batch, clerk, role):
    run = upload(clerk, batch, sheet([person(0)]))
    client = as_role(role)

    assert client.get(reverse("import", args=[run.pk])).status_code == 403
    assert client.get(reverse("batch-enrolments", args=[batch.pk])).status_code == 403


def test_the_officer_reads_and_decides_nothing(tree, client, batch, clerk):
    enrolment = make_enrolment(batch, clerk, person(0))
    client.force_login(make_user(tree["changchun"], "city_officer"))

    assert client.get(reverse("enrolment", args=[enrolment.pk])).status_code == 200
    assert client.get(reverse("enrolment-review", args=[enrolment.pk])).status_code == 403
    client.force_login(make_user(tree["jilin_city"], "city_officer"))
    assert client.get(reverse("enrolment", args=[enrolment.pk])).status_code == 404


def test_the_queue_tells_reviewers_whom_to_review(body, batch, clerk, reviewer):
    from gongjiang.kernel.queue import items_for
    from gongjiang.planning.actions import close_enrolment

    make_enrolment(batch, clerk, person(0))
    close_enrolment(actor=clerk, at=at("2026-05-01 08:00"), batch=batch)

    found = [item for item in items_for(reviewer, at("2026-05-02").date()) if item.key == f"review:{batch.pk}"]
    assert [(item.what, item.url) for item in found] == [
        ("审核 1 名考生", reverse("batch-enrolments", args=[batch.pk]))
    ]
    scorer = make_actor(body.organisation, "scorer")
    assert [item for item in items_for(scorer, at("2026-05-02").date()) if item.key == f"review:{batch.pk}"] == []
