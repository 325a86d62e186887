"""How the lines of the demo province are assessed: methods, marks by what is assessed, and one who fails in ethics."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from gongjiang.bodies.models import AssessmentBody
from gongjiang.law.places import place
from gongjiang.planning.actions import LineSpec
from gongjiang.planning.composition import types_here
from gongjiang.portal.demo.cast import FEES, TECHNICIAN_FEE
from gongjiang.results import actions as results
from gongjiang.sittings.models import Attendance
from gongjiang.standards.models import Occupation

if TYPE_CHECKING:
    from gongjiang.portal.demo.story import Story

VETOED = {"pilot": "2026 年 5 月 28 日把他人完成的工件当作自己的报送车间，班组记录与录像在案。"}


def line(body: AssessmentBody, occupation: Occupation, level: str, at: datetime) -> LineSpec:
    """Return a line of a plan; technicians defend a thesis, and where the law tells types apart all are technical."""
    if level == "2":
        return LineSpec(occupation, level, TECHNICIAN_FEE, ways={"panel": "thesis_defence"})
    kind = "technical" if types_here(place(body.regime), at.date()) else ""
    return LineSpec(occupation, level, FEES[level], talent_type=kind)


def apart(row: results.ScoreRow) -> results.ScoreRow:
    """Share a score out: seven tenths for ability, two for work performance, the rest for ethics."""
    if row.value is None:
        return row
    ability, performance = (row.value * share // 10 for share in (7, 2))
    return replace(row, groups=(ability, performance, row.value - ability - performance))


def veto(story: "Story", at: datetime) -> None:
    """Have the first candidate fail for want of ethics, whatever the marks: one proposes, another confirms."""
    came = Attendance.objects.filter(sitting__batch=story.batch, present=True).order_by("enrolment_id")
    proposed = results.propose_veto(
        actor=story.actor("scorer"),
        at=at,
        enrolment=came.select_related("enrolment__batch")[0].enrolment,
        reason=VETOED[story.spec.key],
        key=story.key("veto"),
    )
    results.decide_veto(
        actor=story.actor("manager"),
        at=at + timedelta(minutes=30),
        veto=proposed,
        upheld=True,
        reason="调取录像并听取本人陈述，情况属实。",
    )
