"""The announcement as a PDF, made from its frozen elements."""

from django.conf import settings
from django.urls import reverse

from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.documents import papers
from gongjiang.law.model import Citation
from gongjiang.planning import composition
from gongjiang.planning.models import Announcement


def announcement_pdf(announcement: Announcement) -> bytes:
    """Return the announcement of a batch (JL-2024-5§15); 样本 on every page outside production."""
    batch, elements = announcement.batch, announcement.elements
    time = elements["time"]
    basis = "、".join(Citation.parse(key).label for key in announcement.cites)
    rows = [
        papers.AnnouncedLevel(each["code"], each["name"], each["job_type"], level)
        for each, level in zip(elements["occupation"], elements["level"], strict=True)
    ]
    return papers.announcement_pdf(
        papers.Announcement(
            head=papers.Head(
                title="职业技能等级认定公告",
                issuer=batch.body.name,
                at=announcement.published_at.astimezone(SHANGHAI),
                number=batch.number,
                sample=not settings.PRODUCTION,
                address=f"{settings.PUBLIC_URL}{reverse('announcement', args=[batch.number])}",
            ),
            subtitle=batch.title,
            opening=f"{batch.body.name}拟开展职业技能等级认定，现将有关事项公告如下。",
            elements=[
                papers.Element("时间", _time(time)),
                papers.Element("职业（工种）", _occupations(announcement)),
                papers.Element(
                    "级别", "、".join(dict.fromkeys(papers.level_words(each) for each in elements["level"]))
                ),
                papers.Element("申报条件", _conditions(announcement)),
                papers.Element("收费标准", _fees(announcement)),
                *_methods(announcement),
            ],
            rows=rows,
            notes=[f"考点：{time['site']}，{time['address']}。", "参加评价时，准考证与身份证件同时使用。"],
            on=announcement.published_at.astimezone(SHANGHAI).date(),
            basis=basis,
        )
    )


def _time(time: dict[str, list[str]]) -> str:
    return f"报名：{' 至 '.join(dict.fromkeys(time['enrolment']))}；考试：{' 至 '.join(dict.fromkeys(time['exam']))}。"


def _occupations(announcement: Announcement) -> str:
    each = announcement.elements["occupation"]
    names = (f"{one['name']}（{one['job_type']}）" if one["job_type"] else one["name"] for one in each)
    return "、".join(dict.fromkeys(names))


def _conditions(announcement: Announcement) -> str:
    lines = []
    elements = announcement.elements
    for one, level, condition in zip(elements["occupation"], elements["level"], elements["conditions"], strict=True):
        clauses = "；".join(f"（{n}）{zh}" for n, (_id, zh, _en) in enumerate(condition["clauses"], 1))
        level_told = f"{papers.level_words(level)}{condition.get('step', '')}"
        own = f"；并符合本单位的要求：{condition['requirement'].rstrip('。')}" if condition.get("requirement") else ""
        lines.append(f"{one['name']}{level_told}，依据{condition['standard']}，具备下列条件之一：{clauses}{own}。")
    return "\n".join(lines)


def _methods(announcement: Announcement) -> list[papers.Element]:
    elements = announcement.elements
    lines = [
        f"{one['name']}{papers.level_words(level)}：{composition.in_words(told)}。"
        for one, level, told in zip(
            elements["occupation"], elements["level"], elements.get("assessment") or [], strict=False
        )
        if told["parts"]
    ]
    return [papers.Element("评价方式", "\n".join([*lines, "各部分分别达到合格分为合格，不取平均。"]))] if lines else []


def _fees(announcement: Announcement) -> str:
    elements = announcement.elements
    triples = zip(elements["occupation"], elements["level"], elements["fee"], strict=True)
    return "；".join(f"{one['name']}{papers.level_words(level)} {fee} 元" for one, level, fee in triples) + "。"
