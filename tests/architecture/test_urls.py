"""Every address has a row in the role × URL table, and every row an address.

A row of role_url.toml is ``"url name" = ["role", …]``, or ``"public"`` (anyone), ``"signed in"`` (any role), ``"demo"``
(anyone, in demo mode only). Whether the answers agree with the table is tested role by role in tests/journeys.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from gongjiang.kernel.roles import ROLES

TABLE = Path(__file__).with_name("role_url.toml")
OPEN_TO = {"public", "signed in", "demo"}


def table() -> dict[str, str | list[str]]:
    """Return the table: URL name → who may open it."""
    return dict(tomllib.loads(TABLE.read_text())["urls"])


def names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """Yield the full name of every pattern; a pattern without a name yields its route."""
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield f"{namespace}{each.name}" if each.name else f"unnamed: {each.pattern}"
        else:
            yield from names(each, f"{namespace}{each.namespace}:" if each.namespace else namespace)


def test_every_address_has_a_row() -> None:
    lacking = sorted(set(names(get_resolver("gongjiang.config.urls"))) - set(table()))
    assert lacking == [], "\n".join(lacking)


def test_every_row_has_an_address() -> None:
    assert sorted(set(table()) - set(names(get_resolver("gongjiang.config.urls")))) == []


def test_the_table_names_roles_that_exist() -> None:
    words = {name: {who} - OPEN_TO for name, who in table().items() if isinstance(who, str)}
    lists = {name: set(who) - set(ROLES) for name, who in table().items() if isinstance(who, list)}
    assert {name: unknown for name, unknown in {**words, **lists}.items() if unknown} == {}
    assert [name for name, who in table().items() if not who] == []
