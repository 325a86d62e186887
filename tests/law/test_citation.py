"""A citation has a machine form, a label and the document's own words."""

import pytest

from gongjiang.law import questions as law
from gongjiang.law.model import BadCitation, Citation, chinese_numeral
from gongjiang.law.rules import DOCUMENTS
from gongjiang.law.texts import divisions, numeral


@pytest.mark.parametrize(
    ("key", "label", "words"),
    [
        (
            "JL-2024-5§28",
            "吉人社规〔2024〕5号 第28条",
            "第二十八条 评价机构应自发证日期起30个工作日内上报本批次认定的成绩信息和证书信息。",
        ),
        (
            "JL-2025-1§7(5)",
            "吉人社规〔2025〕1号 第7条第（五）项",
            "（五）备案通知\n各级人力资源和社会保障部门应履行专题审议、公示等程序，公示不少于5个工作日。公示无异议后，由省级"
            "人力资源和社会保障部门为合格机构下发备案通知，备案有效期为三年。",
        ),
        (
            "JL-2019-133§3(2)3",
            "吉人社函字〔2019〕133号 第三部分（二）3",
            "3.申报的职业（工种）应与本人实际岗位需要一致，每次限报1个职业（工种）。",
        ),
        (
            "JL-2019-133§6",
            "吉人社函字〔2019〕133号 第六部分",
            "六、工作程序\n按照“试点征集、考核验收、规范备案、公布目录；开考申请、过程督导、结果审核、信息服务”区分两个环节"
            "八个步骤实施。",
        ),
        (
            "XZ-2024-2§12",
            "忻人社办发〔2024〕2号 第12条",
            "第十二条 申报开展职业技能等级认定工作的机构，需按规定提交有关材料，并对其真实性、有效性、合法性负责。"
            "能通过网上核验的，可不提供书面材料。",
        ),
        (
            "MOHRSS-2020-17§13",
            "人社职司便函〔2020〕17号 第13条",
            "第十三条 申请开展职业技能等级认定工作的机构，需按规定提交有关材料，并对其真实性、有效性、合法性负责。"
            "能通过网上核验的，可不提供书面材料。",
        ),
    ],
)
def test_a_citation_reads_and_quotes(key: str, label: str, words: str) -> None:
    cite = Citation.parse(key)

    assert (cite.key, cite.label, str(cite)) == (key, label, label)
    assert cite.words() == words


@pytest.mark.parametrize(
    "key", ["", "JL-2024-5", "JL-2024-5§", "JL-2024-5§51", "JL-1999-1§1", "JL-2025-1§7(9)", "JL-2024-5§25 条"]
)
def test_what_cites_nothing_is_refused(key: str) -> None:
    with pytest.raises(BadCitation):
        Citation.parse(key)


def test_an_article_holds_its_items_but_not_the_next_chapter() -> None:
    article = Citation.parse("JL-2025-1§7").words()

    assert Citation.parse("JL-2025-1§7(5)").words() in article
    assert "第四章" not in article
    assert Citation.parse("JL-2024-5§50").words() == "第五十条 本规程自印发之日起实行。"


def test_sentences_broken_across_lines_are_whole() -> None:
    assert "行业企业评价规范由用人单位" in Citation.parse("MOHRSS-2020-17§8").words()
    assert "《中华人民共和国职业分类大典》" in Citation.parse("XZ-2024-2§4").words()


def test_each_document_has_all_its_articles() -> None:
    counts = {
        key: sum(1 for division in divisions(key, parts=document.parts) if division.isdigit())
        for key, document in DOCUMENTS.items()
    }

    assert counts == {
        "MOHRSS-2020-17": 30,
        "JL-2019-133": 8,
        "JL-2024-5": 50,
        "JL-2025-1": 15,
        "XZ-2024-2": 34,
    }


def test_every_answer_cites_words_that_exist() -> None:
    for question in law.QUESTIONS.values():
        for provision in question.provisions:
            for cite in provision.cites:
                assert Citation.parse(cite.key) == cite


def test_numerals_there_and_back() -> None:
    assert [chinese_numeral(n) for n in (1, 10, 12, 20, 25)] == ["一", "十", "十二", "二十", "二十五"]
    assert all(numeral(chinese_numeral(n)) == n for n in range(1, 100))
