"""The way of an application through the authority's hands, step by step or as far as a test needs it."""

from itertools import count

from tests.factories import at, make_actor, make_catalogue, make_tree
from tests.filing_factories import fill, hand_in, make_applicant, make_draft, make_xinzhou

from gongjiang.evaluation.actions import load_demo_criteria
from gongjiang.evaluation.models import CriteriaVersion, Evaluation
from gongjiang.filing import actions, flow
from gongjiang.filing.models import Application
from gongjiang.kernel.actor import Actor, system

_serial = count(1)
# Submitted on Monday 2026-03-02; nothing here but the notice depends on the calendar.
DAYS = {
    "accept": "2026-03-03 10:00",
    "opinions": "2026-03-04 10:00",
    "open": "2026-03-05 10:00",
    "panel": "2026-03-20 16:00",
    "conclude": "2026-03-23 10:00",
    "deliberate": "2026-03-25 10:00",
    "post": "2026-03-26 10:00",  # the notice runs through Thursday 2026-04-02
    "clear": "2026-04-03 09:00",
    "undertake": "2026-04-03 10:00",
    "sign": "2026-04-07 10:00",
}
STEPS = list(DAYS)


class Office:
    """An authority with its people, and who signs for it."""

    def __init__(self, level: str, organisation, signs=None, centre=None) -> None:
        kind = "provincial" if level == "province" else "city"
        self.organisation, self.centre = organisation, centre
        accepting = make_actor(centre, "centre_officer") if centre else make_actor(organisation, f"{kind}_officer")
        self.first: Actor = accepting
        self.second: Actor = make_actor(organisation, f"{kind}_officer")
        self.third: Actor = make_actor(organisation, f"{kind}_officer")
        above = signs or organisation
        approver = "provincial_approver" if above.kind == "province" else "city_approver"
        self.signer: Actor = make_actor(above, approver)


def jilin(level: str = "city") -> Office:
    """Return Changchun's office, whose letters the province signs; or the province's own."""
    tree = make_tree()
    load_standard("22")
    if level == "province":
        return Office("province", tree["province"])
    return Office("city", tree["changchun"], signs=tree["province"])


def xinzhou(*, centre: bool = False) -> Office:
    """Return Xinzhou's office, which signs itself; with ``centre`` its service centre accepts."""
    tree = make_xinzhou()
    load_standard("1409")
    return Office("city", tree["xinzhou"], centre=tree["xinzhou_centre"] if centre else None)


def load_standard(place_code: str) -> None:
    """Load the demo standard for a place, where it has none; and the catalogue, where a test before emptied it."""
    make_catalogue()
    if not CriteriaVersion.objects.filter(place_code=place_code).exists():
        load_demo_criteria(actor=system("test"), at=at("2026-01-05 09:00"), place=place_code)


def told(actor: Actor, application: Application, when: str) -> dict:
    application.refresh_from_db()
    return {"actor": actor, "at": at(when), "application": application}


def write_opinions(office: Office, application: Application, when: str = DAYS["opinions"], met: bool = True) -> None:
    application.refresh_from_db()
    for item in flow.items_of(application, at(when).date()):
        text = "" if met else "样例：材料不足"
        actions.write_opinion(**told(office.first, application, when), item=item, met=met, text=text)


def settle_panel(application: Application, when: str = DAYS["panel"], verdict: bool = True) -> None:
    """Write the panel's work as done: what the panel does has its own tests."""
    application.refresh_from_db()
    Evaluation.everything.filter(pk=application.evaluation_id).update(
        state="concluded", verdict=verdict, average=86, concluded_at=at(when), visit_on=at(when).date()
    )


def advance(application: Application, manager: Actor, office: Office, until: str, **days: str) -> Application:
    """Take the application through the steps up to and with ``until``, leaving out what its flow doesn't ask."""
    when = DAYS | days
    for step in STEPS[: STEPS.index(until) + 1]:
        application.refresh_from_db()
        _step(step, application, manager, office, when[step])
    application.refresh_from_db()
    return application


def _step(step: str, application: Application, manager: Actor, office: Office, when: str) -> None:
    day = at(when).date()
    if step == "accept":
        actions.accept(**told(office.first, application, when))
    elif step == "opinions":
        write_opinions(office, application, when)
    elif step == "open" and application.asks_panel:
        actions.open_evaluation(**told(office.first, application, when))
    elif step == "panel" and application.asks_panel:
        settle_panel(application, when)
    elif step == "conclude":
        actions.conclude_evaluation(**told(office.first, application, when))
    elif step == "deliberate":
        actions.deliberate(**told(office.second, application, when), text="样例：专题会议同意", favourable=True)
    elif step == "post" and application.asks_notice:
        actions.post_notice(**told(office.first, application, when))
    elif step == "clear":
        actions.clear(**told(office.first, application, when))
    elif step == "undertake" and flow.asks(application, "undertaking", day):
        actions.sign_undertaking(**told(manager, application, when), signed_by="甲子春")
    elif step == "sign":
        actions.sign_letter(**told(office.signer, application, when))


def submitted(office: Office, *, body_kind: str = "social", **changes) -> tuple[Application, Actor]:
    """Return a first filing handed in at this office on 2026-03-02, and its manager."""
    place = office.organisation.place_code
    affiliation = "provincial" if office.organisation.kind == "province" else "municipal"
    facts = {"place_code": place if len(place) > 2 else "2201", "affiliation": affiliation, "kind": body_kind}
    applicant, manager = make_applicant(**{**facts, **changes})
    application = make_draft(applicant, manager)
    fill(application, manager)
    return hand_in(application, manager), manager
