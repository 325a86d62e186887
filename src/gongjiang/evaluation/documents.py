"""The papers of an evaluation: its file (评估卷宗), and the opinion that the applicant gets.

Experts stand by letters in both; who stood behind a letter is the authority's register. The caller has reached the
evaluation within its scope, and its sheets are opened.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings

from gongjiang.evaluation.letters import in_order
from gongjiang.evaluation.models import Evaluation, Photo, Sheet, Stage
from gongjiang.evaluation.queries import active_panel, standing_draw
from gongjiang.evaluation.queries.mending import Mending
from gongjiang.evaluation.queries.overview import Summary, summary
from gongjiang.evaluation.queries.panel import cites_of
from gongjiang.evaluation.queries.shapes import Given, Said, ScoredRow, VetoLine
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.documents.papers import Head, chinese_date
from gongjiang.kernel.documents.service import render

PAPERS = Path(__file__).resolve().parent / "papers"
STAGES = {Stage.PRELIMINARY.value: "初评", Stage.TECHNICAL.value: "技术评估"}
VETO_WORDS = {
    "clear": "未触发",
    "raised": "触发，未整改",
    "waiting": "触发，整改未复核",
    "mended": "触发，整改后复核符合",
}
MENDING_WORDS = {
    "ordered": "未答复",
    "answered": "已答复，未复核",
    "met": "复核符合",
    "unmet": "复核不符合",
    "followed": "复核不符合，已再次下达",
}


def dossier_pdf(evaluation: Evaluation, at: datetime) -> bytes:
    """Return the evaluation's file as it stands: draw, findings by letter, consensus, mending, seals, photos."""
    told = summary(evaluation, on=at.astimezone(SHANGHAI).date())
    panel = in_order(active_panel(evaluation))
    sheets = Sheet.objects.filter(panelist__in=panel, opened_at__isnull=False).select_related("panelist")
    photos = Photo.objects.filter(panelist__in=panel).select_related("panelist", "criterion", "file")
    data = _shared(told) | {
        "facts": [*_facts(told), *_draw_facts(evaluation)],
        "on_paper": [
            {"title": str(each.criterion), "met": f"{each.met}／{each.size}", "against": _said(each.against)}
            for each in told.on_paper
        ],
        "opinions": [f"{STAGES[stage]}　{_said(said)}" for stage, said in told.opinions],
        "consensus": [_consensus(row) for row in told.apart],
        "seals": [_seal(each) for each in sorted(sheets, key=lambda s: (list(STAGES).index(s.stage), s.panelist_id))],
        "photos": [_photo(each) for each in photos],
    }
    return _render("dossier", "评估卷宗", evaluation, at, data)


def opinion_pdf(evaluation: Evaluation, at: datetime) -> bytes:
    """Return the technical evaluation opinion for the applicant (JL-2025-1§7(3)): no name of an expert stands in it."""
    told = summary(evaluation, on=at.astimezone(SHANGHAI).date())
    return _render("opinion", "技术评估意见", evaluation, at, _shared(told) | {"facts": _facts(told)})


def _render(template: str, title: str, evaluation: Evaluation, at: datetime, data: dict[str, Any]) -> bytes:
    issuer = evaluation.organisation.name
    head = Head(title, issuer, at.astimezone(SHANGHAI), number=evaluation.number, sample=not settings.PRODUCTION)
    whole = {"doc": head.data(), "applicant": evaluation.applicant_name, **data}
    return render(PAPERS / f"{template}.typ", whole, at=at, fonts=head.fonts)


def _shared(told: Summary) -> dict[str, Any]:
    evaluation = told.evaluation
    verdict = "" if evaluation.verdict is None else "合格" if evaluation.verdict else "不合格"
    day = evaluation.concluded_at.astimezone(SHANGHAI).date() if evaluation.concluded_at else None
    return {
        "letters": list(told.letters),
        "rows": [*map(_row, told.rows), *_total(told)],
        "reasons": [
            f"{row.criterion.title}·{item.title}　{_said(said)}" for row in told.rows for item, said in row.reasons
        ],
        "vetoes": [_veto(line) for line in told.vetoes],
        "mendings": [_mending(each) for each in told.mendings],
        "verdict": [
            ["结论", verdict],
            ["平均分", _plain(told.average) if told.average is not None else "不计分"],
            ["合格线", _plain(evaluation.criteria.pass_mark)],
            ["意见", evaluation.opinion],
            ["日期", chinese_date(day) if day else ""],
        ],
    }


