"""Put the actor on every request, and hold staff without a second factor at the door."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from gongjiang.accounts.queries import actor_for, nobody
from gongjiang.kernel import clock
from gongjiang.kernel.actor import Actor

OPEN_WITHOUT_SECOND_FACTOR = ("/account/", "/static/", "/i18n/")


class ActorMiddleware:
    """Sets ``request.actor``, and ``request.now`` and ``request.today`` read once a request from the platform's clock."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = clock.now()  # type: ignore[attr-defined]
        request.today = request.now.date()  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: self._actor(request))  # type: ignore[attr-defined]
        if self._lacks_second_factor(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _actor(self, request: HttpRequest) -> Actor:
        if not request.user.is_authenticated:
            return nobody()
        return actor_for(request.user, on=request.today, organisation_id=request.session.get("organisation_id"))  # type: ignore[attr-defined]

    def _lacks_second_factor(self, request: HttpRequest) -> bool:
        if not settings.REQUIRE_SECOND_FACTOR or request.path.startswith(OPEN_WITHOUT_SECOND_FACTOR):
            return False
        user = request.user
        return bool(user.is_authenticated and not user.person_key and not is_mfa_enabled(user))
