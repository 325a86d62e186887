"""What a request says of where it comes from; nothing of it is believed unless a trusted proxy wrote it."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

from gongjiang.kernel.actor import PUBLIC, Actor


def actor_of(request: HttpRequest) -> Actor:
    """Return who the accounts middleware found; the public if nobody signed in."""
    return getattr(request, "actor", PUBLIC)


def client_address(request: HttpRequest) -> str:
    """Return the client's address: the peer's, or behind ``TRUSTED_PROXIES`` the nearest one that none of them wrote.

    A forwarding header sent by anybody else is ignored, so that a limit per address can't be walked around.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    trusted = _networks(tuple(settings.TRUSTED_PROXIES))
    if not _within(peer, trusted):
        return peer
    forwarded: str = request.META.get("HTTP_X_FORWARDED_FOR", "")
    hops: list[str] = [part.strip() for part in forwarded.split(",") if part.strip()]
    for hop in reversed(hops):
        if _parse(hop) is None:
            return peer
        if not _within(hop, trusted):
            return hop
    return peer


@lru_cache(maxsize=8)
def _networks(proxies: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(proxy, strict=False) for proxy in proxies)


def _parse(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _within(text: str, networks: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    address = _parse(text)
    return address is not None and any(address in network for network in networks)
