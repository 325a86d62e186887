"""Builders of applicants and applications for tests: through the actions, with everything that the law asks for."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from tests.factories import at, make_actor, make_organisation

from gongjiang.accounts.models import Organisation
from gongjiang.filing import actions, checks
from gongjiang.filing.conditions import SHOWN, conditions_of, papers_of
from gongjiang.filing.models import Application, Call
from gongjiang.filing.routing import authority_for
from gongjiang.kernel.actor import PUBLIC, Actor
from gongjiang.law.codes import credit_check_character
from gongjiang.law.places import JILIN_PILOT

_serial = count(1)
WHEN = "2026-03-02 09:00"
SITE = actions.SiteRequest("样例实训楼", "样例路 9 号", "220102")
# Occupation and level that a standard in force carries.
ELECTRICIAN = ("6-31-01-03", "4")


def invented_credit_code() -> str:
    """Return a valid credit code that no unit bears: its area is nowhere."""
    first17 = f"91229900MA{next(_serial):07d}"
    return first17 + credit_check_character(first17)


def paper(text: str = "") -> bytes:
    """Return a small PDF, another one each time unless told what it says."""
    return f"%PDF-1.4\n% {text or next(_serial)}\n%%EOF\n".encode()


def make_xinzhou() -> dict[str, Organisation]:
    """Return Shanxi's department, Xinzhou's bureau and its service centre."""
    shanxi = make_organisation("province", "样例晋省人社厅", "14")
    xinzhou = make_organisation("city", "样例忻州市人社局", "1409", shanxi)
    centre = make_organisation("centre", "样例忻州市技能服务中心", "1409", xinzhou)
    return {"shanxi": shanxi, "xinzhou": xinzhou, "xinzhou_centre": centre}


def facts_of(**changes) -> actions.ApplicantFacts:
    """Return what an invented unit states of itself: a social organisation in Changchun unless told otherwise."""
    number = next(_serial)
    stated = actions.ApplicantFacts(
        name=f"样例墨斗 {number} 号技能评价中心",
        credit_code=invented_credit_code(),
        kind="social",
        affiliation="municipal",
        place_code="2201",
        address="样例路 1 号",
        legal_representative="甲子春",
        main_business="电工培训与技能评价",
        contact_name="乙丑夏",
        contact_phone="0431-00000000",
    )
    return replace(stated, **changes)


def make_applicant(*, on: str = WHEN, **changes) -> tuple[object, Actor]:
    """Register a unit; return it with its manager. The authorities must be entered before (``make_tree``)."""
    facts = facts_of(**changes)
    username = f"manager{next(_serial)}"
    applicant, _user, _password = actions.register_applicant(actor=PUBLIC, at=at(on), facts=facts, username=username)
    return applicant, make_actor(applicant.organisation, "body_manager")


def make_call(authority: Organisation, *, on: str = WHEN, **changes) -> Call:
    """Publish a call of the authority, open for sixty days from the day on."""
    day = at(on).date()
    kind = "city" if authority.kind == "city" else "provincial"
    spec = actions.CallSpec(
        title="样例征集公告",
        text="现面向社会公开征集职业技能等级认定机构。",
        opens_on=day,
        closes_on=day + timedelta(days=60),
        regime=authority.place_code,
    )
    actor = make_actor(authority, f"{kind}_officer")
    return actions.publish_call(actor=actor, at=at(on), authority=authority, spec=replace(spec, **changes))


def call_for(applicant, *, on: str = WHEN) -> Call:
    """Return an open call that the applicant may answer, published by the authority that handles its applications."""
    day = at(on).date()
    route = authority_for(applicant.affiliation, applicant.place_code, applicant.regime, on=day)
    regime = applicant.regime
    authority = route.organisation
    if regime == JILIN_PILOT.code and authority.kind == "city":
        authority = authority.parent
    code = regime if regime == JILIN_PILOT.code else authority.place_code
    return make_call(authority, on=on, regime=code)


def make_draft(applicant, manager: Actor, *, kind: str = "first", on: str = WHEN, call: Call | None = None):
    """Begin an application; a first filing answers a call, made where none is given."""
    if kind == "first" and call is None:
        call = call_for(applicant, on=on)
    return actions.begin(actor=manager, at=at(on), applicant=applicant, kind=kind, call=call)


def fill(application: Application, manager: Actor, *, on: str = WHEN, cells=(ELECTRICIAN,), changes=()) -> Application:
    """Write everything that is asked of the application, so that nothing is missing."""
    told = {"actor": manager, "at": at(on), "application": application}
    actions.set_summary(**told, summary="样例说明")
    if application.kind == "first":
        actions.set_sites(**told, sites=[SITE])
        actions.set_scope(**told, cells=[actions.CellSpec(code, level, SITE.name) for code, level in cells])
    elif application.kind == "addition":
        site = application.body.sites.first().name
        actions.set_scope(**told, cells=[actions.CellSpec(code, level, site) for code, level in cells])
    elif application.kind == "amendment":
        new = changes or [actions.ChangeSpec("legal_representative", "丙寅秋", "样例：原法定代表人退休")]
        actions.set_changes(**told, changes=new)
    day = at(on).date()
    for asked in papers_of(application, day):
        actions.add_material(**told, paper=actions.Paper(asked.key, paper(), "样例.pdf"))
    for asked in conditions_of(application, day):
        shown = SHOWN[asked.key]
        text, numbers = "样例说明" if shown.text else "", dict.fromkeys(shown.counts, 3)
        actions.answer_condition(**told, condition=asked.key, text=text, numbers=numbers)
        if shown.evidence:
            evidence = actions.Paper("evidence", paper(), "证据.pdf", condition=asked.key)
            actions.add_material(**told, paper=evidence)
    application.refresh_from_db()
    return application


def hand_in(application: Application, manager: Actor, *, on: str = WHEN) -> Application:
    """Submit the application with the declaration signed."""
    key = f"submit-{next(_serial)}"
    return actions.submit(actor=manager, at=at(on), application=application, declared_by="甲子春", key=key)


def make_application(
    *, kind: str = "first", state: str = "submitted", body=None, on: str = WHEN, cells=(ELECTRICIAN,), **applicant
) -> tuple[Application, Actor]:
    """Return an application of the kind and its manager: a ``draft``, ``ready`` for submission, or ``submitted``.

    Kinds other than a first filing need the ``body`` that is on file; what else is told goes to the applicant.
    """
    if body is None:
        unit, manager = make_applicant(on=on, **applicant)
    else:
        manager = make_actor(body.organisation, "body_manager")
        unit = actions.applicant_of_body(actor=manager, at=at(on), body=body)
    application = make_draft(unit, manager, kind=kind, on=on)
    if state in {"ready", "submitted"}:
        fill(application, manager, on=on, cells=cells)
    if state == "submitted":
        application = hand_in(application, manager, on=on)
    return application, manager


def gaps(application: Application, on: date) -> list[str]:
    """Return the codes of what is missing on the day."""
    return [ground.code for ground in checks.missing(application, on)]
