"""The staff pages: who has an account here, with which roles; managers and officers administer them."""

from collections import defaultdict

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gongjiang.accounts import actions, permissions, queries_staff, tables
from gongjiang.accounts.forms import NewUserForm, Place, ReasonForm, RoleForm
from gongjiang.accounts.models import RoleAssignment, User
from gongjiang.accounts.permissions import ADMINISTRATORS, requires
from gongjiang.kernel.parts import Act, Event
from gongjiang.kernel.timeline import timeline_for

PAGE = 30


@require_GET
@requires(*ADMINISTRATORS)
def user_list(request: HttpRequest) -> HttpResponse:
    """The staff of the reader's organisation and of those below it, with their roles of today."""
    page = Paginator(queries_staff.users_for(request.actor), PAGE).get_page(request.GET.get("page"))
    roles: dict[int, list[RoleAssignment]] = defaultdict(list)
    for each in queries_staff.assignments_for(request.actor).filter(user__in=[user.pk for user in page]):
        roles[each.user_id].append(each)
    count = page.paginator.count
    context = {
        "page": page,
        "position": ngettext("%(n)s account answers to you", "%(n)s accounts answer to you", count) % {"n": count},
        "table": tables.users_table(page, roles, request.today),
        "acts": [Act(_("Open an account"), reverse("user-new"), look="primary", icon="plus")],
    }
    return render(request, "accounts/user_list.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(*ADMINISTRATORS)
def user_new(request: HttpRequest) -> HttpResponse:
    """Open an account; its one-time password is shown in this answer and never again."""
    form = NewUserForm(_places(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        user, password = actions.add_user(actor=request.actor, at=request.now, person=form.person(), **form.chosen())
        return _password_shown(request, user, password)
    return render(request, "accounts/user_new.html", {"form": form})


@require_GET
@requires(*ADMINISTRATORS)
def user_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody's roles, what may be done about them, and what was done."""
    user = _user(request, pk)
    found = list(queries_staff.assignments_for(request.actor).filter(user=user))
    path = queries_staff.own_path(request.actor)
    own = request.actor.user_id == user.pk
    may_end = {
        each.pk
        for each in found
        if not own and permissions.may_give(request.actor, each.role, each.organisation, own_path=path)
    }
    events = [Event(item.at, item.what, item.who, item.why, item.cites, item.kind) for item in timeline_for(user)]
    context = {
        "user_shown": user,
        "table": tables.roles_table(found, request.today, may_end),
        "form": None if own else RoleForm(_places(request)),
        "next": [] if own else [Act(_("Renew the sign-in"), reverse("user-renew", args=[user.pk]), icon="key")],
        "events": events,
    }
    return render(request, "accounts/user.html", context)


@require_http_methods(["POST"])
@requires(*ADMINISTRATORS)
def role_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody one more role."""
    user = _user(request, pk)
    form = RoleForm(_places(request), request.POST)
    if form.is_valid():
        actions.give_role(actor=request.actor, at=request.now, user=user, **form.chosen())
        messages.success(request, _("%(name)s holds the role from today on.") % {"name": user})
    else:
        messages.error(request, _("This role isn't yours to give or end."))
    return redirect("user", pk=user.pk)


@require_http_methods(["GET", "POST"])
@requires(*ADMINISTRATORS)
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role at once, with the reason."""
    assignment = queries_staff.assignments_for(request.actor).filter(pk=pk).first()
    if assignment is None:
        raise Http404(pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end_role(actor=request.actor, at=request.now, assignment=assignment, **form.cleaned_data)
        messages.success(request, _("The role has ended; what it opened is closed at once."))
        return redirect("user", pk=assignment.user_id)
    return render(request, "accounts/role_end.html", {"assignment": assignment, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
@requires(*ADMINISTRATORS)
def user_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Replace a lost password and second factor by a one-time password, shown once."""
    user = _user(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = actions.renew_sign_in(actor=request.actor, at=request.now, user=user, **form.cleaned_data)
        return _password_shown(request, user, password)
    return render(request, "accounts/user_renew.html", {"user_shown": user, "form": form})


def _password_shown(request: HttpRequest, user: User, password: str) -> HttpResponse:
    """Show it in the answer to the post itself: a redirect would have to keep it somewhere."""
    return render(request, "accounts/password_once.html", {"user_shown": user, "password": password})


def _places(request: HttpRequest) -> list[Place]:
    path = queries_staff.own_path(request.actor)
    found = [
        (each, permissions.roles_to_give(request.actor, each, own_path=path))
        for each in queries_staff.organisations_for(request.actor)
    ]
    return [(organisation, roles) for organisation, roles in found if roles]


def _user(request: HttpRequest, pk: int) -> User:
    try:
        return queries_staff.user_for(request.actor, pk)
    except User.DoesNotExist:
        raise Http404(pk) from None
