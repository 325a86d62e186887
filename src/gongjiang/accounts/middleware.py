"""Put the actor on every request, and hold staff without an own password or a second factor at the door."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from gongjiang.accounts.queries import actor_for, nobody
from gongjiang.kernel import clock
from gongjiang.kernel.actor import Actor

OPEN_AT_THE_DOOR = ("/account/", "/static/", "/i18n/")


class ActorMiddleware:
    """Sets ``request.actor``, ``request.now`` and ``request.today``, read once a request from the platform's clock."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = clock.now()  # type: ignore[attr-defined]
        request.today = request.now.date()  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: self._actor(request))  # type: ignore[attr-defined]
        first = self._still_to_do(request)
        return redirect(first) if first else self.get_response(request)

    def _actor(self, request: HttpRequest) -> Actor:
        if not request.user.is_authenticated:
            return nobody()
        return actor_for(request.user, on=request.today, organisation_id=request.session.get("organisation_id"))  # type: ignore[attr-defined]

    def _still_to_do(self, request: HttpRequest) -> str:
        """Return the name of the page where the user first chooses an own password, then a second factor."""
        if request.path.startswith(OPEN_AT_THE_DOOR) or not request.user.is_authenticated:
            return ""
        if request.user.must_change_password:
            return "account_change_password"
        if settings.REQUIRE_SECOND_FACTOR and not request.user.person_key and not is_mfa_enabled(request.user):
            return "mfa_activate_totp"
        return ""