def _facts(told: Summary) -> list[list[str]]:
    evaluation = told.evaluation
    standard = f"{evaluation.criteria}" + ("（演示标准，附件未公开）" if evaluation.criteria.is_demo else "")
    occupations = "、".join(evaluation.occupations.order_by("code").values_list("name", flat=True))
    visit = "不作现场评估"
    if evaluation.site_visit:
        visit = f"{evaluation.visit_on or ''}　{evaluation.visit_address}"
    return [
        ["申请单位", evaluation.applicant_name],
        ["统一社会信用代码", evaluation.credit_code],
        ["申请职业", occupations],
        ["评估标准", standard],
        ["现场评估", visit],
        *([["依据", "；".join(cite.label for cite in cites)]] if (cites := cites_of(evaluation)) else []),
    ]


def _draw_facts(evaluation: Evaluation) -> list[list[str]]:
    draw = standing_draw(evaluation)
    return [
        ["专家组", f"{draw.size} 人，随机抽取；库内 {len(draw.pool)} 人，回避及其他除外 {len(draw.exclusions)} 人"],
        ["抽取承诺", draw.commitment],
        ["抽取种子", draw.seed],
    ]


def _row(row: ScoredRow) -> dict[str, Any]:
    return {
        "title": row.criterion.title,
        "full": _plain(row.full),
        "points": _points(row.given),
        "average": _plain(row.average),
        "spread": f"{_plain(row.spread)}%" + ("※" if row.apart else ""),
    }


def _total(told: Summary) -> Iterable[dict[str, Any]]:
    if told.average is not None:
        points = _points(told.totals)
        yield {
            "title": "合计",
            "full": _plain(told.full),
            "points": points,
            "average": _plain(told.average),
            "spread": "",
        }


def _points(given: Sequence[Given]) -> list[str]:
    return [_plain(each.points) for each in given]


def _said(said: Iterable[Said]) -> str:
    words = [
        f"{each.letter}"
        + (f"（{_plain(each.points)} 分）" if each.points is not None else "")
        + f"：{each.text.rstrip('。；;. ')}"
        for each in said
    ]
    return "；".join(words)


def _veto(line: VetoLine) -> str:
    said = f"（{_said(line.said)}）" if line.said else ""
    return f"{line.criterion.title}：{VETO_WORDS[line.state]}{said}"


def _consensus(row: ScoredRow) -> str:
    low, high = min(each.points for each in row.given), max(each.points for each in row.given)
    head = f"{row.criterion.title}：最高 {_plain(high)}、最低 {_plain(low)}，相差 {_plain(row.spread)}%。"
    if row.consensus is None:
        return head + "未写明共同意见。"
    signed = "、".join(each.letter for each in in_order(row.consensus.signed_by.all()))
    return f"{head}共同意见：{row.consensus.text}（签字：{signed}；分数不改）"


def _mending(each: Mending) -> str:
    row, late = each.row, "（逾期）" if each.late else ""
    item = f"{row.criterion.title}：" if row.criterion else ""
    parts = [f"{item}{row.what}", f"期限 {row.due_on}{late}", MENDING_WORDS[each.state]]
    if row.answer:
        parts.append(f"答复：{row.answer}")
    if row.rechecked_by:
        parts.append(f"{row.rechecked_by.letter} 复核：{row.recheck_note}")
    return "；".join(parts)


def _seal(sheet: Sheet) -> dict[str, str]:
    return {
        "letter": sheet.panelist.letter,
        "stage": STAGES[sheet.stage],
        "at": _moment(sheet.sealed_at),
        "seal": sheet.seal,
        "salt": sheet.salt,
    }


def _photo(photo: Photo) -> dict[str, str]:
    place = photo.where
    if photo.latitude is not None:
        place = f"{place} {photo.latitude:.5f}, {photo.longitude:.5f}".strip()
    return {
        "letter": photo.panelist.letter,
        "at": _moment(photo.taken_at) or "未记",
        "place": place or "未记",
        "item": photo.criterion.title if photo.criterion else "",
        "sha": f"{photo.file.sha256[:16]}…",
    }


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if at else ""


def _plain(number: Decimal) -> str:
    return format(number.normalize() + 0, "f")
