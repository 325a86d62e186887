"""The people and bodies of a run: a small tree of authorities and one user for each role, all invented."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from gongjiang.accounts.models import Organisation, OrganisationKind, RoleAssignment, User
from gongjiang.accounts.queries import actor_for
from gongjiang.bodies.actions import FiledBody, SiteSpec, register_filed_body
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.actor import Actor, system
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.portal.house_rules import publish_house_rules
from gongjiang.portal.run.folder import Folder
from gongjiang.standards.models import Occupation
from gongjiang.standards.queries import occupation_by_code

PEOPLE = {
    "body_manager": "甲子海",
    "exam_clerk": "丁卯春",
    "eligibility_reviewer": "癸未和",
    "scorer": "庚午成",
    "second_scorer": "己巳田",
    "certificate_clerk": "壬午阳",
    "centre_officer": "辛巳松",
}
NINE = time(9)


def moment(day: date, at: time = NINE) -> datetime:
    """Return the instant on the day, in Asia/Shanghai."""
    return datetime.combine(day, at, tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Cast:
    """The body and an actor for each role of the chain."""

    body: AssessmentBody
    users: dict[str, User]
    day: date

    def actor(self, role: str) -> Actor:
        """Return who acts in the role; the second scorer is another person than the first."""
        return actor_for(self.users[role], on=self.day)


def assemble(folder: Folder) -> Cast:
    """Make the tree and the people, and enter the filed body as its letter states it.

    :raises Refused: the body's codes or term are wrong.
    """
    province = _organisation(OrganisationKind.PROVINCE, "样例省人力资源和社会保障厅", folder.body["place"][:2], None)
    centre = _organisation(OrganisationKind.CENTRE, "样例省职业技能鉴定中心", folder.body["place"][:2], province)
    given = folder.body["authority"]
    authority = _organisation(OrganisationKind.CITY, given["name"], given["place"], province)
    filing = folder.body["filing"]
    filed = FiledBody(
        name=folder.body["name"],
        kind=folder.body["kind"],
        credit_code=folder.body["credit_code"],
        code=folder.body["code"],
        address=folder.body["address"],
        place_code=folder.body["place"],
        regime=folder.body.get("regime", folder.body["place"]),
        filing_letter=filing["letter"],
        filed_on=filing["since"],
        filed_until=filing["until"],
        sites=[_site(folder, site) for site in folder.body["sites"]],
        may_serve_others=bool(folder.body.get("may_serve_others", False)),
    )
    day = folder.days["planned"]
    body = register_filed_body(actor=system("run"), at=moment(day), authority=authority, filed=filed)
    users = {
        role: _user(role, centre if role == "centre_officer" else body.organisation, filing["since"]) for role in PEOPLE
    }
    manager = actor_for(users["body_manager"], on=day)
    publish_house_rules(actor=manager, at=moment(day), body=body, fees=_fees(folder))
    return Cast(body, users, day)


def fee_of(line: dict[str, Any], level: object) -> Decimal:
    """Return the fee that the batch's file states for a level of a line, in yuan; 0 where it states none."""
    return Decimal(str(line.get("fees", {}).get(str(level), 0)))


def _fees(folder: Folder) -> dict[tuple[Occupation, str], Decimal]:
    return {
        (occupation_by_code(line["occupation"]), str(level)): fee_of(line, level)
        for line in folder.batch["lines"]
        for level in line["levels"]
    }


def _site(folder: Folder, site: dict[str, str]) -> SiteSpec:
    scope = [
        (occupation_by_code(cell["occupation"]), str(level))
        for cell in folder.body["scope"]
        if cell.get("site", site["name"]) == site["name"]
        for level in cell["levels"]
    ]
    return SiteSpec(name=site["name"], address=site["address"], division=site["division"], scope=scope)


def _organisation(kind: str, name: str, place_code: str, parent: Organisation | None) -> Organisation:
    organisation = Organisation.objects.create(kind=kind, name=name, place_code=place_code, parent=parent)
    organisation.path = f"{parent.path if parent else '/'}{organisation.pk}/"
    organisation.save(update_fields=["path"])
    return organisation


def _user(role: str, organisation: Organisation, since: date) -> User:
    user = User(username=f"run-{role}", display_name=PEOPLE[role])
    user.set_unusable_password()
    user.save()
    held = "scorer" if role == "second_scorer" else role
    RoleAssignment.objects.create(user=user, organisation=organisation, role=held, since=since)
    return user
