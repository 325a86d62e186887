"""What the letter of a renewal, or of a voluntary termination, does to the register."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody, DecisionKind
from gongjiang.filing import renewal
from gongjiang.filing.actions.life_renewal import grant_renewal
from gongjiang.filing.actions.life_termination import open_voluntary
from gongjiang.filing.effects import Effect, Letter, Outcome, Signing, register
from gongjiang.filing.effects_register import letter_cites, ruling, term_years
from gongjiang.filing.models import Application, ApplicationKind
from gongjiang.filing.rules_handling import local
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.calendar import add_years
from gongjiang.law.places import place as place_of


def connect() -> None:
    """Register the effects of renewals and voluntary terminations."""
    register(ApplicationKind.RENEWAL, Effect(_renewal_letter, _renew, _against))
    register(ApplicationKind.TERMINATION, Effect(_termination_letter, _wind_up, _against))


def _against(application: Application, at: datetime) -> Iterable[Ground]:
    """Yield why the letter can't be signed: nothing on file stands behind it, or it winds up already.

    A filing whose term ran out while the renewal was handled is renewed from the day of the letter on.
    """
    body = application.body
    if body is None:
        yield Ground(_("No body on file stands behind it."), _("Apply for a first filing."), code="no-body")
    elif body.winding_up_since is not None:
        why = _("The filing has ended, or is winding up since %(day)s.") % {"day": body.winding_up_since}
        yield Ground(why, _("Refuse the application."), code="winding-up")


def next_term(body: AssessmentBody, day: date) -> tuple[date, date]:
    """Return the next term of a renewal signed on the day: it begins where the old one ends, never before."""
    since = max(renewal.newest_term(body).until, day)
    years, _cites = term_years(body.regime, day)
    return since, add_years(since, years)


def _body_of(application: Application) -> AssessmentBody:
    assert application.body is not None  # held by _against
    return application.body


def _renewal_letter(application: Application, at: datetime) -> Letter:
    body, day = _body_of(application), local(at)
    since, until = next_term(body, day)
    years, term_cites = term_years(body.regime, day)
    return Letter(
        title=f"关于同意{body.name}续期备案的通知",
        text=(
            f"{body.name}：",
            "你单位续期备案申请收悉。经对你单位职业技能等级认定工作开展情况进行评估，评估合格，同意续期备案，"
            f"备案有效期{years}年。",
        ),
        since=since,
        until=until,
        cites=tuple(dict.fromkeys((*letter_cites(application, day), *term_cites))),
        facts=_facts(body, ("续期备案期限", f"{since:%Y-%m-%d} 起，至 {until:%Y-%m-%d}（不含当日）")),
    )


def _renew(signing: Signing) -> Outcome:
    body, letter = _body_of(signing.application), signing.letter
    assert letter.until is not None
    decision = grant_renewal(
        actor=signing.actor,
        at=signing.at,
        application=signing.application,
        ruling=ruling(signing),
        until=letter.until,
    )
    return Outcome(AssessmentBody.everything.get(pk=body.pk), decision)


def _termination_letter(application: Application, at: datetime) -> Letter:
    body, day = _body_of(application), local(at)
    rule = ask.WOUND_UP_BEFORE_THE_END.get(place=place_of(body.regime), day=day)
    more = rule.cites if rule else ()
    return Letter(
        title=f"关于{body.name}自愿终止备案的通知",
        text=(
            f"{body.name}：",
            "你单位不再开展职业技能等级认定工作的申请收悉。经评估，同意你单位自愿终止备案，自本通知之日起不再开展新的认定，"
            "做好收尾工作；收尾工作完成后备案终止。",
            "所颁发的合规职业技能等级证书继续有效；对已收取、未能提供评价服务的费用应退尽退；已发证书数据的复核、更正、撤销"
            "和认定资料档案保管等职责由你单位继续承担。",
        ),
        since=day,
        cites=tuple(dict.fromkeys((*letter_cites(application, day), *more))),
        facts=_facts(body, ("开始收尾", f"{day:%Y-%m-%d}")),
    )


def _wind_up(signing: Signing) -> Outcome:
    termination = open_voluntary(
        actor=signing.actor, at=signing.at, application=signing.application, ruling=ruling(signing)
    )
    return Outcome(termination.body, termination.body.decisions.get(kind=DecisionKind.WINDING_UP))


def _facts(body: AssessmentBody, own: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return (
        ("机构名称", body.name),
        ("机构编码", body.code),
        ("统一社会信用代码", body.credit_code),
        own,
    )
