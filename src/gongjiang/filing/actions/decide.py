"""From the deliberation to the letter: each step by somebody who may, none before the one before it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation
from gongjiang.accounts.queries import organisation_of
from gongjiang.bodies.actions import sign_undertaking as keep_undertaking
from gongjiang.filing import documents, effects, flow, thresholds
from gongjiang.filing.leaving import leave
from gongjiang.filing.models import Application
from gongjiang.filing.rules_handling import against_favour, against_words, local, locked, stands_in_the_way
from gongjiang.filing.states import ApplicationState
from gongjiang.filing.telling import tell_applicant
from gongjiang.kernel import audit, files, notices, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import PublicNotice
from gongjiang.kernel.numbers import Block, take
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.kernel.settings_of_place import setting
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.law.places import place as place_of

S = ApplicationState


@transaction.atomic
def deliberate(*, actor: Actor, at: datetime, application: Application, text: str, favourable: bool) -> Application:
    """Record the deliberation (专题审议), by another officer than who accepted.

    :raises NotAllowed: wrong state or role.
    :raises Refused: the actor accepted it, another authority's, the record says nothing, or it would be favourable
        against the panel or an item found not met.
    """
    application = locked(application)
    day = local(at)
    application.workflow.require("deliberate", application, actor=actor, on=day)
    grounds = [*stands_in_the_way(application, "deliberate", actor, at), *against_words(text)]
    grounds += [*against_favour(application), *thresholds.grounds(application, day)] if favourable else []
    refuse_if(_("Record the deliberation"), grounds, subject=application)
    application.deliberated_on, application.deliberated_by_id = day, actor.user_id
    application.deliberation, application.favourable = text.strip(), favourable
    application.save(update_fields=["deliberated_on", "deliberated_by", "deliberation", "favourable"])
    workflow.apply(
        application,
        "deliberate",
        actor=actor,
        at=at,
        facts={"favourable": favourable},
        cites=flow.cites_of(application, "deliberation", day),
    )
    return application


@dataclass(frozen=True, slots=True)
class NoticeDays:
    """How many working days a filing is posted, and where that stands: an article, or the setting's source."""

    days: int
    cites: tuple[Citation, ...]
    source: str = ""


def _notice_days(application: Application, at: datetime) -> NoticeDays:
    rule = ask.FILING_NOTICE_WORKING_DAYS.get(place=place_of(application.regime), day=local(at))
    if rule:
        return NoticeDays(rule.value, rule.cites)
    held = setting("filing.notice_working_days", place=application.regime, day=local(at))
    return NoticeDays(int(held.value), flow.cites_of(application, "public_notice", local(at)), held.source)


@transaction.atomic
def post_notice(*, actor: Actor, at: datetime, application: Application) -> PublicNotice:
    """Post the application for objection (公示), for the working days of the law of its place on this day.

    :raises NotAllowed: wrong state or role.
    :raises Refused: the deliberation was unfavourable, no notice is asked for here, or another authority's.
    """
    application = locked(application)
    day = local(at)
    application.workflow.require("post_notice", application, actor=actor, on=day)
    refuse_if(
        _("Post the public notice"), stands_in_the_way(application, "post_notice", actor, at), subject=application
    )
    term = _notice_days(application, at)
    notice = notices.open_notice(
        kind="filing",
        subject=application,
        title=f"{application.applicant.name}　{application.get_kind_display()}公示",
        place=place_of(application.regime),
        on=day,
        working_days=term.days,
        cites=term.cites,
    )
    application.noticed_on = day
    application.save(update_fields=["noticed_on"])
    facts = {
        "notice": notice.pk,
        "working_days": notice.working_days,
        "last_day": notice.last_day,
        "provisional": notice.provisional,
        "source": term.source,
    }
    workflow.apply(application, "post_notice", actor=actor, at=at, facts=facts, cites=term.cites)
    words = _("Your application is posted for objection through %(day)s.") % {"day": notice.last_day}
    tell_applicant(application, f"notice:{notice.pk}", words, at, cites=term.cites)
    return notice


@transaction.atomic
def clear(*, actor: Actor, at: datetime, application: Application) -> Application:
    """Hand the application up for the letter, once its notice is over and no objection waits.

    :raises NotAllowed: wrong state or role.
    :raises Refused: the notice runs, is estimated, was objected to; or the deliberation was unfavourable.
    """
    application = locked(application)
    day = local(at)
    action = "clear_notice" if application.state == S.ON_NOTICE else "clear_without_notice"
    application.workflow.require(action, application, actor=actor, on=day)
    # An objection at the last minute waits for this lock, or this waits for it.
    list(notices.notices_on(application).select_for_update().order_by("pk"))
    refuse_if(_("Hand up for the letter"), stands_in_the_way(application, "clear", actor, at), subject=application)
    application.cleared_on = day
    application.save(update_fields=["cleared_on"])
    step = "public_notice" if application.asks_notice else "filing_letter"
    workflow.apply(application, action, actor=actor, at=at, cites=flow.cites_of(application, step, day))
    if flow.asks(application, "undertaking", day) and application.undertaking_at is None:
        words = _("Sign the undertaking; the letter is signed after it.")
        cites = flow.cites_of(application, "undertaking", day)
        tell_applicant(application, f"undertaking:{application.pk}", words, at, cites=cites)
    return application


