"""What the letter of a first filing does to the register; what all letters share."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from gongjiang.accounts.actions import open_successor
from gongjiang.accounts.models import Organisation
from gongjiang.bodies.actions import (
    FiledBody,
    Ruling,
    SiteSpec,
    SubsidiarySpec,
    change_scope,
    put_on_file,
    renew,
    set_subsidiaries,
)
from gongjiang.bodies.models import AssessmentBody, BodyKind, ExamSite, ScopeItem
from gongjiang.filing import body_codes, flow
from gongjiang.filing.effects import Effect, Letter, Outcome, Signing, register
from gongjiang.filing.models import Application, ApplicationKind
from gongjiang.filing.rules_handling import local
from gongjiang.kernel.documents.papers import level_words
from gongjiang.kernel.numbers import Block
from gongjiang.kernel.refusal import Ground
from gongjiang.kernel.settings_of_place import setting
from gongjiang.law import questions as ask
from gongjiang.law.calendar import add_years
from gongjiang.law.model import Citation
from gongjiang.law.places import place as place_of
from gongjiang.law.words import WORDS

AFFILIATIONS = {"central": "中直驻省", "provincial": "省属", "municipal": "市（州）属及以下"}


def connect() -> None:
    """Register the effect of a first filing."""
    register(ApplicationKind.FIRST, Effect(_first_letter, _put_on_file, _against_first))


def term_years(regime: str, day: date) -> tuple[int, tuple[Citation, ...]]:
    """Return for how many years a letter of the day files a body: by the law of the place, else by its setting."""
    rule = ask.FILING_TERM_YEARS.get(place=place_of(regime), day=day)
    if rule:
        return rule.value, rule.cites
    return int(setting("filing.term_years", place=regime, day=day).value), ()


def ruling(signing: Signing) -> Ruling:
    """Return the letter as the register's decision states it."""
    letter = signing.letter
    return Ruling(
        title=letter.title,
        decided_by=signing.authority.name,
        since=letter.since,
        until=letter.until,
        cites=letter.cites,
        letter_number=signing.number,
        document=signing.document,
        notice=signing.notice,
    )


def sites_asked(application: Application) -> list[SiteSpec]:
    """Return the sites of the application with what is asked for at each; a filed site as the register has it."""
    asked: dict[str, list[Any]] = {}
    for cell in application.scope.select_related("occupation"):
        asked.setdefault(cell.site_name, []).append((cell.occupation, cell.level))
    known: dict[str, Any] = {}
    if application.body is not None:
        known = {site.name: site for site in ExamSite.everything.filter(body=application.body)}
    known |= {site.name: site for site in application.sites.all()}
    return [SiteSpec(name, known[name].address, known[name].division, cells) for name, cells in asked.items()]


def scope_rows(sites: Iterable[SiteSpec]) -> tuple[tuple[str, str, str, str], ...]:
    """Return the scope as a letter prints it: code, occupation, levels, sites."""
    cells = sorted(
        ((occupation.code, occupation.name, spec.name, level) for spec in sites for occupation, level in spec.scope),
        key=lambda cell: (cell[0], cell[2], -int(cell[3]) if cell[3].isdigit() else 0),
    )
    rows = []
    for (code, name, site), group in groupby(cells, key=lambda cell: cell[:3]):
        rows.append((code, name, "、".join(level_words(cell[3]) for cell in group), site))
    return tuple(rows)


def letter_cites(application: Application, day: date) -> tuple[Citation, ...]:
    """Return the articles of the application's last steps, once each: what its letter rests on."""
    steps = ("application", "deliberation", "public_notice", "filing_letter")
    found = [cite for step in steps for cite in flow.cites_of(application, step, day)]
    return tuple(dict.fromkeys(found))


# First filing


def _against_first(application: Application, at: datetime) -> Iterable[Ground]:
    body = _known(application)
    if body is not None and body.winding_up_since is not None:
        why = _("The filing of this body is being wound up.")
        yield Ground(why, _("End it first; what begins after the end gets a code of its own."), code="winding-up")
    elif body is not None and body.filed_until > local(at):
        why = _("A body with this code or credit code is on file.")
        yield Ground(why, _("Change the filing that stands instead."), code="taken")
    if not application.scope.exists():
        yield Ground(_("No occupation and level is asked for."), _("Return the application for it."), code="no-scope")


def _known(application: Application) -> AssessmentBody | None:
    """Return the body that the applicant stands in the register as: one whose term lapsed files anew under its code.

    A filing that ended is over, with its code; its duties stay with it, and what begins after it is another body.
    """
    credit_code = application.applicant.credit_code
    return AssessmentBody.everything.filter(credit_code=credit_code, terminated_on=None).first()


