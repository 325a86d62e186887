"""A link is shown only to whom the page behind it opens."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from gongjiang.kernel.access import opened, opens
from gongjiang.kernel.actor import Actor


def someone(role: str) -> Actor:
    return Actor(kind="staff", user_id=7, roles=frozenset({role}))


@pytest.mark.parametrize(
    ("url", "clerk", "officer"),
    [
        ("/settings/", False, True),
        ("/settings/?place=22#room", False, True),
        ("/experts/", False, True),
        ("/standards/", True, True),
        ("#papers", True, True),
        ("/no-such-page/", True, True),
    ],
)
def test_a_page_opens_by_the_readers_roles(url, clerk, officer):
    assert opens(someone("exam_clerk"), url) is clerk
    assert opens(someone("provincial_officer"), url) is officer


def test_a_closed_page_has_no_address():
    assert opened(someone("exam_clerk"), "settings") == ""
    assert opened(someone("provincial_officer"), "settings") == "/settings/"


@pytest.mark.parametrize(("role", "shown"), [("exam_clerk", ""), ("provincial_officer", "/settings/ yes")])
def test_a_template_asks_the_same(role, shown):
    request = RequestFactory().get("/")
    request.actor = someone(role)
    page = '{% opened_url "settings" as url %}{{ url }}{% opens "/settings/" as way %}{% if way %} yes{% endif %}'

    assert Template(page).render(Context({"request": request})) == shown
