"""The law's pages: every question and every document, the answer asked for, words, uses and proofs."""

import json
from datetime import date

import pytest
from django.test import Client

from gongjiang.law import questions as ask
from gongjiang.law.describe import describe_documents, describe_questions
from gongjiang.law.places import CHANGCHUN, CHINA, JILIN, JILIN_PILOT, XINZHOU
from gongjiang.portal import law_pages
from gongjiang.portal.law_matrix import matrix
from gongjiang.portal.views_law import slug

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 17)


@pytest.mark.parametrize("identifier", sorted(ask.QUESTIONS))
def test_every_question_has_a_page(client: Client, identifier: str) -> None:
    response = client.get(f"/law/questions/{slug(identifier)}/", headers={"accept-language": "zh-hans"})
    assert response.status_code == 200
    assert f"<h1>{ask.QUESTIONS[identifier].name}</h1>" in response.content.decode()


@pytest.mark.parametrize("view", describe_documents(), ids=lambda view: view.document.key)
def test_every_document_stands_in_full(client: Client, view) -> None:
    page = client.get(f"/law/documents/{view.document.key}/").content.decode()
    for article in view.articles:
        assert f'id="{article.cite.key.partition("§")[2]}"' in page
        assert article.cite.words.splitlines()[0][:12].replace("<", "&lt;") in page
    assert page.count('class="artl"') == len(view.articles)


def test_citations_lead_to_their_article(client: Client) -> None:
    page = client.get("/law/questions/filing-term-years/").content.decode()
    assert 'href="/law/documents/JL-2025-1/#7%285%29"' in page
    assert 'id="7(5)"' in client.get("/law/documents/JL-2025-1/").content.decode()


@pytest.mark.parametrize(
    ("place", "day", "answer"),
    [
        ("22", "2026-06-17", "30个工作日"),
        ("2201", "2026-06-17", "30个工作日"),
        ("22", "2024-12-01", None),
        ("14", "2026-06-17", None),
    ],
)
def test_ask_for_a_place_and_a_day(client: Client, place: str, day: str, answer: str | None) -> None:
    page = client.get("/law/questions/result-report-working-days/", {"place": place, "day": day}).content.decode()
    assert ("没有文件作答" in page) == (answer is None)
    if answer:
        assert f'<b lang="zh-Hans">{answer}</b>' in page


def test_the_page_and_the_command_answer_alike(client: Client, capsys) -> None:
    from gongjiang.cli import main

    asked = {"place": "2201", "day": "2026-06-17", "format": "json"}
    told = client.get("/law/questions/result-notice-working-days/", asked).json()
    assert main(["law", "ask", "RESULT_NOTICE_WORKING_DAYS", "--place", "2201", "--day", "2026-06-17", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (told["value"], told["cites"]) == (5, ["JL-2024-5§25"])
    assert {key: told[key] for key in ("value", "cites", "place", "day")} == {
        key: printed[key] for key in ("value", "cites", "place", "day")
    }


def test_a_question_by_kind_asks_for_it(client: Client) -> None:
    page = client.get("/law/questions/service-scope/", {"place": "22", "day": "2026-06-17", "kind": "employer"})
    assert 'name="kind"' in page.content.decode()
    wrong = client.get("/law/questions/service-scope/", {"place": "22", "day": "2026-06-17", "kind": "nobody"})
    assert wrong.status_code == 200
    assert 'class="errs"' in wrong.content.decode()


@pytest.mark.parametrize(
    "query", [{"place": "99", "day": "2026-06-17"}, {"place": "22", "day": "soon"}, {"place": "22"}]
)
def test_a_wrong_place_or_day_is_told(client: Client, query: dict[str, str]) -> None:
    response = client.get("/law/questions/result-report-working-days/", query)
    assert (response.status_code, 'class="errs"' in response.content.decode()) == (200, True)


def test_names_lead_to_the_questions_own_address(client: Client) -> None:
    response = client.get("/law/questions/RESULT_REPORT_WORKING_DAYS/")
    assert response["Location"] == "/law/questions/result-report-working-days/"
    assert client.get("/law/questions/no-such-question/").status_code == 404
    assert client.get("/law/documents/NO-1/").status_code == 404


def test_questions_are_found_by_words_document_and_place() -> None:
    def names(text: str = "", document: str = "", place: str = "") -> set[str]:
        return {view.identifier for view in law_pages.matching(text, document, place)}

    assert names() == set(ask.QUESTIONS)
    assert "RESULT_REPORT_WORKING_DAYS" in names("上报")
    assert "RESULT_REPORT_WORKING_DAYS" in names("result_report")
    assert names("不存在的词") == set()
    assert names(document="JL-2024-5", place="14") == set()
    for view in law_pages.matching("", "JL-2025-1", ""):
        assert any(cite.key.startswith("JL-2025-1§") for answer in view.answers for cite in answer.cites)


def test_answers_over_time() -> None:
    found = matrix(ask.RESULT_NOTICE_WORKING_DAYS, kind=None, place=CHANGCHUN, day=TODAY)
    lines = {line.place: line.spans for line in found.lines}
    assert list(lines) == [CHINA, XINZHOU, JILIN, JILIN_PILOT]
    assert all(sum(span.columns for span in spans) == len(found.since) for spans in lines.values())
    asked = [(place, span.text) for place, spans in lines.items() for span in spans if span.asked]
    assert asked == [(JILIN, "5个工作日")]
    assert lines[JILIN][-1].own is True


def test_every_cell_is_what_the_question_answers() -> None:
    for question in ask.QUESTIONS.values():
        for kind in question.kinds or (None,):
            found = matrix(question, kind=kind, place=JILIN, day=TODAY)
            for line in found.lines:
                column = 0
                for span in line.spans:
                    told = question.get(place=line.place, day=found.since[column], kind=kind)
                    assert (told and told.value) == (span.provision and span.provision.value)
                    column += span.columns


def test_uses_are_told_for_every_question() -> None:
    assert set(law_pages.uses()) == set(ask.QUESTIONS)
    assert (
        "tests/law/test_jilin_2024_5.py::test_article_28" in law_pages.uses_of("RESULT_REPORT_WORKING_DAYS").proved_by
    )
    assert law_pages.uses_of("NOT_YET_WRITTEN").asked_in == ()


def test_the_reading_is_said_to_be_ours(client: Client) -> None:
    for path in ("/law/", "/law/questions/body-kinds/", "/law/documents/JL-2024-5/"):
        assert "待法律人员确认" in client.get(path).content.decode()


def test_the_list_filters_and_counts(client: Client) -> None:
    page = client.get("/law/", {"q": "公示"}).content.decode()
    found = len(law_pages.matching("公示", "", ""))
    assert 0 < found < len(describe_questions())
    assert f"问题：{found} 个，共 {len(ask.QUESTIONS)} 个" in page
    assert "没有符合的问题" in client.get("/law/", {"q": "不存在的词"}).content.decode()
