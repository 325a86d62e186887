"""Sign-in by allauth: staff accounts are made by their organisation, never by registering."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from gongjiang.accounts import actions
from gongjiang.accounts.queries import actor_for
from gongjiang.kernel import clock
from gongjiang.kernel.http import client_address


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes public registration; believes no forwarding header but a trusted proxy's; records a change of password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Keep the username that was chosen."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try, for the account and for the address; past the limit the answer is that of a locked account."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            request.axes_locked_out = True  # type: ignore[attr-defined]
            raise

    def set_password(self, user: Any, password: str) -> None:
        """Also after a link sent by mail, where nobody is signed in yet: the holder of the account acts."""
        now = clock.now()
        actions.choose_password(actor=actor_for(user, on=now.date()), at=now, user=user, password=password)
