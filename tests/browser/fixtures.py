"""A real browser at a real site; without Chromium these tests say so and are skipped.

A plugin of tests/conftest.py, so that browser tests and journeys share one browser and one site.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.site import Site, running_site
from tests.browser.visitor import CHROMIUM, FLAGS, Visitor, Visitors


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in these two folders is a browser test."""
    for item in items:
        if "tests/browser" in item.nodeid or "tests/journeys" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all tests; each makes its own people."""
    with running_site(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture
def visitor(chromium: Browser, site: Site) -> Iterator[Visitors]:
    """Make visitors, each with a browser window of their own."""
    contexts: list[BrowserContext] = []

    def arrive(*, language: str = "zh") -> Visitor:
        locale = "zh-CN" if language == "zh" else "en-GB"
        context = chromium.new_context(locale=locale, viewport={"width": 1280, "height": 860})
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visitor(context, site)

    yield arrive
    for context in contexts:
        context.close()
