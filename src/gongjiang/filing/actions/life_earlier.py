"""Bringing in filings made before the platform, also under a repealed rule: one officer enters, another confirms."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.queries import organisation_of
from gongjiang.bodies.actions import FiledBody, SiteSpec, register_filed_body
from gongjiang.bodies.models import AssessmentBody
from gongjiang.filing import rules_earlier
from gongjiang.filing.earlier import StatedFiling, stated_of
from gongjiang.filing.models import EarlierFiling
from gongjiang.kernel import audit, canonical, files
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import refuse_if
from gongjiang.standards.queries import occupation_by_code

PAPERS = (files.PDF, files.JPEG, files.PNG)


@transaction.atomic
def enter_earlier(*, actor: Actor, at: datetime, stated: StatedFiling, source: bytes) -> EarlierFiling:
    """Enter what the letter of an earlier filing states, with the letter itself; nothing is in the register yet.

    :raises NotAllowed: no officer of an authority.
    :raises Refused: a code or the term is wrong, the body is on file or entered already, an occupation is unknown, or
        the term began under the rule in force though a repealed one is named.
    """
    asked = _("Bring in an earlier filing")
    rules_earlier.require_officer(asked, actor)
    refuse_if(asked, rules_earlier.wrong_with(stated))
    assert actor.user_id is not None  # only staff hold the role
    authority = organisation_of(actor)
    entered = EarlierFiling.everything.create(
        authority=authority,
        name=stated.name,
        credit_code=stated.credit_code,
        facts=canonical.plain(asdict(stated)),
        rule=stated.rule,
        source=files.store(source, at=at, allow=PAPERS),
        entered_by_id=actor.user_id,
        entered_at=at,
    )
    facts = {"letter": stated.filing_letter, "since": stated.filed_on, "until": stated.filed_until, "rule": stated.rule}
    audit.record(
        actor=actor,
        action="earlier_filing.enter",
        subject=entered,
        at=at,
        facts=facts,
        cites=rules_earlier.cites_of(stated),
    )
    return entered


@transaction.atomic
def confirm_earlier(*, actor: Actor, at: datetime, earlier: EarlierFiling) -> AssessmentBody:
    """Confirm that the entry is what the letter states: the body stands in the register with the term stated.

    By another officer of the same authority than who entered it.

    :raises NotAllowed: no officer of that authority.
    :raises Refused: confirmed or dropped already, entered by the same person, or the register refuses.
    """
    asked = _("Confirm the earlier filing of %(name)s") % {"name": earlier.name}
    earlier = EarlierFiling.everything.select_for_update(of=("self",)).select_related("authority").get(pk=earlier.pk)
    rules_earlier.require_officer(asked, actor, earlier.authority)
    refuse_if(asked, rules_earlier.against_confirming(earlier, actor), subject=earlier)
    stated = stated_of(earlier)
    body = register_filed_body(actor=actor, at=at, authority=earlier.authority, filed=_filed(stated))
    earlier.body, earlier.confirmed_by_id, earlier.confirmed_at = body, actor.user_id, at
    earlier.save(update_fields=["body", "confirmed_by", "confirmed_at"])
    audit.record(
        actor=actor,
        action="earlier_filing.confirm",
        subject=earlier,
        at=at,
        facts={"code": body.code},
        cites=rules_earlier.cites_of(stated),
        about=body,
    )
    return body


@transaction.atomic
def drop_earlier(*, actor: Actor, at: datetime, earlier: EarlierFiling, why: str) -> EarlierFiling:
    """Drop an entry that isn't what the letter states; it may be entered anew.

    :raises NotAllowed: no officer of that authority. :raises Refused: confirmed or dropped already, or no reason.
    """
    asked = _("Drop the entry")
    earlier = EarlierFiling.everything.select_for_update(of=("self",)).select_related("authority").get(pk=earlier.pk)
    rules_earlier.require_officer(asked, actor, earlier.authority)
    refuse_if(asked, rules_earlier.against_dropping(earlier, why), subject=earlier)
    earlier.dropped_at, earlier.dropped_why = at, why.strip()
    earlier.save(update_fields=["dropped_at", "dropped_why"])
    audit.record(actor=actor, action="earlier_filing.drop", subject=earlier, at=at, reason=why.strip())
    return earlier


def _filed(stated: StatedFiling) -> FiledBody:
    told = {name: value for name, value in asdict(stated).items() if name != "sites"}
    sites = [
        SiteSpec(s.name, s.address, s.division, [(occupation_by_code(code), level) for code, level in s.scope])
        for s in stated.sites
    ]
    return FiledBody(**told, sites=sites)
