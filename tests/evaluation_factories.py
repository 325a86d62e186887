"""Builders of experts, criteria and evaluations for tests."""

from datetime import date
from itertools import count

from tests.factories import at, invented_identity, invented_name, make_actor, make_user

from gongjiang.evaluation.models import Evaluation, Expert, ExpertField, Panelist
from gongjiang.kernel.actor import system
from gongjiang.kernel.fields import blind_index
from gongjiang.standards.queries import occupation_by_code

_serial = count(1)
ELECTRICIAN, FITTER, CARER = "6-31-01-03", "6-20-01-01", "4-10-01-03"
APPLICANT = {"applicant_name": "样例准绳职业培训学校", "credit_code": "91350100M000100Y43", "regime": "22"}


def make_experts(organisation, n: int, *, fields=(ELECTRICIAN,), users: bool = False, **changes) -> list[Expert]:
    """Write ``n`` experts of the authority's pool, each with the fields, and with an account if ``users``."""
    return [make_expert(organisation, fields=fields, user=users, **changes) for _each in range(n)]


def make_expert(organisation, *, fields=(ELECTRICIAN,), user: bool = False, **changes) -> Expert:
    number = next(_serial)
    identity = changes.pop("identity", invented_identity(40_000 + number))
    told = {
        "public_id": f"E{number:07d}",
        "name": invented_name(700 + number),
        "identity": identity,
        "identity_index": blind_index(identity),
        "employer": "样例规矩研究所",
        "title": "高级工程师",
        "since": date(2025, 1, 1),
        "until": date(2028, 1, 1),
        "nda_since": date(2025, 1, 1),
        "nda_until": date(2028, 1, 1),
        **changes,
    }
    if user:
        told["user"] = make_user(organisation, "expert", name=told["name"])
    expert = Expert.everything.create(organisation=organisation, **told)
    ExpertField.objects.bulk_create(
        ExpertField(expert=expert, occupation=occupation_by_code(code)) for code in dict.fromkeys(fields)
    )
    return expert


def make_criteria(place_code: str = "22"):
    """Publish the demo standard for the place, once."""
    from gongjiang.evaluation.actions import load_demo_criteria

    return load_demo_criteria(actor=system("test"), at=at("2026-03-01"), place=place_code)


def make_officer(organisation):
    """Return an officer of the authority as an actor."""
    role = {"province": "provincial_officer", "city": "city_officer", "centre": "centre_officer"}[organisation.kind]
    return make_actor(organisation, role)


def make_evaluation(
    organisation, *, state: str = "drawn", officer=None, occupations=(ELECTRICIAN,), experts: int = 8, **changes
) -> Evaluation:
    """Open an evaluation on 2026-05-11 and take it to ``open`` or ``drawn`` (on 05-12) through the actions; later
    states are written straight into the row. The experts have accounts."""
    from gongjiang.evaluation.actions import DrawSpec, draw, open_evaluation

    make_criteria(organisation.place_code)
    officer = officer or make_officer(organisation)
    told = {
        **APPLICANT,
        "regime": organisation.place_code,
        "purpose": "first",
        "occupations": [occupation_by_code(code) for code in occupations],
        "stages": ["preliminary", "technical"],
        "submission_digest": "ab" * 32,
        **changes,
    }
    evaluation = open_evaluation(actor=officer, at=at("2026-05-11 09:00"), organisation=organisation, **told)
    if state == "open":
        return evaluation
    make_experts(organisation, experts, fields=occupations, users=True)
    spec = DrawSpec(visit_on=date(2026, 5, 20))
    draw(actor=officer, at=at("2026-05-12 09:00"), evaluation=evaluation, spec=spec)
    if state != "drawn":
        Evaluation.everything.filter(pk=evaluation.pk).update(state=state)
    evaluation.refresh_from_db()
    return evaluation


def expert_actor(panelist: Panelist, day: date = date(2026, 6, 1)):
    """Return the expert of a panelist as an actor."""
    from gongjiang.accounts.queries import actor_for

    return actor_for(panelist.expert.user, on=day)
