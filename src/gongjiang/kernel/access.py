"""Who may open a page, by role: the one guard of every page. Apps take it as ``accounts.permissions.requires``."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.http import actor_of
from gongjiang.kernel.refusal import Ground, NotAllowed
from gongjiang.kernel.workflow import role_label

View = Callable[..., HttpResponse]


def requires(*roles: str) -> Callable[[View], View]:
    """Open a view to holders of one of the roles; strangers are asked to sign in.

    :raises NotAllowed: inside the view's call, for someone signed in without any of the roles.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = actor_of(request)
            if not actor.is_signed_in:
                return redirect_to_login(request.get_full_path())
            if not actor.has(*roles):
                raise NotAllowed(_("Open this page"), [wrong_role(roles)])
            return view(request, *args, **kwargs)

        guarded.required_roles = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return wrap


def opens(actor: Actor, url: str) -> bool:
    """Say whether the actor's roles open the page at an address of this site: no link is shown to a closed door."""
    path = url.partition("#")[0].partition("?")[0]
    if not path:
        return True  # a place on the same page
    try:
        view = resolve(path).func
    except Resolver404:
        return True  # no door that is known to be closed
    roles = getattr(view, "required_roles", None)
    return roles is None or actor.has(*roles)


def opened(actor: Actor, url_name: str, *args: Any) -> str:
    """Return the address of a named page; empty where the actor's roles don't open it."""
    url = reverse(url_name, args=args)
    return url if opens(actor, url) else ""


def wrong_role(roles: tuple[str, ...]) -> Ground:
    """Return the ground that the page is for other roles."""
    way = _("It is open to: %(roles)s.") % {"roles": ", ".join(map(role_label, roles))}
    return Ground(_("Your role doesn't include this page."), way, code="wrong-role")
