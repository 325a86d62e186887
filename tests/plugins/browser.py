"""A real browser for pages, fenced in: no request may leave the machine."""

import os
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright
from tests.plugins.left_out import chromium

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
LOCAL = {"127.0.0.1", "localhost", "[::1]", "::1", "testserver"}
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, started once a worker."""
    # Playwright's event loop lives in this thread, so Django would take every query for an unsafe one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=FLAGS, headless=True)
        yield started
        started.close()


@pytest.fixture
def no_outside_requests() -> Iterator[list[str]]:
    """Addresses outside this machine that a page asked for: the test fails if there is any."""
    asked: list[str] = []
    yield asked
    assert asked == [], f"requests that leave the machine: {asked}"


def fence(context: BrowserContext, asked: list[str]) -> BrowserContext:
    """Stop and note every request that isn't for this machine."""

    def judge(route: Route) -> None:
        parts = urlsplit(route.request.url)
        if parts.scheme in {"data", "blob", "about"} or parts.hostname in LOCAL:
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    context.route("**/*", judge)
    return context


def open_page(browser: Browser, asked: list[str], viewport: dict[str, int], **options: object) -> Iterator[Page]:
    """Yield a page in a context of its own; errors of its scripts fail the test."""
    context = browser.new_context(viewport=viewport, locale="zh-CN", **options)  # type: ignore[arg-type]
    page = fence(context, asked).new_page()
    page.set_default_timeout(15_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == [], f"errors in the page's scripts: {errors}"


@pytest.fixture
def page(browser: Browser, no_outside_requests: list[str]) -> Iterator[Page]:
    """A page at desktop width."""
    yield from open_page(browser, no_outside_requests, DESKTOP)


@pytest.fixture
def phone_page(browser: Browser, no_outside_requests: list[str]) -> Iterator[Page]:
    """A page at the width of a small phone."""
    yield from open_page(browser, no_outside_requests, PHONE, is_mobile=True, has_touch=True)


@pytest.fixture
def plain_page(browser: Browser, no_outside_requests: list[str]) -> Iterator[Page]:
    """A page without JavaScript."""
    yield from open_page(browser, no_outside_requests, DESKTOP, java_script_enabled=False)


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Return a check for accessibility: ``axe(page)`` lists what axe finds wrong, one line a rule and element."""

    def check(page: Page) -> list[str]:
        found = Axe().run(page).response["violations"]
        return [f"{rule['id']}: {rule['help']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]

    return check


@pytest.fixture
def sign_in_browser(live_server: object) -> Callable[[Page, object], None]:
    """Return a way to sign a user in without the form: ``sign_in_browser(page, user)``."""
    from django.conf import settings
    from django.test import Client

    def sign_in(page: Page, user: object) -> None:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url}]  # type: ignore[attr-defined]
        )

    return sign_in
