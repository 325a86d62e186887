"""What a body hands in beside its filing: the undertaking, and the list of its subsidiaries."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.bodies.docket import local
from gongjiang.bodies.models import AssessmentBody, BodyKind, Subsidiary, Undertaking
from gongjiang.bodies.rules import wrong_list
from gongjiang.bodies.specs import SubsidiarySpec
from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import StoredFile
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.law import questions as ask
from gongjiang.law.places import place


@transaction.atomic
def sign_undertaking(
    *,
    actor: Actor,
    at: datetime,
    body: AssessmentBody,
    text: str,
    signed_by: str,
    document: StoredFile | None = None,
) -> Undertaking:
    """Keep the undertaking that the body signed on entering the directory (MOHRSS-2020-17§15, XZ-2024-2§14).

    :raises Refused: its words or its signer lack.
    """
    grounds = []
    if not text.strip() or not signed_by.strip():
        why = _("An undertaking has words and a signer.")
        grounds.append(Ground(why, _("Give both."), code="undertaking-empty"))
    refuse_if(_("Sign the undertaking of %(body)s") % {"body": body.name}, grounds, subject=body)
    rule = ask.UNDERTAKING_SIGNED.get(place=place(body.regime), day=local(at))
    signed = Undertaking.objects.create(
        body=body,
        text=text,
        signed_by=signed_by,
        signed_at=at,
        document=document,
        cites=[cite.key for cite in rule.cites] if rule else [],
    )
    audit.record(
        actor=actor,
        action="body.sign_undertaking",
        subject=body,
        at=at,
        facts={"document": document.sha256 if document else ""},
        cites=rule.cites if rule else (),
    )
    return signed


@transaction.atomic
def set_subsidiaries(
    *, actor: Actor, at: datetime, body: AssessmentBody, subsidiaries: Sequence[SubsidiarySpec], on: date
) -> list[Subsidiary]:
    """Let the list of subsidiaries be this from the day on (JL-2025-1§6(6)); who isn't on it any more ends.

    :raises Refused: the body is no employer, a credit code is wrong or stands twice, or one began that day.
    """
    body = AssessmentBody.everything.select_for_update().get(pk=body.pk)
    current = {each.credit_code: each for each in body.subsidiaries.filter(until=None)}
    wanted = {spec.credit_code: spec for spec in subsidiaries}
    gone = [each for code, each in current.items() if code not in wanted or wanted[code].name != each.name]
    rule = ask.SUBSIDIARY_LIST_REQUIRED.get(place=place(body.regime), day=on, kind=BodyKind.EMPLOYER)
    grounds = wrong_list(body, subsidiaries)
    if any(each.since >= on for each in gone):
        why = _("A subsidiary that is to leave the list entered it on %(day)s or later.") % {"day": on}
        grounds.append(Ground(why, _("Change the list from a later day on."), code="subsidiary-too-new"))
    refuse_if(_("Set the subsidiaries of %(body)s") % {"body": body.name}, grounds, subject=body)
    for each in gone:
        each.until = on
        each.save(update_fields=["until"])
    left = {each.credit_code for each in gone}
    new = [spec for code, spec in wanted.items() if code not in current or code in left]
    Subsidiary.objects.bulk_create(
        Subsidiary(body=body, name=spec.name, credit_code=spec.credit_code, since=on) for spec in new
    )
    audit.record(
        actor=actor,
        action="body.set_subsidiaries",
        subject=body,
        at=at,
        facts={"on": on, "added": [spec.credit_code for spec in new], "ended": [each.credit_code for each in gone]},
        cites=rule.cites if rule else (),
    )
    return list(body.subsidiaries.filter(until=None))
