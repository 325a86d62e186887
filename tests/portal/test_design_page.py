"""The style page: every part stands, in both languages, light and dark, on a phone, without JavaScript."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db
PARTS = settings.PACKAGE / "templates" / "parts"
# Parts of the shell that only appear signed in, in the demo, with messages, or on pages of their own.
ELSEWHERE = {"user_menu", "demo_ribbon", "messages"}
CITE = "吉人社规〔2024〕5号 第25条"


class Outline(HTMLParser):
    """What a page holds: ids, targets of pop-overs and labels, nested forms, inline handlers and scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.wanted: set[str] = set()
        self.wrong: list[str] = []
        self.forms = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if "id" in known:
            self.ids.append(known["id"])
        self.wanted |= {known[name] for name in ("popovertarget", "for", "aria-describedby") if name in known}
        self.wrong += [f"{tag} {name}" for name in known if name.startswith("on") or name == "style"]
        if tag == "script" and "src" not in known and known.get("type") != "application/json":
            self.wrong.append("inline script")
        if tag == "form":
            self.forms += 1
            if self.forms > 1:
                self.wrong.append("form in a form")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.forms -= 1


def get(client: Client, path: str = "/design/", language: str = "zh-hans") -> str:
    response = client.get(path, headers={"accept-language": language})
    assert response.status_code == 200
    return response.content.decode()


def test_page_is_sound(client: Client) -> None:
    outline = Outline(get(client))
    assert outline.wrong == []
    assert sorted(outline.ids) == sorted(set(outline.ids))
    assert {each for wanted in outline.wanted for each in wanted.split()} <= set(outline.ids)


def test_same_page_has_the_same_ids(client: Client) -> None:
    first, second = (Outline(get(client)).ids for _ in range(2))
    assert first == second


def test_every_part_is_shown(client: Client) -> None:
    from django.test.signals import template_rendered

    seen: set[str] = set()

    def note(sender: object, template: object, **_: object) -> None:
        seen.add(str(template.name))  # type: ignore[attr-defined]

    template_rendered.connect(note)
    try:
        get(client)
    finally:
        template_rendered.disconnect(note)
    missing = {path.stem for path in PARTS.glob("*.html") if f"parts/{path.name}" not in seen} - ELSEWHERE
    assert missing == set()


def test_chinese_page_speaks_chinese(client: Client) -> None:
    page = get(client)
    for words in (
        "剩 3 个工作日",
        "逾期 1 个工作日",
        "暂定",
        "怎样才可以",
        "怎样数出这一天",
        "吉人社规〔2024〕5号 第25条",
    ):
        assert words in page
    for words in ("working day", "What would make it possible"):
        assert words not in page


def test_english_page_speaks_english(client: Client) -> None:
    page = get(client, language="en")
    for words in ("3 working days left", "1 working day overdue", "Provisional", "JL-2024-5 art. 25"):
        assert words in page
    assert "第25条" not in page


def test_citation_opens_the_articles_own_words(client: Client) -> None:
    page = get(client)
    opened = re.search(
        r'popovertarget="(cite-\d+)">吉人社规〔2024〕5号 第25条</button><span class="pop" popover id="\1"', page
    )
    assert opened is not None
    assert "<mark>对成绩进行不少于5个工作日的公示</mark>" in page


def test_theme_is_held_only_where_asked(client: Client) -> None:
    assert 'data-bs-theme="dark"' in get(client, "/design/?theme=dark")
    for path in ("/design/", '/design/?theme="><b>'):
        assert "data-bs-theme" not in get(client, path)


def test_every_class_of_the_parts_is_in_the_theme() -> None:
    """A class that no rule knows is a part that looks like nothing: catches renames in one place only."""
    theme = (settings.PACKAGE / "static/gongjiang/theme.css").read_text(encoding="utf-8")
    known = set(re.findall(r"\.([a-zA-Z][\w-]*)", theme))
    used: set[str] = set()
    for path in Path(PARTS).glob("*.html"):
        for names in re.findall(r'class="([^"{}]*)"', path.read_text(encoding="utf-8")):
            used |= set(names.split())
    assert used - known == set()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
class TestInBrowser:
    def test_desktop(self, page, live_server, axe) -> None:
        page.goto(f"{live_server.url}/design/")
        assert axe(page) == []
        page.locator("button.cite:visible").first.click()
        assert page.locator(".pop:popover-open .law").first.is_visible()
        page.keyboard.press("Escape")
        assert page.locator(".pop:popover-open").count() == 0

    def test_dark(self, page, live_server, axe) -> None:
        page.goto(f"{live_server.url}/design/?theme=dark")
        assert axe(page) == []

    def test_phone_needs_no_sideways_scrolling(self, phone_page, live_server, axe) -> None:
        phone_page.goto(f"{live_server.url}/design/")
        assert phone_page.evaluate("document.documentElement.scrollWidth") == 360
        assert axe(phone_page) == []

    def test_deadline_opens_without_javascript(self, plain_page, live_server) -> None:
        plain_page.goto(f"{live_server.url}/design/")
        plain_page.locator("button.chip.near").first.click()
        assert plain_page.locator(".pop:popover-open .cal").first.is_visible()

    def test_keys_walk_the_queue(self, page, live_server) -> None:
        page.goto(f"{live_server.url}/design/")
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        assert page.evaluate("document.activeElement.closest('tr').className") == "over here"

    def test_table_filters_and_sorts_in_place(self, page, live_server) -> None:
        page.goto(f"{live_server.url}/design/")
        names = page.locator("table[data-local] tbody th")
        page.locator("table[data-local] thead th.n a").first.click()
        assert names.all_inner_texts() == ["乙丑宁", "辛未明", "甲子安"]
        page.locator("[data-filter]").fill("辛未")
        assert page.locator("table[data-local] tbody tr:visible").count() == 1

    def test_masked_number_is_shown_in_place_for_a_purpose(self, page, live_server) -> None:
        asked: list[str] = []

        def answer(route) -> None:
            asked.append(route.request.post_data or "")
            route.fulfill(json={"value": "sample-number"})

        page.goto(f"{live_server.url}/design/")
        page.route("**/design/", lambda route: answer(route) if route.request.method == "POST" else route.continue_())
        page.locator("#table button.link").first.click()
        page.locator(".pop:popover-open input[name=purpose]").fill("identity check")
        page.locator(".pop:popover-open button.pri").click()
        page.get_by_text("sample-number").wait_for()
        assert "identity check" in asked[0]
        assert page.locator(".pop:popover-open").count() == 0
