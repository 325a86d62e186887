"""What was decided about a body: each act of the register publishes one decision under a number for good."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from gongjiang.bodies.models import AssessmentBody, Decision
from gongjiang.kernel import audit, canonical
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.models import PublicNotice, StoredFile
from gongjiang.kernel.numbers import Block, take
from gongjiang.law.model import Citation


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision as its letter states it; ``until`` is the first day on which it no longer holds, None is open."""

    title: str
    decided_by: str
    since: date
    until: date | None = None
    cites: tuple[Citation, ...] = ()
    letter_number: str = ""
    document: StoredFile | None = None
    notice: PublicNotice | None = None


@dataclass(slots=True)
class Docket:
    """One act of the register under way: its number is taken, its body locked, its entries collected for the end."""

    actor: Actor
    at: datetime
    block: Block
    body: AssessmentBody
    more: list[audit.Act] = field(default_factory=list)

    def publish(
        self,
        kind: str,
        ruling: Ruling,
        *,
        action: str,
        facts: Mapping[str, Any] | None = None,
        told: Mapping[str, Any] | None = None,
        reason: str = "",
        replaces: Decision | None = None,
    ) -> Decision:
        """Write the decision with its ``facts``, and the entries of the trail; ``told`` is what the trail says more."""
        decision = Decision.objects.create(
            number=f"JD-{local(self.at):%Y}-{self.block.first:04d}",
            body=self.body,
            kind=kind,
            title=ruling.title,
            decided_at=self.at,
            decided_by=ruling.decided_by,
            since=ruling.since,
            until=ruling.until,
            facts=canonical.plain(dict(facts or {})),
            cites=[cite.key for cite in ruling.cites],
            letter_number=ruling.letter_number,
            document=ruling.document,
            notice=ruling.notice,
            replaces=replaces,
        )
        act = audit.Act(
            action,
            decision,
            {"decision": decision.number, "since": decision.since, "until": decision.until, **(told or {})},
            ruling.cites,
            reason,
            about=self.body,
        )
        audit.record_many(actor=self.actor, at=self.at, acts=[self.block.act(), *self.more, act])
        return decision

    def cut(self, decision: Decision, until: date) -> None:
        """End an earlier decision with the day, which lies after its first."""
        decision.until = until
        decision.save(update_fields=["until"])
        self.more.append(audit.Act("body.decision_ended", decision, {"until": until}, about=self.body))


def local(at: datetime) -> date:
    """Return the day of the instant in Asia/Shanghai."""
    return at.astimezone(SHANGHAI).date()


def number_for(at: datetime) -> Block:
    """Take the year's next decision number, before anything else is locked."""
    return take(f"decision:{local(at):%Y}", 1)


def opened(*, actor: Actor, at: datetime, body: AssessmentBody) -> Docket:
    """Take a number and lock the body's row: two acts on one body follow one another."""
    block = number_for(at)
    locked = AssessmentBody.everything.select_for_update().get(pk=body.pk)
    return Docket(actor, at, block, locked)
