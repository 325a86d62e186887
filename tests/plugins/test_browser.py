"""The fence around the browser holds, and axe finds faults without a network."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page
from tests.plugins.browser import DESKTOP, open_page

pytestmark = pytest.mark.browser


def test_a_request_that_leaves_the_machine_is_stopped_and_noted(browser: Browser) -> None:
    asked: list[str] = []
    for page in open_page(browser, asked, DESKTOP):
        page.set_content('<img src="http://203.0.113.7/x.png" alt=""><img src="data:," alt="">')
        page.wait_for_timeout(200)
    assert asked == ["http://203.0.113.7/x.png"]


def test_axe_names_a_picture_without_words(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.set_content('<html lang="zh"><title>t</title><main><h1>h</h1><img src="data:,"></main></html>')
    assert [line.split(":")[0] for line in axe(page)] == ["image-alt"]


def test_axe_passes_a_plain_page(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.set_content('<html lang="zh"><title>t</title><main><h1>h</h1></main></html>')
    assert axe(page) == []