@transaction.atomic
def sign_letter(*, actor: Actor, at: datetime, application: Application) -> Application:
    """Sign the filing letter: it is numbered and sealed, and takes effect in the register in the same moment.

    Signed by a third person, at the level that the law of the place names, else by the authority itself.

    :raises NotAllowed: wrong state or role.
    :raises Refused: the actor accepted or deliberated it, the undertaking lacks, or the register refuses.
    """
    application = locked(application)
    day = local(at)
    application.workflow.require("sign_letter", application, actor=actor, on=day)
    refuse_if(
        _("Sign the filing letter"), stands_in_the_way(application, "sign_letter", actor, at), subject=application
    )
    effect = effects.effect_of(application)
    authority = organisation_of(actor)
    number, block = _letter_number(authority, application, at)
    letter = effect.letter(application, at)
    pdf = documents.letter_pdf(application, letter, number=number, issuer=authority.name, at=at)
    signing = effects.Signing(
        actor=actor,
        at=at,
        application=application,
        authority=authority,
        letter=letter,
        number=number,
        document=files.store_made(pdf, media_type=files.PDF, at=at),
        notice=notices.newest_on(application),
    )
    outcome = effect.carry_out(signing)
    _keep_undertaking(signing, outcome)
    application.body, application.decision = outcome.body, outcome.decision
    application.decided_on, application.signed_by_id = day, actor.user_id
    application.letter_number, application.letter = number, signing.document
    application.cites = [cite.key for cite in letter.cites]
    application.save(update_fields=["body", "decision", "decided_on", "signed_by", "letter_number", "letter", "cites"])
    audit.record_many(actor=actor, at=at, acts=[each.act() for each in (block, *letter.blocks)])
    facts = {"letter": number, "sha256": signing.document.sha256, "code": letter.code}
    workflow.apply(application, "sign_letter", actor=actor, at=at, facts=facts, cites=letter.cites)
    words = _("The letter %(number)s is signed.") % {"number": number}
    tell_applicant(application, f"letter:{application.pk}", words, at, cites=letter.cites)
    return application


def _letter_number(authority: Organisation, application: Application, at: datetime) -> tuple[str, Block]:
    year = local(at).year
    mark = setting("filing.letter_mark", place=application.regime, day=local(at)).value
    block = take(f"filing-letter:{authority.pk}:{year}", 1)
    return f"{mark}〔{year}〕{block.first}号", block


def _keep_undertaking(signing: effects.Signing, outcome: effects.Outcome) -> None:
    application = signing.application
    if application.undertaking_at is None:
        return
    pdf = documents.undertaking_pdf(application, at=signing.at)
    keep_undertaking(
        actor=signing.actor,
        at=application.undertaking_at,
        body=outcome.body,
        text=application.undertaking,
        signed_by=application.undertaking_by,
        document=files.store_made(pdf, media_type=files.PDF, at=signing.at),
    )


@transaction.atomic
def refuse(*, actor: Actor, at: datetime, application: Application, reason: str) -> Application:
    """Refuse the application with its reason; a notice that runs is withdrawn, a panel at work is stopped.

    Once accepted it is refused by another person than who accepted it.

    :raises NotAllowed: wrong state or role.
    :raises Refused: no reason, the actor accepted it, or another authority's.
    """
    application = locked(application)
    day = local(at)
    application.workflow.require("refuse", application, actor=actor, on=day)
    grounds = [*stands_in_the_way(application, "refuse", actor, at), *against_words(reason)]
    refuse_if(_("Refuse the application"), grounds, subject=application)
    application.refusal, application.decided_on = reason.strip(), day
    application.save(update_fields=["refusal", "decided_on"])
    leave(application, at, reason.strip())
    workflow.apply(application, "refuse", actor=actor, at=at, reason=reason.strip())
    words = _("Your application is refused: %(reason)s") % {"reason": reason.strip()}
    tell_applicant(application, f"refuse:{application.pk}", words, at)
    return application


@transaction.atomic
def sign_undertaking(*, actor: Actor, at: datetime, application: Application, signed_by: str) -> Application:
    """Sign the undertaking (承诺书) for the applicant, by name, before the letter; kept with its words.

    :raises Refused: none is asked for, it is signed, the letter isn't near yet, or no name is given.
    """
    application = locked(application)
    day = local(at)
    cites = flow.cites_of(application, "undertaking", day)
    refuse_if(_("Sign the undertaking"), _against_undertaking(application, actor, signed_by, day), subject=application)
    application.undertaking = documents.undertaking_text(application, day)
    application.undertaking_by, application.undertaking_at = signed_by.strip(), at
    application.save(update_fields=["undertaking", "undertaking_by", "undertaking_at"])
    audit.record(actor=actor, action="application.sign_undertaking", subject=application, at=at, cites=cites)
    return application


def _against_undertaking(application: Application, actor: Actor, signed_by: str, day: date) -> list[Ground]:
    cites, grounds = flow.cites_of(application, "undertaking", day), []
    if not flow.asks(application, "undertaking", day):
        way = _("Nothing is to be signed.")
        grounds.append(Ground(_("No undertaking is asked for here."), way, code="no-undertaking"))
    if application.undertaking_at is not None:
        grounds.append(Ground(_("The undertaking is signed."), _("Nothing is to be signed."), cites, "signed"))
    if application.state not in {S.DELIBERATED, S.ON_NOTICE, S.CLEARED} or application.favourable is False:
        why = _("The undertaking is signed once the deliberation was favourable.")
        grounds.append(Ground(why, _("You will be told."), cites, "too-early"))
    own = actor.organisation_id == application.applicant.organisation_id and actor.has("body_manager")
    if not own:
        way = _("Ask the applicant's manager.")
        grounds.append(Ground(_("Only the applicant signs it."), way, cites, "wrong-role"))
    if not signed_by.strip():
        grounds.append(Ground(_("No name is given."), _("Write the name of who signs."), cites, "no-name"))
    return grounds
