"""What a run tells: each step with its day, its counts and the articles it rests on, for people and as summary.json."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from gongjiang.law.model import Citation


class Diary:
    """Collects the steps in order and says each as it is done."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.steps: list[dict[str, Any]] = []

    def step(self, name: str, title: str, on: date, cites: Iterable[Citation | str] = (), /, **told: Any) -> None:
        """Tell a step: its name for programs, its title for people, the day, the articles, and what came of it.

        Whole numbers go under ``counts``, days under ``dates``, other words under ``facts``.
        """
        keys = [cite if isinstance(cite, str) else cite.key for cite in cites]
        counts = {key: value for key, value in told.items() if isinstance(value, int)}
        dates = {"on": on, **{key: value for key, value in told.items() if isinstance(value, date)}}
        facts = {key: value for key, value in told.items() if isinstance(value, str)}
        days = {key: day.isoformat() for key, day in dates.items()}
        self.steps.append(
            {"step": name, "title": title, "dates": days, "counts": counts, "facts": facts, "cites": keys}
        )
        labels = "、".join(Citation.parse(key).label for key in keys)
        words = "，".join(f"{WORDS.get(key, key)} {value}" for key, value in told.items())
        self.say(f"{len(self.steps):>2}  {on}  {title}：{words or '完成'}{f'  〔{labels}〕' if labels else ''}")

    def summary(self, **more: Any) -> dict[str, Any]:
        """Return everything told, for summary.json."""
        return {**more, "steps": self.steps}


WORDS = {
    "occupations": "职业",
    "standards": "标准",
    "lines": "职业等级",
    "code": "机构编码",
    "until": "备案期满",
    "number": "批次号",
    "elements": "要素",
    "rows": "行",
    "good": "可用行",
    "refused": "有问题的行",
    "problems": "问题",
    "kinds": "问题种类",
    "taken": "已报名",
    "photos": "照片",
    "eligible": "符合条件",
    "ineligible": "不符合",
    "rooms": "考场",
    "staff": "人员",
    "seats": "座位",
    "conflicts": "同单位相邻",
    "tickets": "准考证",
    "present": "到考",
    "absent": "缺考",
    "scores": "成绩",
    "passed": "合格",
    "failed": "不合格",
    "incomplete": "不完整",
    "last_day": "末日",
    "opens_on": "可办理日",
    "working_days": "工作日",
    "certificates": "证书",
    "first": "首号",
    "last": "末号",
    "due": "最迟",
    "receipt": "回执",
    "verified": "核验有效",
    "entries": "日志条目",
    "attended": "到会",
    "duties": "岗位",
    "head": "检查点",
}
