"""Staff as the parts of a page show them."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.accounts.models import RoleAssignment, User
from gongjiang.kernel.parts import Cell, Column, Row, Table
from gongjiang.kernel.workflow import role_label


def users_table(users: Iterable[User], roles: dict[int, list[RoleAssignment]], today: date) -> Table:
    """Return accounts with the roles that hold today; ``roles`` are given by user id."""
    rows = []
    for user in users:
        held = [each for each in roles.get(user.pk, []) if holds(each, today)]
        rows.append(
            Row(
                (
                    Cell(str(user), sub=user.username, url=reverse("user", args=[user.pk])),
                    Cell(
                        _join(role_label(each.role) for each in held),
                        sub=_join(str(each.organisation) for each in held),
                    ),
                    user.last_login.date() if user.last_login else _("never"),
                    Cell(_("In use"), state="ok") if held else Cell(_("No role"), state="na"),
                )
            )
        )
    columns = (Column(_("Name")), Column(_("Roles")), Column(_("Last sign-in")), Column(_("Account")))
    return Table(_("Staff accounts"), columns, tuple(rows), empty=_("Nobody yet. Open the first account."))


def roles_table(assignments: Iterable[RoleAssignment], today: date, may_end: set[int]) -> Table:
    """Return somebody's roles, past and present, each with a link to end it where the reader may."""
    rows = []
    for each in assignments:
        now = holds(each, today)
        url = reverse("role-end", args=[each.pk]) if now and each.pk in may_end else ""
        rows.append(
            Row(
                (
                    Cell(role_label(each.role), sub=str(each.organisation)),
                    each.since,
                    each.until or _("no end"),
                    Cell(_("End it"), url=url)
                    if url
                    else Cell(_("Holds"), state="ok")
                    if now
                    else Cell(_("Over"), state="na"),
                )
            )
        )
    columns = (Column(_("Role")), Column(_("Since")), Column(_("Until")), Column(_("Standing")))
    return Table(_("Roles"), columns, tuple(rows), empty=_("No role."))


def holds(assignment: RoleAssignment, today: date) -> bool:
    """Say whether the role holds on the day."""
    return assignment.since <= today and (assignment.until is None or assignment.until > today)


def _join(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))
