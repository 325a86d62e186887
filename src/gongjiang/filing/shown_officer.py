"""An application as its page shows it to the authority: conditions, evidence, verdicts, people, what is to come."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjiang.evaluation.queries import summary
from gongjiang.filing import flow, labels, panels_life
from gongjiang.filing.actions.life_renewal import JUDGED_BY_WORK
from gongjiang.filing.acts_officer import NextAct, leading, next_acts, waits_for
from gongjiang.filing.checks_items import Finding
from gongjiang.filing.due import due_of
from gongjiang.filing.models import Application, Material
from gongjiang.filing.panels_applicant import differences, scope_lines
from gongjiang.filing.queries import items
from gongjiang.filing.queries_officer import objections_to, people_of
from gongjiang.filing.rules_handling import item_label, local
from gongjiang.filing.states import ApplicationState
from gongjiang.filing.tables_applicant import steps_of
from gongjiang.filing.who import hand_of
from gongjiang.kernel import notices
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.parts import Act, Event
from gongjiang.kernel.timeline import TimelineItem, timeline_for
from gongjiang.law.model import Citation
from gongjiang.law.places import place as place_of
from gongjiang.standards.models import Level

S = ApplicationState
LONGEST = 400  # entries of the trail that one record's page looks at
NUMERALS = "零一二三四五六七八九十"
# What the next hand does, by state.
NEXT_HAND = {
    S.SUBMITTED: "accept",
    S.ACCEPTED: "conclude_evaluation",
    S.EVALUATED: "deliberate",
    S.DELIBERATED: "post_notice",
    S.ON_NOTICE: "clear",
    S.CLEARED: "sign_letter",
}


@dataclass(slots=True)
class ConditionRow:
    """One item of the article with all that it asks: names, evidence, opinions, and what was seen at the site.

    ``paper`` and ``site`` are ok, no, wait, na, or empty where nothing is said yet.
    """

    names: list[str]
    cites: tuple[Citation, ...]
    item: str = ""
    papers: list[Material] = field(default_factory=list)
    counts: list[tuple[str, int]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    paper: str = ""
    site: str = ""


def record(application: Application, actor: Actor, at: datetime) -> dict[str, Any]:
    """Return everything that the record page of an application shows to an officer."""
    today = local(at)
    acts = next_acts(application, actor, at)
    lead = leading(acts)
    seen = summary(application.evaluation, on=today) if application.evaluation else None
    rows = condition_rows(application, at, seen.conditions if seen else {})
    return {
        "application": application,
        "crumbs": [(_("Filing"), reverse("filing-queue")), (application.get_kind_display(), ""),
                   (application.number, "")],
        "lead": lead_words(application, at, acts),
        "steps": [step for step in steps_of(application, today) if step.key not in flow.BESIDE],
        "due": due_of(application, today),
        "acts": head_acts(application, acts),
        "more": [button(act, look="stop" if act.kind.act == "refuse" else "plain") for act in acts if act is not lead],
        "blocked": lead if lead and lead.grounds else None,
        "rows": rows,
        "tally": tally(rows),
        "papers": other_papers(application, at),
        "summary": seen,
        "evaluation": application.evaluation,
        "events": events(application, at),
        "scope": scope_lines(application),
        "given_up": list(application.given_up.select_related("item__occupation", "item__site")),
        "changes": [(labels.element(each.element), each.old, each.new, each.why) for each in application.changes.all()],
        "differences": differences(application),
        "objections": objections_to(application),
        "notice": notices.newest_on(application),
        "people": people_of(application),
        "thresholds": panels_life.thresholds_panel(application, application.decided_on or today),
        "w": panels_life.work_of(application, today) if application.kind in JUDGED_BY_WORK else None,
        "pilot": pilot_strip(application, at),
        "place": place_of(application.regime),
    }  # fmt: skip


# Who and what, in words


def lead_words(application: Application, at: datetime, acts: Sequence[NextAct]) -> str:
    """Return what is applied for and whose move it is."""
    cells = list(application.scope.select_related("occupation"))
    number = len({cell.occupation_id for cell in cells})
    order = [level for level in Level if level in {cell.level for cell in cells}]
    what = f"{application.applicant.get_kind_display()} · {application.get_kind_display()}"
    if number:
        span = ngettext("%(n)s occupation", "%(n)s occupations", number) % {"n": number}
        names = order[0].label if len(order) == 1 else _("%(a)s to %(b)s") % {"a": order[0].label, "b": order[-1].label}
        what += f" · {span} · {names}"
    return _("%(what)s. %(move)s") % {"what": what, "move": move_words(application, at, acts)}


def move_words(application: Application, at: datetime, acts: Sequence[NextAct]) -> str:
    """Return whose move it is: the reader's, an office's, the applicant's, or nobody's any more."""
    state = S(application.state)
    act = waits_for(acts)
    if act is not None:
        return _("It waits for you: %(act)s.") % {"act": act.label}
    if state in NEXT_HAND:
        hand = hand_of(application, NEXT_HAND[state], local(at))
        words = _("%(state)s; the next step is with %(names)s.")
        return words % {"state": application.get_state_display(), "names": hand.names}
    return str(application.get_state_display())


# Buttons


def button(act: NextAct, look: str = "plain") -> Act:
    """Return an act as a button; a closed one says what would open it."""
    unless = "；".join(ground.way_on for ground in act.grounds)
    return Act(act.label, act.url, act.kind.method, look, unless=unless)  # type: ignore[arg-type]


def head_acts(application: Application, acts: Sequence[NextAct]) -> list[Act]:
    """Return the buttons of the head: the evaluation's file, and the act that leads on."""
    lead = leading(acts)
    found = []
    if application.letter_id:
        found.append(Act(_("Filing letter"), reverse("application-letter", args=[application.pk]), icon="file"))
    if lead is not None:
        n = len(lead.grounds)
        below = ngettext("%(n)s point below", "%(n)s points below", n) % {"n": n} if n else ""
        look = "plain" if n else "primary"
        found.append(Act(lead.label, lead.url, lead.kind.method, look, unless=below))  # type: ignore[arg-type]
    return found


