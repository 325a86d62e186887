"""What is done to accounts: open one, give and end roles, renew a lost sign-in, choose an own password."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjiang.accounts import permissions, queries_staff
from gongjiang.accounts.models import Organisation, RoleAssignment, User
from gongjiang.accounts.passwords import one_time_password
from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, NotAllowed, Refused
from gongjiang.kernel.workflow import role_label


@dataclass(frozen=True, slots=True)
class NewUser:
    """Whose account is opened; the username is for signing in, the name for timelines."""

    username: str
    display_name: str
    email: str = ""


@transaction.atomic
def add_user(*, actor: Actor, at: datetime, organisation: Organisation, role: str, person: NewUser) -> tuple[User, str]:
    """Open an account with one role and return it with its one-time password, which is kept nowhere.

    :raises NotAllowed: the role, or the organisation, isn't the actor's to give.
    :raises Refused: the username is taken.
    """
    asked = _("Open an account")
    _require_may_give(asked, "account.add", actor, role, organisation)
    password = one_time_password()
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                username=person.username,
                password=password,
                email=person.email,
                display_name=person.display_name,
                must_change_password=True,
            )
    except IntegrityError:
        why, way = _("This username is taken."), _("Choose another one.")
        raise Refused(asked, [Ground(why, way, code="username-taken")], action="account.add") from None
    RoleAssignment.objects.create(user=user, organisation=organisation, role=role, since=at.date())
    facts = {"role": role, "organisation": organisation.pk}
    audit.record(actor=actor, action="account.add", subject=user, at=at, facts=facts, about=organisation)
    return user, password


@transaction.atomic
def give_role(*, actor: Actor, at: datetime, user: User, organisation: Organisation, role: str) -> RoleAssignment:
    """Give somebody a role from the day on, without an end; a role held already stays as it is.

    :raises NotAllowed: the role isn't the actor's to give, or it is for the actor.
    """
    asked = _("Give a role")
    _require_someone_else(asked, "account.give_role", actor, user)
    _require_may_give(asked, "account.give_role", actor, role, organisation)
    if user.person_key:
        why, way = _("This is a candidate's account."), _("Open an account of their own for staff.")
        raise NotAllowed(asked, [Ground(why, way, code="candidate")], action="account.give_role")
    locked = User.objects.select_for_update().get(pk=user.pk)
    held = queries_staff.open_assignments(locked, on=at.date()).filter(organisation=organisation, role=role).first()
    if held is not None:
        return held
    given, _made = RoleAssignment.objects.update_or_create(
        user=locked, organisation=organisation, role=role, since=at.date(), defaults={"until": None}
    )
    facts = {"role": role, "organisation": organisation.pk}
    audit.record(actor=actor, action="account.give_role", subject=locked, at=at, facts=facts, about=organisation)
    return given


@transaction.atomic
def end_role(*, actor: Actor, at: datetime, assignment: RoleAssignment, reason: str) -> RoleAssignment:
    """End a role at once: from the day on it isn't held. Ended before, it stays as it was.

    :raises NotAllowed: the role isn't the actor's to end, or it is the actor's own.
    """
    asked = _("End a role")
    _require_someone_else(asked, "account.end_role", actor, assignment.user)
    _require_may_give(asked, "account.end_role", actor, assignment.role, assignment.organisation)
    locked = RoleAssignment.objects.select_for_update().get(pk=assignment.pk)
    if locked.until is not None and locked.until <= at.date():
        return locked
    locked.until = max(at.date(), locked.since)
    locked.save(update_fields=["until"])
    audit.record(
        actor=actor,
        action="account.end_role",
        subject=assignment.user,
        at=at,
        reason=reason,
        facts={"role": locked.role, "organisation": locked.organisation_id, "until": locked.until},
        about=assignment.organisation,
    )
    return locked


@transaction.atomic
def renew_sign_in(*, actor: Actor, at: datetime, user: User, reason: str) -> str:
    """Take away a lost password and second factor, close the sessions, and return a new one-time password.

    :raises NotAllowed: it is the actor's own account, or its holder has a role that the actor couldn't give.
    """
    asked = _("Renew somebody's sign-in")
    _require_someone_else(asked, "account.renew_sign_in", actor, user)
    locked = User.objects.select_for_update().get(pk=user.pk)
    held = [(each.role, each.organisation) for each in queries_staff.open_assignments(locked, on=at.date())]
    path = queries_staff.own_path(actor)
    if locked.person_key or not held or not permissions.may_give_all(actor, held, own_path=path):
        why = _("The account opens more than you answer for.")
        way = _("Ask the manager or officer who answers for all of its roles.")
        raise NotAllowed(asked, [Ground(why, way, code="beyond-own-roles")], action="account.renew_sign_in")
    password = one_time_password()
    locked.set_password(password)
    locked.must_change_password = True
    locked.save(update_fields=["password", "must_change_password"])
    Authenticator.objects.filter(user=locked).delete()
    audit.record(actor=actor, action="account.renew_sign_in", subject=locked, at=at, reason=reason)
    return password


@transaction.atomic
def choose_password(*, actor: Actor, at: datetime, user: User, password: str) -> None:
    """Set the password that the holder of the account chose; a one-time password ends with it.

    :raises NotAllowed: it isn't the actor's own account.
    """
    if actor.user_id != user.pk:
        why, way = _("This isn't your account."), _("Its holder chooses the password.")
        raise NotAllowed(_("Change a password"), [Ground(why, way, code="not-own")], action="account.choose_password")
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    audit.record(actor=actor, action="account.choose_password", subject=user, at=at)


@transaction.atomic
def open_successor(*, actor: Actor, at: datetime, organisation: Organisation, role: str) -> Organisation:
    """Open an organisation beside the one that keeps an ended filing, and give it those who hold the role there."""
    successor = Organisation.objects.create(
        kind=organisation.kind, name=organisation.name, place_code=organisation.place_code, parent=organisation.parent
    )
    before = organisation.parent.path if organisation.parent else "/"
    successor.path = f"{before}{successor.pk}/"
    successor.save(update_fields=["path"])
    held = queries_staff.holders_of(organisation, role, on=at.date())
    RoleAssignment.objects.bulk_create(
        RoleAssignment(user=user, organisation=successor, role=role, since=at.date()) for user in held
    )
    facts = {"after": organisation.pk, "role": role, "users": [user.pk for user in held]}
    audit.record(actor=actor, action="organisation.succeed", subject=successor, at=at, facts=facts)
    return successor


def _require_may_give(asked: str, action: str, actor: Actor, role: str, organisation: Organisation) -> None:
    path = queries_staff.own_path(actor)
    if permissions.may_give(actor, role, organisation, own_path=path):
        return
    open_to = permissions.roles_to_give(actor, organisation, own_path=path)
    why = _("This role isn't yours to give or end.")
    way = _("Ask the authority or the manager who answers for it.")
    if open_to:
        way = _("Here you may give: %(roles)s.") % {"roles": ", ".join(map(role_label, open_to))}
    raise NotAllowed(asked, [Ground(why, way, code="role-not-yours")], action=action)


def _require_someone_else(asked: str, action: str, actor: Actor, user: User) -> None:
    if actor.user_id is not None and actor.user_id == user.pk:
        why = _("Nobody gives, ends or renews what is their own.")
        way = _("Ask a colleague who administers accounts.")
        raise NotAllowed(asked, [Ground(why, way, code="own-account")], action=action)


@transaction.atomic
def found_authority(*, actor: Actor, at: datetime, name: str, place_code: str, person: NewUser) -> tuple[User, str]:
    """Enter the province's department with its first approver, in a database where nobody holds a role yet.

    :raises NotAllowed: it isn't the platform itself that asks.
    :raises Refused: somebody holds a role already; accounts are opened on the staff pages then.
    """
    asked = _("Enter the first authority")
    if not actor.has("system"):
        why, way = _("Only the operator does this."), _("Run: gongjiang first-officer")
        raise NotAllowed(asked, [Ground(why, way, code="wrong-role")], action="account.found")
    if RoleAssignment.objects.exists():
        why, way = _("There are accounts with roles already."), _("Have their holders open yours on the staff pages.")
        raise Refused(asked, [Ground(why, way, code="founded")], action="account.found")
    organisation = Organisation.objects.create(kind="province", name=name, place_code=place_code)
    organisation.path = f"/{organisation.pk}/"
    organisation.save(update_fields=["path"])
    audit.record(actor=actor, action="account.found", subject=organisation, at=at, facts={"place": place_code})
    return add_user(actor=actor, at=at, organisation=organisation, role="provincial_approver", person=person)
