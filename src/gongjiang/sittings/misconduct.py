"""The catalogue of candidates' breaches of discipline (违纪违规) and what each leads to.

The ministry's guide (人社职司便函〔2021〕57号) isn't at hand: the list is of rules in use for such exams, three tiers.
Each record keeps its code and effect as they stood. JL-2024-5§24 asks for discipline and leaves the list to others.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WARNING, PART_VOID, ALL_VOID = "warning", "part_void", "all_void"
SOURCE = "各省技能等级认定考场规则与违纪处理办法的通行条款；人社职司便函〔2021〕57号原文待核对"


@dataclass(frozen=True, slots=True)
class Breach:
    """One kind of breach: its code, what it is, and its effect on the scores."""

    code: str
    label: str | Promise
    effect: str


CATALOGUE: Mapping[str, Breach] = {
    each.code: each
    for each in (
        Breach("noise", _("Disturbs others, stops when told"), WARNING),
        Breach("items", _("Keeps items at the seat that belong outside"), PART_VOID),
        Breach("seat", _("Sits at another seat or leaves it without leave"), PART_VOID),
        Breach("writes_on", _("Writes before the start or after the end"), PART_VOID),
        Breach("marks", _("Marks the paper so that it can be told"), PART_VOID),
        Breach("removes_paper", _("Damages the paper or takes it out"), PART_VOID),
        Breach("signals", _("Whispers or gives signals"), PART_VOID),
        Breach("unsafe_work", _("Works against the safety rules, in spite of warning"), PART_VOID),
        Breach("notes", _("Uses notes or copies"), ALL_VOID),
        Breach("phone", _("Uses a telephone or another wireless device"), ALL_VOID),
        Breach("exchanges_paper", _("Exchanges papers or workpieces"), ALL_VOID),
        Breach("impersonation", _("Sits for another, or has another sit"), ALL_VOID),
        Breach("forged_papers", _("Uses a forged document"), ALL_VOID),
        Breach("organised", _("Takes part in organised cheating"), ALL_VOID),
        Breach("disorder", _("Refuses to obey, threatens or attacks"), ALL_VOID),
    )
}
