"""What the letter of added occupations, or of an amendment, does to the register."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from gongjiang.bodies.actions import SiteChange, amend, change_scope
from gongjiang.bodies.models import AssessmentBody, ExamSite
from gongjiang.filing.effects import Effect, Letter, Outcome, Signing, register
from gongjiang.filing.effects_register import letter_cites, ruling, scope_rows, sites_asked
from gongjiang.filing.models import Application, ApplicationKind
from gongjiang.filing.rules_handling import local
from gongjiang.kernel.documents.papers import level_words
from gongjiang.kernel.refusal import Ground
from gongjiang.law.words import WORDS

EXAM_SITE = "exam_site"
# Elements that stand in the scope, not in a column of the body.
IN_THE_SCOPE = ("occupation", "level")


def connect() -> None:
    """Register the effects of additions and amendments."""
    register(ApplicationKind.ADDITION, Effect(_addition_letter, _change_scope, _against_change))
    register(ApplicationKind.AMENDMENT, Effect(_amendment_letter, _amend, _against_change))


# Added occupations


def _against_change(application: Application, at: datetime) -> Iterable[Ground]:
    body = application.body
    if body is None:
        yield Ground(_("No body on file stands behind it."), _("Apply for a first filing."), code="no-body")
    elif body.winding_up_since is not None:
        why = _("The filing has ended, or is winding up since %(day)s.") % {"day": body.winding_up_since}
        yield Ground(why, _("Refuse the application."), code="winding-up")


def _body_of(application: Application) -> AssessmentBody:
    assert application.body is not None  # held by _against_change
    return application.body


def _addition_letter(application: Application, at: datetime) -> Letter:
    body, day = _body_of(application), local(at)
    given_up = "；".join(str(line) for line in _given_up(application))
    text = (
        f"{body.name}：",
        "你单位新增职业（工种）、等级的申请收悉。经受理、评估和审议，同意将附表所列职业（工种）、等级列入你单位备案范围。",
    )
    more = (f"同时调出备案范围：{given_up}。",) if given_up else ()
    return Letter(
        title=f"关于同意{body.name}新增职业（工种）的通知",
        text=(*text, *more),
        since=day,
        cites=letter_cites(application, day),
        facts=_body_facts(body),
        scope=scope_rows(sites_asked(application)),
    )


def _given_up(application: Application) -> list[str]:
    rows = application.given_up.select_related("item__occupation", "item__site")
    return [f"{each.item.occupation.name}{level_words(each.item.level)}（{each.item.site.name}）" for each in rows]


def _body_facts(body: AssessmentBody) -> tuple[tuple[str, str], ...]:
    return (
        ("机构名称", body.name),
        ("机构编码", body.code),
        ("统一社会信用代码", body.credit_code),
        ("备案有效期至", f"{body.filed_until:%Y-%m-%d}（不含当日）"),
    )


def _change_scope(signing: Signing) -> Outcome:
    application, body = signing.application, _body_of(signing.application)
    decision = change_scope(
        actor=signing.actor,
        at=signing.at,
        body=body,
        add=sites_asked(application),
        drop=[each.item for each in application.given_up.select_related("item")],
        ruling=ruling(signing),
    )
    return Outcome(body, decision)


# Amendment


def _amendment_letter(application: Application, at: datetime) -> Letter:
    body, day = _body_of(application), local(at)
    lines = [
        f"{WORDS.get(change.element, change.element)}：由“{change.old or '—'}”变更为“{change.new}”"
        for change in application.changes.order_by("pk")
    ]
    return Letter(
        title=f"关于同意{body.name}备案变更的通知",
        text=(
            f"{body.name}：",
            "你单位备案变更申请收悉。经受理和审议，同意变更：" + "；".join(lines or ["备案范围见附表"]) + "。",
        ),
        since=day,
        cites=letter_cites(application, day),
        facts=_body_facts(body),
        scope=scope_rows(sites_asked(application)),
    )


def _amend(signing: Signing) -> Outcome:
    application, body = signing.application, _body_of(signing.application)
    decision = None
    if application.scope.exists() or application.given_up.exists():
        decision = _change_scope(signing).decision
    changes = _changes(application, body)
    if changes:
        decision = amend(actor=signing.actor, at=signing.at, body=body, changes=changes, ruling=ruling(signing))
        body = AssessmentBody.everything.get(pk=body.pk)
        _follow(application, body)
    return Outcome(body, decision)


def _changes(application: Application, body: AssessmentBody) -> dict[str, Any]:
    """Return the changes as the register takes them; an exam site is found by its old name."""
    changes: dict[str, Any] = {}
    for change in application.changes.order_by("pk"):
        if change.element == EXAM_SITE:
            site = ExamSite.everything.filter(body=body, name=change.old).first()
            new = application.sites.filter(name=change.new).first()
            if site is not None:
                where = (new.address, new.division) if new else (change.new, site.division)
                changes[EXAM_SITE] = SiteChange(site, new.name if new else site.name, *where)
        elif change.element not in IN_THE_SCOPE:
            changes[change.element] = change.new
    return changes


def _follow(application: Application, body: AssessmentBody) -> None:
    """Let the facts of the applicant follow those of the body."""
    applicant = application.applicant
    applicant.name, applicant.address = body.name, body.address
    applicant.legal_representative = body.legal_representative or applicant.legal_representative
    applicant.save(update_fields=["name", "address", "legal_representative"])
