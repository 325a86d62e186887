"""The shell around every page: header by role, language, the demo's ribbon, pages for what isn't there or can't be."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from tests.factories import make_organisation, make_user

from gongjiang.accounts.queries import actor_for
from gongjiang.kernel.actor import PUBLIC, Actor
from gongjiang.kernel.refusal import Ground, Refused
from gongjiang.law.model import Citation
from gongjiang.portal.context import Shell
from gongjiang.portal.navigation import NAVIGATION, NavItem, links_for, register

pytestmark = pytest.mark.django_db


def request_of(actor: Actor, path: str = "/design/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.actor = actor  # type: ignore[attr-defined]
    request.user = AnonymousUser()
    return request


@pytest.fixture
def clerk() -> Actor:
    body = make_organisation("body", "长春榫卯技能评价中心（样例）", "2201")
    return actor_for(make_user(body, "exam_clerk", name="丁卯春"), on=date(2026, 6, 1))


def test_shell_of_a_clerk(clerk: Actor) -> None:
    shell = Shell(request_of(clerk))
    assert (shell.name, shell.organisation) == ("丁卯春", "长春榫卯技能评价中心（样例）")
    with translation.override("en"):
        assert shell.role == "Exam clerk"


def test_shell_of_the_public_names_nobody() -> None:
    shell = Shell(request_of(PUBLIC))
    assert (shell.name, shell.search_url, shell.demo) == ("", "", None)


class TestNavigation:
    @pytest.fixture(autouse=True)
    def _own_registry(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gongjiang.portal.navigation.NAVIGATION", NAVIGATION.copy())
        register(
            NavItem("Style", "design", ("exam_clerk",), badge=lambda actor: len(actor.name)),
            NavItem("Gone", "no-such-page", ("exam_clerk", "public")),
            NavItem("Sign in", "account_login", ("public",)),
        )

    def test_roles_see_their_own_and_missing_pages_are_left_out(self, clerk: Actor) -> None:
        links = {link.label: link for link in links_for(request_of(clerk), clerk)}
        assert links["Style"].badge == 3
        assert links["Style"].current
        assert "Gone" not in links
        assert "Sign in" not in links

    def test_public_sees_the_publics(self) -> None:
        labels = [link.label for link in links_for(request_of(PUBLIC, "/account/login/"), PUBLIC)]
        assert "Sign in" in labels
        assert "Style" not in labels

    def test_six_stand_in_the_header(self, clerk: Actor) -> None:
        shell = Shell(request_of(clerk, reverse("batch-list")))
        assert (len(shell.nav_first), shell.nav_more_current) == (6, None)

    def test_the_open_one_names_the_rest_and_takes_the_place_of_one(self, clerk: Actor) -> None:
        shell = Shell(request_of(clerk))
        labels = [link.label for link in shell.nav]
        assert [link.label for link in shell.nav_first + shell.nav_more] == labels
        assert (len(shell.nav_first), len(labels) > 6) == (5, True)
        assert shell.nav_more_current is not None
        assert shell.nav_more_current.label == "Style"

    def test_registering_again_replaces(self) -> None:
        from gongjiang.portal import navigation

        before = len(navigation.NAVIGATION)
        register(NavItem("Style, renamed", "design", ("exam_clerk",)))
        assert len(navigation.NAVIGATION) == before
        assert "Style, renamed" in [str(item.label) for item in navigation.NAVIGATION]


def test_language_switch_changes_the_page_and_comes_back(client: Client) -> None:
    response = client.post("/i18n/setlang/", {"language": "en", "next": "/design/?theme=dark"})
    assert response.headers["Location"] == "/design/?theme=dark"
    page = client.get("/design/").content.decode()
    assert '<html lang="en"' in page
    assert "中文" in page


def test_switch_doesnt_lead_away(client: Client) -> None:
    response = client.post("/i18n/setlang/", {"language": "en", "next": "https://example.org/"})
    assert response.headers["Location"] == "/"


def test_address_without_a_page(client: Client) -> None:
    response = client.get("/no-such-page/", headers={"accept-language": "en"})
    assert response.status_code == 404
    assert "There is nothing here for you" in response.content.decode()


def test_old_form_is_told_in_our_words() -> None:
    response = Client(enforce_csrf_checks=True).post("/i18n/setlang/", {"language": "en"})
    assert response.status_code == 403
    assert "没有任何改动" in response.content.decode()


def test_refusal_page_says_why_by_which_article_and_the_way_on() -> None:
    cite = Citation.parse("JL-2024-5§25")
    refused = Refused("签发证书", [Ground("公示还没有满", "等到 2026-06-24", (cite,), url="/x/")])
    with translation.override("zh-hans"):
        page = render_to_string("refusal.html", {"refused": refused}, request=request_of(PUBLIC))
    for words in ("签发证书", "公示还没有满", "等到 2026-06-24", cite.label, "怎样才可以", 'href="/x/"'):
        assert words in page


@pytest.mark.parametrize("path", ["/account/login/", "/account/signup/"])
def test_sign_in_stands_in_the_shell(client: Client, path: str) -> None:
    page = client.get(path, headers={"accept-language": "zh-hans"}).content.decode()
    assert 'class="brand"' in page
    assert "登录" in page


def test_demo_ribbon_only_in_the_demo(client: Client, settings: object) -> None:
    assert "演示时钟" not in client.get("/design/").content.decode()
    settings.DEMO = True  # type: ignore[attr-defined]
    assert "演示时钟" in client.get("/design/").content.decode()


def test_broken_server_page_needs_nothing() -> None:
    page = render_to_string("500.html", {})
    assert "没有保存" in page
    assert "Something broke" in page
