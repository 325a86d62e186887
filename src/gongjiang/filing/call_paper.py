"""The call for applicants as a PDF (征集公告)."""

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse

from gongjiang.filing.models import Call
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.documents import papers
from gongjiang.law.model import Citation
from gongjiang.law.places import place as place_of
from gongjiang.law.words import chinese


def call_pdf(call: Call, occupations: Mapping[str, str]) -> bytes:
    """Return the call as its authority publishes it; 样本 on every page outside production.

    :param occupations: names by code of the occupations that the call names.
    """
    published = call.published_at
    if published is None:
        raise ValueError("a call is printed once it is published")
    kinds = "、".join(chinese(kind) for kind in call.body_kinds) or "用人单位、职业院校和社会培训评价组织"
    named = "、".join(f"{occupations.get(code, '')}（{code}）" for code in call.occupation_codes)
    return papers.announcement_pdf(
        papers.Announcement(
            head=papers.Head(
                title="征集公告",
                issuer=call.authority.name,
                at=published.astimezone(SHANGHAI),
                number=call.number,
                sample=not settings.PRODUCTION,
                address=f"{settings.PUBLIC_URL}{reverse('call', args=[call.number])}",
            ),
            subtitle=call.title,
            opening=call.text,
            elements=[
                papers.Element("征集对象", kinds),
                papers.Element("职业（工种）", named or "职业分类大典中可开展认定的技能类职业（工种）"),
                papers.Element(
                    "受理时间",
                    f"{papers.chinese_date(call.opens_on)}至{papers.chinese_date(call.closes_on)}（首末两日均含）",
                ),
                papers.Element("适用规则", place_of(call.regime).name),
            ],
            rows=(),
            notes=["按隶属关系和注册地提交，中直、省属单位向省级，其他单位向市（州）级；具体由平台按规定分送。"],
            on=published.astimezone(SHANGHAI).date(),
            basis="、".join(Citation.parse(key).label for key in call.cites),
        )
    )
