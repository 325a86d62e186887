"""What stands in the header for each role: a registry that each area of the platform adds its pages to.

An item whose address this site doesn't have is left out, so that the shell stands whatever is installed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongjiang.accounts.permissions import ADMINISTRATORS
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.roles import AUTHORITY_ROLES, STAFF_ROLES

Badge = Callable[[Actor], int | None]
CLERKS = ("body_manager", "exam_clerk")
FILING = ("provincial_officer", "city_officer", "centre_officer", "provincial_approver", "city_approver")
EXPERT_POOL = tuple(role for role in AUTHORITY_ROLES if role != "county_officer")


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the header: label, name of its address, the roles that see it, and a count, if it bears one."""

    label: str | Promise
    url_name: str
    roles: tuple[str, ...]
    badge: Badge | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as the template shows it."""

    label: str
    url: str
    current: bool
    badge: int | None


NAVIGATION: list[NavItem] = [
    NavItem(_("My work"), "home", STAFF_ROLES),
    NavItem(_("Mine"), "home", ("candidate",)),
    NavItem(_("Filing"), "filing-queue", FILING),
    NavItem(_("Batches"), "batch-list", AUTHORITY_ROLES + CLERKS + ("certificate_clerk", "scorer")),
    NavItem(_("Candidates"), "enrolment-list", (*CLERKS, "eligibility_reviewer")),
    NavItem(_("Exams"), "sitting-list", (*CLERKS, "invigilator", "assessor", "internal_supervisor", "supervisor")),
    NavItem(_("Certificates"), "certificate-list", (*AUTHORITY_ROLES, "body_manager", "certificate_clerk")),
    NavItem(_("Reports"), "report-list", (*AUTHORITY_ROLES, *CLERKS, "certificate_clerk")),
    NavItem(_("Bodies"), "body-list", AUTHORITY_ROLES),
    NavItem(_("Boards"), "boards", AUTHORITY_ROLES),
    NavItem(_("Terms of filings"), "renewal-list", AUTHORITY_ROLES),
    NavItem(_("Ends of filings"), "termination-list", AUTHORITY_ROLES),
    NavItem(_("Earlier filings"), "earlier-filing-list", AUTHORITY_ROLES),
    NavItem(_("Reports of amendments"), "change-report-list", AUTHORITY_ROLES),
    NavItem(_("Supervision"), "supervision", AUTHORITY_ROLES),
    NavItem(_("Our filing"), "own-body", ("body_manager",)),
    NavItem(_("Findings and self-checks"), "own-supervision", ("body_manager", "internal_supervisor")),
    NavItem(_("Our applications"), "filing", ("body_manager",)),
    NavItem(_("Expert pool"), "expert-list", EXPERT_POOL),
    NavItem(_("Our evaluations"), "evaluation-own-list", ("body_manager",)),
    NavItem(_("Evaluation standards"), "criteria-list", EXPERT_POOL),
    NavItem(_("My panels"), "evaluation-mine", ("expert",)),
    NavItem(_("My entry in the expert pool"), "expert-own", ("expert",)),
    NavItem(_("Workforce"), "workforce", AUTHORITY_ROLES + CLERKS),
    NavItem(_("Item writers"), "writer-list", ("body_manager", "centre_officer", "provincial_officer")),
    NavItem(_("My tasks"), "workforce-me", ("assessor", "invigilator", "internal_supervisor", "supervisor", "scorer")),
    NavItem(_("Staff accounts"), "user-list", ADMINISTRATORS),
    NavItem(_("Settings"), "settings", EXPERT_POOL),
    NavItem(_("Verify a certificate"), "verify", ("public",)),
    NavItem(_("Assessment bodies"), "directory", ("public", "candidate")),
    NavItem(_("Announcements"), "announcements", ("public", "candidate")),
    NavItem(_("Result notices"), "notices", ("public", "candidate")),
    NavItem(_("Calls for applicants"), "calls", ("public",)),
    NavItem(_("Filing notices"), "filing-notices", ("public", "candidate")),
    NavItem(_("Open data"), "open-data", ("public",)),
    NavItem(_("Draws of expert panels"), "draws", ("public",)),
    NavItem(_("Follow a complaint"), "complaint-status", ("public", "candidate")),
    NavItem(_("Rules compared"), "law-compare-filing", ("public",)),
    NavItem(_("The rules"), "law", ("public", "candidate", *STAFF_ROLES)),
]


def register(*items: NavItem) -> None:
    """Add entries; one with the same address and roles replaces what stood there."""
    for item in items:
        known = [n for n, old in enumerate(NAVIGATION) if (old.url_name, old.roles) == (item.url_name, item.roles)]
        if known:
            NAVIGATION[known[0]] = item
        else:
            NAVIGATION.append(item)


def links_for(request: HttpRequest, actor: Actor) -> list[Link]:
    """Return the entries that the actor's roles see, each address once, with the one that is open marked."""
    found: dict[str, NavItem] = {}
    for item in NAVIGATION:
        if not actor.has(*item.roles):
            continue
        try:
            found.setdefault(reverse(item.url_name), item)
        except NoReverseMatch:
            continue
    current = _current(request.path, found)
    return [
        Link(str(item.label), url, url == current, item.badge(actor) if item.badge else None)
        for url, item in found.items()
    ]


def _current(path: str, urls: Iterable[str]) -> str:
    """Return the longest address that the path begins with; the root only where it is the path."""
    return max((url for url in urls if path == url or (url != "/" and path.startswith(url))), key=len, default="")
