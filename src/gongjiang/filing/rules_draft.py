"""What may be written into an application, and by whom: the grounds against each section's content."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from gongjiang.bodies.models import ScopeItem
from gongjiang.filing import labels
from gongjiang.filing.conditions import SHOWN, conditions_of, elements_open
from gongjiang.filing.models import Applicant, Application, ApplicationKind
from gongjiang.filing.rules_apply import wrong_credit_code
from gongjiang.filing.states import APPLICATION, ApplicationState
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, NotAllowed, refuse_if
from gongjiang.law.codes import parse_credit_code

K = ApplicationKind
WRITERS = ("body_manager",)
WRITABLE = (ApplicationState.DRAFT, ApplicationState.RETURNED)
# What an amendment changes by writing a new value; occupations and levels are added, or given up.
VALUES = {"registered_address": "address", "legal_representative": "legal_representative", "name": "name"}
SITE = "exam_site"


@dataclass(frozen=True, slots=True)
class ChangeSpec:
    """A change of one element. Of an exam site: ``which`` it is, its ``new`` name, its new address and division."""

    element: str
    new: str
    why: str
    which: str = ""
    address: str = ""
    division: str = ""


def require_own(asked: str, actor: Actor, applicant: Applicant) -> None:
    """Let only the applicant's manager write.

    :raises NotAllowed: anybody else.
    """
    if actor.has("system") or (actor.has(*WRITERS) and actor.organisation_id == applicant.organisation_id):
        return
    why = _("Only the applicant's own manager writes its applications.")
    raise NotAllowed(asked, [Ground(why, _("Sign in with the applicant's account."), code="wrong-role")])


def opened(asked: str, actor: Actor, application: Application, at: datetime) -> Application:
    """Return the application, locked, if the actor may write in it now.

    :raises NotAllowed: it isn't the actor's.
    :raises Refused: it has been handed in, or is over.
    """
    locked = (
        Application.everything.select_for_update(of=("self",))
        .select_related("applicant", "body", "call")
        .get(pk=application.pk)
    )
    require_own(asked, actor, locked.applicant)
    grounds = []
    if locked.state not in WRITABLE:
        state = APPLICATION.state_label(locked.state)
        way = _("Ask the authority to return it for correction, or withdraw it and begin another one.")
        grounds.append(Ground(_("It stands at “%(state)s”.") % {"state": state}, way, code="wrong-state"))
    refuse_if(asked, grounds, subject=locked)
    return locked


def wrong_sites(sites: Iterable[tuple[str, str]]) -> list[Ground]:
    """Return why exam sites can't be named so; each is a pair of name and division."""
    grounds, seen = [], set()
    for name, division in sites:
        if not name.strip() or name in seen:
            why = _("Two sites bear the name “%(name)s”, or one has none.") % {"name": name}
            grounds.append(Ground(why, _("Give each site a name of its own."), code="site-name"))
        if not re.fullmatch(r"[0-9]{6}", division):
            why = _("“%(division)s” is no division code.") % {"division": division}
            grounds.append(Ground(why, _("Give the six digits of the county or district."), code="site-division"))
        seen.add(name)
    return grounds


def wrong_giving_up(application: Application, items: Sequence[ScopeItem], on: date) -> list[Ground]:
    """Return why these cells can't be given up."""
    grounds = []
    if application.kind not in {K.ADDITION, K.AMENDMENT}:
        why = _("An application of this kind gives up nothing.")
        grounds.append(Ground(why, _("Apply for added occupations or an amendment."), code="no-exchange"))
    own = application.body.pk if application.body else None
    if any(item.body_id != own or item.since > on or (item.until and item.until <= on) for item in items):
        why = _("Only what is in force in the body's own scope can be given up.")
        grounds.append(Ground(why, _("Choose from the filed occupations shown."), code="not-own-scope"))
    return grounds


def wrong_changes(application: Application, changes: Sequence[ChangeSpec], on: date) -> list[Ground]:
    """Return why these elements can't be changed so."""
    if application.kind != K.AMENDMENT:
        why = _("Only an amendment changes elements of the filing.")
        return [Ground(why, _("Apply for an amendment."), code="not-an-amendment")]
    named, cites = elements_open(application, on)
    grounds = []
    for each in changes:
        label = labels.element(each.element)
        if each.element not in named or each.element not in {*VALUES, SITE}:
            why = _("%(element)s isn't changed by an amendment here.") % {"element": label}
            way = _("Changed here: %(elements)s. Occupations are added, or given up.") % {
                "elements": "、".join(labels.element(key) for key in named)
            }
            grounds.append(Ground(why, way, cites, "element"))
            continue
        same = {"", old_value(application, each)} if each.element != SITE else {""}
        if each.new.strip() in same:
            why = _("%(element)s: nothing new is written.") % {"element": label}
            grounds.append(Ground(why, _("Write the new value as it is registered."), cites, "nothing-new"))
        if not each.why.strip():
            why = _("%(element)s: the reason isn't written.") % {"element": label}
            grounds.append(Ground(why, _("Write why it changes."), cites, "no-reason"))
        if each.element == SITE and not _site_known(application, each.which):
            why = _("“%(site)s” is no exam site on file.") % {"site": each.which}
            grounds.append(Ground(why, _("Choose the site that changes."), cites, "site-unknown"))
        if each.element == SITE:
            grounds += wrong_sites([(each.new, each.division)])
    return grounds


def old_value(application: Application, change: ChangeSpec) -> str:
    """Return what the register holds now: the element's value, or the name of the site that changes."""
    if change.element == SITE:
        return change.which
    return str(getattr(application.body, VALUES[change.element]))


def _site_known(application: Application, name: str) -> bool:
    return application.body is not None and application.body.sites.filter(name=name).exists()


def code_of(text: str) -> str:
    """Return a credit code as it is kept: half-width, upper case, without spaces."""
    return parse_credit_code(text).text


def wrong_subsidiaries(application: Application, rows: Sequence[tuple[str, str]]) -> list[Ground]:
    """Return why subsidiaries can't be listed so: a wrong code, one that stands twice, or the applicant's own."""
    grounds, seen = [], {application.applicant.credit_code}
    for name, text in rows:
        for reason in wrong_credit_code(text):
            grounds.append(Ground(f"{name}：{reason.why}", reason.way_on, code=reason.code))
        if code_of(text) in seen:
            why = _("%(name)s: this code stands twice, or is the applicant's own.") % {"name": name}
            grounds.append(Ground(why, _("List each subsidiary once."), code="subsidiary-twice"))
        seen.add(code_of(text))
    return grounds


def wrong_answer(application: Application, condition: str, counts: Mapping[str, int], on: date) -> list[Ground]:
    """Return why a condition can't be answered so."""
    if condition not in {each.key for each in conditions_of(application, on)}:
        why = _("This condition isn't asked of the application.")
        return [Ground(why, _("Answer the conditions shown."), code="condition-unknown")]
    wrong = [name for name, number in counts.items() if name not in SHOWN[condition].counts or number < 0]
    if not wrong:
        return []
    why = _("These counts don't belong to the condition: %(names)s.") % {"names": ", ".join(sorted(wrong))}
    return [Ground(why, _("Give whole numbers, nought or more."), code="count")]