# Conditions


def condition_rows(application: Application, at: datetime, seen: dict[str, tuple[str, str]]) -> list[ConditionRow]:
    """Return the conditions asked for, those of one item of the article together, with evidence and both verdicts."""
    asked = flow.items_of(application, local(at))
    told = {item.key: item for item in items(application, local(at)) if item.key in asked}
    opinions = {each.item: each for each in application.opinions.all()}
    rows: dict[Any, ConditionRow] = {}
    for key, cites in asked.items():
        row = rows.setdefault(_group(key, cites), ConditionRow([], cites, _numeral(cites)))
        row.names.append(item_label(key))
        item, opinion = told.get(key), opinions.get(key)
        if item is not None:
            row.papers += [paper for paper in item.papers if paper not in row.papers]
            row.counts += [(labels.count(name), count) for name, count in item.counts]
            row.findings += item.findings
        if opinion is not None and opinion.text:
            row.notes.append(f"{item_label(key)}：{opinion.text}")
        row.paper = _worse(row.paper, "wait" if opinion is None else "ok" if opinion.met else "no")
        row.site = _worse(row.site, seen.get(key, ("", ""))[1])
    return list(rows.values())


def _group(key: str, cites: tuple[Citation, ...]) -> Any:
    """Return under what a condition stands together with others: the item of its article, where it has one."""
    return cites[0] if cites and cites[0].item is not None else key


def _numeral(cites: tuple[Citation, ...]) -> str:
    item = cites[0].point or cites[0].item if cites else None
    return f"（{NUMERALS[item]}）" if item and item < len(NUMERALS) else ""


def _worse(one: str, other: str) -> str:
    order = ("no", "wait", "ok", "na", "")
    return one if order.index(one) < order.index(other) else other


def tally(rows: Iterable[ConditionRow]) -> list[tuple[str, str]]:
    """Return how many rows stand how, as badges: met, waiting, not met."""
    whole = [_worse(row.paper, row.site) for row in rows]
    words = {
        "ok": ngettext("%(n)s met", "%(n)s met", whole.count("ok")),
        "wait": ngettext("%(n)s open", "%(n)s open", whole.count("wait")),
        "no": ngettext("%(n)s not met", "%(n)s not met", whole.count("no")),
    }
    return [(kind, text % {"n": whole.count(kind)}) for kind, text in words.items() if kind in whole]


def other_papers(application: Application, at: datetime) -> list[Material]:
    """Return the papers in hand that no condition shows: the list of the place."""
    shown = {paper.pk for row in condition_rows(application, at, {}) for paper in row.papers}
    held = application.materials.filter(replaced_round=None).select_related("file")
    return [paper for paper in held if paper.pk not in shown]


# What happened, and what is to come


def events(application: Application, at: datetime) -> list[Event]:
    """Return the timeline: what is to come, where it stands, what was done."""
    today = local(at)
    steps = flow.steps_of(application, today)
    coming = [
        Event(" ", labels.step(step.key), cites=step.cites, kind="todo")
        for step in steps
        if step.state == "todo" and step.key not in flow.BESIDE
    ]
    now = [
        Event(" ", labels.step(step.key), why=_distinct(application), cites=step.cites, kind="now")
        for step in steps
        if step.state == "now"
    ]
    done = [Event(each.at, each.what, each.who, each.why, each.cites, each.kind) for each in told(application)]
    return [*reversed(coming), *now, *done]


# What the applicant did while writing: its page tells that, and the record what came of it.
WRITING = re.compile(r"application\.(begin|set_|give_up|answer_|add_material|note_online|drop_material)")
OPINION = "application.opinion"


def told(application: Application) -> list[TimelineItem]:
    """Return what was done from the submission on; the opinions of one sitting are told as one act."""
    found: list[TimelineItem] = []
    for item in timeline_for(application, limit=LONGEST):
        if WRITING.match(item.action):
            continue
        last = found[-1] if found else None
        if last is not None and item.action == last.action == OPINION and (item.who, item.at) == (last.who, last.at):
            continue
        found.append(replace(item, why="", cites=()) if item.action == OPINION else item)
    return found


def _distinct(application: Application) -> str:
    who = people_of(application)
    if not who or application.state == S.FILED:
        return ""
    told = {"accepted": _("accepted: %(name)s"), "deliberated": _("deliberated: %(name)s"), "signed": ""}
    names = "，".join(told[step] % {"name": name} for step, name in who.items() if told[step])
    return _("Accepting, deliberating and signing are three people's (%(names)s).") % {"names": names}


# The pilot of 2019

PHASES = (
    ("试点征集", "acceptance"), ("考核验收", "consolidated_evaluation"), ("规范备案", "filing_letter"),
    ("公布目录", "directory"), ("开考申请", ""), ("过程督导", ""), ("结果审核", ""), ("信息服务", ""),
)  # fmt: skip


def pilot_strip(application: Application, at: datetime) -> list[tuple[str, bool]]:
    """Return the pilot's two phases and eight steps (JL-2019-133§6) with those that are done; nothing elsewhere.

    The second phase is gone through with every batch.
    """
    plan = flow.plan_of(application, local(at))
    if "directory" not in plan or "consolidated_evaluation" not in plan:
        return []
    done = {step.key for step in flow.steps_of(application, local(at)) if step.state == "done"}
    return [(name, bool(key) and key in done) for name, key in PHASES]
