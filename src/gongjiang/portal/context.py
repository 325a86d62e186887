"""The shell around every page: who is signed in, what the header leads to, the demo's clock."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation
from gongjiang.kernel import clock
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.http import actor_of
from gongjiang.kernel.roles import ROLES
from gongjiang.portal.navigation import Link, links_for

IN_HEADER, IN_HEADER_ENGLISH = 6, 4  # so many entries stand side by side at 1,280 pixels; English words are longer


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the shell for templates."""
    return {"shell": Shell(request)}


class Shell:
    """What the header, the demo ribbon and the user menu show; each part is worked out only if a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def actor(self) -> Actor:
        return actor_of(self.request)

    @cached_property
    def nav(self) -> list[Link]:
        return links_for(self.request, self.actor)

    @property
    def _in_header(self) -> int:
        most = IN_HEADER if (get_language() or "").startswith("zh") else IN_HEADER_ENGLISH
        current = next((n for n, link in enumerate(self.nav) if link.current), 0)
        return most if current < most else most - 1  # the open page's name is longer than "more"

    @property
    def nav_first(self) -> list[Link]:
        """The entries that stand in the header of a wide window; the others stand under "more"."""
        return self.nav[: self._in_header]

    @property
    def nav_more(self) -> list[Link]:
        return self.nav[self._in_header :]

    @property
    def nav_more_current(self) -> Link | None:
        """The open page's entry, where it stands under "more"."""
        return next((link for link in self.nav_more if link.current), None)

    @property
    def name(self) -> str:
        """The person's name; empty for the public."""
        return self.actor.name if self.actor.is_signed_in else ""

    @property
    def role(self) -> str:
        """The roles held, in words."""
        between = "、" if (get_language() or "").startswith("zh") else ", "
        return between.join(str(label) for role, label in ROLES.items() if role in self.actor.roles)

    @cached_property
    def organisation(self) -> str:
        """The name of the organisation acted for; to the public, the service's."""
        if not self.actor.is_signed_in:
            return _("Public service of skill-level certification")
        names = Organisation.objects.filter(pk=self.actor.organisation_id or 0).values_list("name", flat=True)
        return next(iter(names), "")

    @property
    def home_url(self) -> str:
        return _url("home" if self.actor.is_signed_in else "public") or "/"

    @property
    def search_url(self) -> str:
        return _url("search") if self.actor.kind == "staff" else ""

    @property
    def sign_in_url(self) -> str:
        """The sign-in page; in the demo the page that offers one per role."""
        return (settings.DEMO and _url("demo")) or _url("account_login")

    @property
    def sign_out_url(self) -> str:
        return _url("account_logout")

    @property
    def user_links(self) -> list[tuple[str, str]]:
        """The person's own pages."""
        links = [
            (_("Messages to me"), _url("inbox")),
            (_("Second factor"), _url("mfa_index")),
            (_("Change the password"), _url("account_change_password")),
        ]
        return [(label, url) for label, url in links if url]

    @cached_property
    def demo(self) -> dict[str, str] | None:
        """The demo's clock in words and the address that moves it; None outside the demo."""
        if not settings.DEMO:
            return None
        now = clock.now()
        return {"clock": f"{now:%Y-%m-%d} {formats.date_format(now, 'D')} {now:%H:%M}", "url": _url("demo-clock")}


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