def _first_letter(application: Application, at: datetime) -> Letter:
    applicant, day = application.applicant, local(at)
    years, term_cites = term_years(application.regime, day)
    code, blocks = _code_of(application, day)
    until = add_years(day, years)
    sites = sites_asked(application)
    return Letter(
        title=f"关于同意{applicant.name}开展职业技能等级认定备案的通知",
        text=(
            f"{applicant.name}：",
            "你单位职业技能等级认定机构评估备案申请收悉。经受理、评估、审议"
            + ("和公示" if application.asks_notice else "")
            + f"，同意你单位备案，备案有效期{years}年，备案范围见附表。",
            "你单位应当按照备案范围开展职业技能等级认定，对认定结果负责，自觉接受监督管理；注册地址、法定代表人、考点、"
            "职业（工种）及等级等发生变更的，应当办理备案变更。",
        ),
        since=day,
        until=until,
        cites=tuple(dict.fromkeys((*letter_cites(application, day), *term_cites))),
        facts=(
            ("机构名称", applicant.name),
            ("机构种类", WORDS[applicant.kind]),
            ("机构编码", code),
            ("统一社会信用代码", applicant.credit_code),
            ("法定代表人", applicant.legal_representative),
            ("注册地址", applicant.address),
            ("隶属关系", AFFILIATIONS[application.affiliation]),
            *((f"考点：{spec.name}", spec.address) for spec in sites),
        ),
        scope=scope_rows(sites),
        code=code,
        blocks=blocks,
    )


def _code_of(application: Application, day: date) -> tuple[str, tuple[Block, ...]]:
    """Return the body's code: the one that it had, or a new one with the counter that it was taken from."""
    body, applicant = _known(application), application.applicant
    if body is not None:
        return body.code, ()
    code, block = body_codes.allot(applicant.kind, applicant.place_code, application.regime, day)
    return code, (block,)


def _file_anew(signing: Signing, body: AssessmentBody) -> Outcome:
    """Give a body whose term lapsed a term of its own after the gap, and the scope that it asked for now."""
    letter, said = signing.letter, ruling(signing)
    assert letter.until is not None
    told = {"actor": signing.actor, "at": signing.at, "body": body, "ruling": said}
    decision = renew(**told, since=letter.since, until=letter.until)
    cells = ScopeItem.everything.filter(body=body, until=None).select_related("occupation", "site")
    standing = {(cell.occupation.pk, cell.level, cell.site.name): cell for cell in cells}
    asked = sites_asked(signing.application)
    wanted = {(occupation.pk, level, spec.name) for spec in asked for occupation, level in spec.scope}
    fresh = [
        replace(spec, scope=[(o, level) for o, level in spec.scope if (o.pk, level, spec.name) not in standing])
        for spec in asked
    ]
    drop = [cell for key, cell in standing.items() if key not in wanted]
    if drop or any(spec.scope for spec in fresh):
        change_scope(**told, add=[spec for spec in fresh if spec.scope], drop=drop)
    return Outcome(body, decision)


def _put_on_file(signing: Signing) -> Outcome:
    application, letter = signing.application, signing.letter
    known = _known(application)
    if known is not None:
        return _file_anew(signing, known)
    applicant = application.applicant
    assert letter.until is not None
    body = put_on_file(
        actor=signing.actor,
        at=signing.at,
        organisation=_organisation_of(signing),
        authority=application.authority,
        filed=FiledBody(
            name=applicant.name,
            kind=applicant.kind,
            credit_code=applicant.credit_code,
            code=letter.code,
            address=applicant.address,
            place_code=applicant.place_code,
            regime=application.regime,
            filing_letter=signing.number,
            filed_on=letter.since,
            filed_until=letter.until,
            sites=sites_asked(application),
            may_serve_others=application.serves_others,
            legal_representative=applicant.legal_representative,
            affiliation=application.affiliation,
        ),
        ruling=ruling(signing),
    )
    _list_subsidiaries(signing, body)
    return Outcome(body, body.decisions.first())


def _organisation_of(signing: Signing) -> Organisation:
    """Return the organisation to put on file: the applicant's, or a new one where an ended body keeps that."""
    applicant = signing.application.applicant
    if not AssessmentBody.everything.filter(organisation=applicant.organisation).exists():
        return applicant.organisation
    applicant.organisation = open_successor(
        actor=signing.actor, at=signing.at, organisation=applicant.organisation, role="body_manager"
    )
    applicant.save(update_fields=["organisation"])
    return applicant.organisation


def _list_subsidiaries(signing: Signing, body: AssessmentBody) -> None:
    wanted = [SubsidiarySpec(each.name, each.credit_code) for each in signing.application.subsidiaries.all()]
    if wanted and body.kind == BodyKind.EMPLOYER:
        set_subsidiaries(actor=signing.actor, at=signing.at, body=body, subsidiaries=wanted, on=signing.letter.since)
