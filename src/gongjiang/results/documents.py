"""The result notice as a PDF, made from its frozen and masked lines."""

from datetime import datetime, time

from django.conf import settings
from django.urls import reverse

from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.documents import papers
from gongjiang.kernel.models import PublicNotice
from gongjiang.law.model import Citation
from gongjiang.planning.models import Batch
from gongjiang.results.models import Outcome, PostedResult
from gongjiang.results.queries import batch_of, posted_in
from gongjiang.standards.models import PartKind

PART_WORDS = {PartKind.THEORY.value: "理论", PartKind.PRACTICAL.value: "操作", PartKind.PANEL.value: "评审"}
OUTCOME_WORDS = {Outcome.PASSED.value: "合格", Outcome.FAILED.value: "不合格", Outcome.INCOMPLETE.value: "缺考"}


def notice_pdf(notice: PublicNotice) -> bytes:
    """Return the notice of results (JL-2024-5§25); the same notice gives the same bytes. 样本 outside production.

    :raises ValueError: the notice belongs to no batch.
    """
    batch = batch_of(notice)
    if batch is None:
        raise ValueError(f"notice {notice.pk} belongs to no batch")
    lines = list(posted_in(notice))
    found = {part["part"] for line in lines for part in line.parts}
    kinds = [kind for kind in PartKind.values if kind in found]
    return papers.result_notice_pdf(
        papers.ResultNotice(
            head=_head(notice, batch),
            subtitle=batch.title,
            opening=(
                f"{batch.body.name}{batch.title}职业技能等级认定成绩现予公示，共 {len(lines)} 人。"
                "各科分别达到合格分数线为合格，不取平均。"
            ),
            term=_term(notice),
            objections=(
                "对成绩有异议的，请在公示期内由本人登录平台提出，或到本机构书面提出，本机构将在规定的工作日内回复。"
            ),
            parts=[PART_WORDS[kind] for kind in kinds],
            rows=[_row(line, kinds) for line in lines],
            on=notice.posted_on,
            basis="、".join(Citation.parse(key).label for key in notice.cites),
        )
    )


def _head(notice: PublicNotice, batch: Batch) -> papers.Head:
    return papers.Head(
        title="职业技能等级认定成绩公示",
        issuer=batch.body.name,
        at=datetime.combine(notice.posted_on, time(0), tzinfo=SHANGHAI),
        number=batch.number,
        sample=not settings.PRODUCTION,
        address=f"{settings.PUBLIC_URL}{reverse('notice', args=[notice.pk])}",
    )


def _term(notice: PublicNotice) -> str:
    last = papers.chinese_date(notice.last_day)
    estimate = "（次年放假通知未发布，末日为估算）" if notice.provisional else " 24:00"
    first = papers.chinese_date(notice.posted_on)
    return f"自 {first} 起 {notice.working_days} 个工作日，发布当日不计，至 {last}{estimate}"


def _row(line: PostedResult, kinds: list[str]) -> papers.ResultRow:
    by_part = {part["part"]: part for part in line.parts}
    return papers.ResultRow(
        name=line.name,
        identity=line.identity,
        occupation=line.occupation,
        level=line.level,
        scores=[_score(by_part.get(kind)) for kind in kinds],
        outcome=OUTCOME_WORDS[line.outcome],
        passed=line.outcome == Outcome.PASSED,
    )


def _score(part: dict[str, object] | None) -> str:
    if part is None:
        return "—"
    if part["void"]:
        return "作废"
    return "缺考" if part["absent"] else str(part["score"])
