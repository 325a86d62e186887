"""The staff pages in Chromium: they fit a telephone, and axe finds nothing."""

import pytest
from tests.factories import make_organisation, make_tree, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize("width", ["page", "phone_page"])
def test_accounts_are_listed_opened_and_looked_at(request, width, live_server, sign_in_browser, axe):
    page = request.getfixturevalue(width)
    tree = make_tree()
    body = make_organisation("body", "样例榫卯", "2201", tree["changchun"])
    clerk = make_user(body, "exam_clerk", "scorer", name="戊辰夏")
    sign_in_browser(page, make_user(body, "body_manager", name="丁卯春"))
    for path in ("/staff/", "/staff/new/", f"/staff/{clerk.pk}/", f"/staff/{clerk.pk}/renew/"):
        page.goto(live_server.url + path)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        assert (path, axe(page)) == (path, [])
