"""The pool of experts: who is entered, what ties them, when they leave, and their accounts."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.actions import NewUser, add_user
from gongjiang.accounts.models import Organisation, User
from gongjiang.evaluation.expert_sheet import read_experts
from gongjiang.evaluation.models import Expert, ExpertField, Tie, TieKind
from gongjiang.evaluation.permissions import EXPERT, KEEPERS, require
from gongjiang.evaluation.reasons import reason_missing
from gongjiang.evaluation.rules_experts import ExpertSpec, wrong_with
from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.audit import Act
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.fields import blind_index
from gongjiang.kernel.refusal import Ground, Refused, refuse_if
from gongjiang.law.codes import normalise, parse_credit_code
from gongjiang.standards.models import Occupation

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PUBLIC_ID_LENGTH = 7
FIELDS = ("name", "employer", "employer_code", "title", "since", "until", "nda_since", "nda_until", "ethics_on")


@dataclass(frozen=True, slots=True)
class TieSpec:
    """What ties an expert to an organisation, known by its credit code; from ``until`` on no more, a staff member of
    then being one who was."""

    kind: str
    credit_code: str
    organisation_name: str
    note: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Entered:
    """How many experts are new, and how many were brought up to date."""

    added: int
    changed: int


@transaction.atomic
def enter_experts(*, actor: Actor, at: datetime, organisation: Organisation, specs: Sequence[ExpertSpec]) -> Entered:
    """Enter experts in an authority's pool, or bring those who stand there up to date; all of them or none.

    The same again changes nothing. Each gets a public id that tells nothing of the person.

    :raises NotAllowed: the pool isn't the actor's.
    :raises Refused: with everything that is wrong with every entry.
    """
    asked = _("Enter experts")
    require(actor, *KEEPERS, asked=asked, path=organisation.path, subject=organisation)
    today = at.astimezone(SHANGHAI).date()
    by_index = {blind_index(normalise(spec.identity).text): spec for spec in specs}
    held = Expert.everything.select_for_update().filter(organisation=organisation, identity_index__in=by_index)
    known = {each.identity_index: each for each in held}
    grounds = [ground for spec in specs for ground in wrong_with(spec, today)]
    if len(by_index) < len(specs):
        why = _("Somebody is named twice.")
        grounds.append(Ground(why, _("Put all occupations of a person into one entry."), code="twice"))
    refuse_if(asked, grounds, subject=organisation)
    added, changed = [], []
    for index, spec in by_index.items():
        expert = known.get(index)
        if expert is None:
            added.append(_enter(organisation, index, spec))
        elif _update(expert, spec):
            changed.append(expert)
    if added or changed:
        acts = [Act("expert.enter", each, {"new": True}, about=organisation) for each in added]
        acts += [Act("expert.enter", each, {"new": False}, about=organisation) for each in changed]
        audit.record_many(actor=actor, at=at, acts=acts)
    return Entered(len(added), len(changed))


@transaction.atomic
def import_experts(*, actor: Actor, at: datetime, organisation: Organisation, content: bytes) -> Entered:
    """Enter the experts of a sheet; all of them or none.

    :raises NotAllowed: the pool isn't the actor's.
    :raises SheetRefused: with every problem of every row.
    """
    require(actor, *KEEPERS, asked=_("Import experts"), path=organisation.path, subject=organisation)
    specs = read_experts(content, today=at.astimezone(SHANGHAI).date())
    return enter_experts(actor=actor, at=at, organisation=organisation, specs=specs)


@transaction.atomic
def set_fields(*, actor: Actor, at: datetime, expert: Expert, occupations: Sequence[Occupation]) -> Expert:
    """Set what an expert can judge.

    :raises NotAllowed: the pool isn't the actor's.
    :raises Refused: no occupation is named.
    """
    locked = _lock(expert, actor, asked := _("Set the expert's occupations"))
    if not occupations:
        why = _("No occupation is named that the expert can judge.")
        raise Refused(asked, [Ground(why, _("End the term instead."), code="occupations")], subject=locked)
    if _set_fields(locked, occupations):
        facts = {"occupations": sorted(each.code for each in occupations)}
        audit.record(actor=actor, action="expert.fields", subject=locked, at=at, facts=facts)
    return locked


@transaction.atomic
def declare_tie(*, actor: Actor, at: datetime, expert: Expert, tie: TieSpec) -> Tie:
    """Keep what ties an expert to an organisation; the expert declares it, or an officer of the pool enters it.

    :raises NotAllowed: the expert is somebody else, and the pool isn't the actor's.
    :raises Refused: the kind, the name or the credit code is wrong, or the end lies in the future.
    """
    asked = _("Declare a tie")
    own = actor.has(EXPERT) and actor.user_id is not None and expert.user_id == actor.user_id
    locked = Expert.everything.select_for_update().get(pk=expert.pk) if own else _lock(expert, actor, asked)
    code = normalise(tie.credit_code).text
    refuse_if(asked, _wrong_tie(tie, code, at.astimezone(SHANGHAI).date()), subject=locked)
    found, _made = Tie.objects.update_or_create(
        expert=locked,
        kind=tie.kind,
        credit_code=code,
        defaults={
            "organisation_name": tie.organisation_name.strip(),
            "note": tie.note.strip()[:200],
            "declared_at": at,
            "until": tie.until,
        },
    )
    facts = {"tie": found.pk, "kind": found.kind, "credit_code": code, "by_expert": own}
    audit.record(actor=actor, action="expert.tie", subject=locked, at=at, facts=facts)
    return found


@transaction.atomic
def end_expert(*, actor: Actor, at: datetime, expert: Expert, on: date, reason: str) -> Expert:
    """End an expert's term before its time, from a day on, with a reason.

    :raises NotAllowed: the pool isn't the actor's.
    :raises Refused: no reason is given, or the day doesn't lie within the term.
    """
    asked = _("End an expert's term")
    locked = _lock(expert, actor, asked)
    grounds = reason_missing(reason)
    if on <= locked.since or (locked.until is not None and on > locked.until):
        why = _("The day doesn't lie within the term.")
        grounds.append(Ground(why, _("Choose a day of the term after its first."), code="day"))
    refuse_if(asked, grounds, subject=locked)
    locked.until, locked.left_why = on, reason.strip()[:200]
    locked.save(update_fields=["until", "left_why"])
    audit.record(actor=actor, action="expert.end", subject=locked, at=at, facts={"until": on}, reason=locked.left_why)
    return locked


@transaction.atomic
def open_account(*, actor: Actor, at: datetime, expert: Expert, username: str, email: str = "") -> tuple[User, str]:
    """Open the expert's account and return it with its one-time password; it shows the own panels and tasks only.

    :raises NotAllowed: the pool isn't the actor's, or the role isn't the actor's to give.
    :raises Refused: there is an account, or the username is taken.
    """
    asked = _("Open an account")
    locked = _lock(expert, actor, asked)
    if locked.user_id is not None:
        why = _("The expert has an account.")
        raise Refused(asked, [Ground(why, _("Renew its sign-in on the staff pages."), code="account")], subject=locked)
    person = NewUser(username=username, display_name=locked.name, email=email)
    user, password = add_user(actor=actor, at=at, organisation=locked.organisation, role=EXPERT, person=person)
    locked.user = user
    locked.save(update_fields=["user"])
    audit.record(actor=actor, action="expert.account", subject=locked, at=at, facts={"user": user.pk})
    return user, password


def _lock(expert: Expert, actor: Actor, asked: str) -> Expert:
    locked: Expert = Expert.everything.select_for_update(of=("self",)).select_related("organisation").get(pk=expert.pk)
    require(actor, *KEEPERS, asked=asked, path=locked.organisation.path, subject=locked)
    return locked


def _enter(organisation: Organisation, index: str, spec: ExpertSpec) -> Expert:
    for _attempt in range(3):
        try:
            with transaction.atomic():
                expert: Expert = Expert.everything.create(
                    organisation=organisation,
                    public_id="E" + "".join(secrets.choice(ALPHABET) for _each in range(PUBLIC_ID_LENGTH)),
                    identity=normalise(spec.identity).text,
                    identity_index=index,
                    **_values(spec),
                )
                break
        except IntegrityError:
            continue
    else:
        raise RuntimeError("no free public id was found")
    _set_fields(expert, spec.occupations)
    return expert


def _update(expert: Expert, spec: ExpertSpec) -> bool:
    values = _values(spec)
    changed = any(getattr(expert, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(expert, name, value)
    if changed:
        expert.save(update_fields=list(values))
    return _set_fields(expert, spec.occupations) or changed


def _values(spec: ExpertSpec) -> dict[str, object]:
    values = {name: getattr(spec, name) for name in FIELDS}
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


def _set_fields(expert: Expert, occupations: Sequence[Occupation]) -> bool:
    wanted = {each.pk for each in occupations}
    held = set(expert.fields.values_list("occupation_id", flat=True))
    expert.fields.exclude(occupation__in=wanted).delete()
    ExpertField.objects.bulk_create(ExpertField(expert=expert, occupation_id=pk) for pk in sorted(wanted - held))
    return wanted != held


def _wrong_tie(tie: TieSpec, code: str, today: date) -> list[Ground]:
    grounds = []
    if tie.kind not in TieKind.values:
        grounds.append(Ground(_("There's no such kind of tie."), _("Choose one of the list."), code="kind"))
    if not parse_credit_code(code).valid:
        why = _("The credit code is wrong.")
        grounds.append(Ground(why, _("Compare it with the business licence."), code="credit_code"))
    if not 0 < len(tie.organisation_name.strip()) <= 100:
        why = _("The organisation's name is missing or too long.")
        grounds.append(Ground(why, _("Write it as on the business licence."), code="organisation_name"))
    if tie.until is not None and tie.until > today:
        why = _("The tie's end lies in the future.")
        grounds.append(Ground(why, _("Leave the end empty while the tie lasts."), code="until"))
    return grounds
