"""A visitor with a real browser, who looks at every page in four ways."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.browser.site import Site

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
_WIDTHS = (1280, 360)
_THEMES = ("light", "dark")
_AXE = Axe()
# A refused form is an answer of 422, and a browser writes every such answer to its console.
_USUAL = ("Failed to load resource: the server responded with a status of 4",)


class Visitor:
    """One person at one browser: goes to pages, fills forms by their labels, sees what is wrong."""

    def __init__(self, context: BrowserContext, site: Site) -> None:
        self.site, self.page = site, context.new_page()
        self.troubles: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))

    def _listen(self, message: Any) -> None:
        if message.type == "error" and not message.text.startswith(_USUAL):
            self.troubles.append(f"console: {message.text}")

    def go(self, path: str) -> Page:
        """Open a page and look at it."""
        self.page.goto(path if path.startswith("http") else self.site.url + path)
        return self.look()

    def fill(self, **typed: str) -> "Visitor":
        """Type into fields by name; choose where the field is a list."""
        for name, value in typed.items():
            field = self.page.locator(f"main [name='{name}']").first
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        return self

    def press(self, text: str) -> Page:
        """Press the button of the page's content that says this, and look at what follows."""
        self.page.locator("main").get_by_role("button", name=text, exact=True).first.click()
        self.page.wait_for_load_state("networkidle")
        return self.look()

    def sign_in(self, email: str, password: str) -> Page:
        """Sign in through the page."""
        self.page.goto(f"{self.site.url}/account/login")
        self.fill(email=email, password=password)
        self.page.locator("main form button.btn-primary").click()
        self.page.wait_for_load_state("networkidle")
        return self.page

    def speak(self, language: str) -> Page:
        """Switch the language; a person's own choice otherwise wins over the browser's."""
        self.page.goto(f"{self.site.url}/language/{language}")
        return self.page

    def look(self) -> Page:
        """Look at the page wide and narrow, in light and dark: accessible, complete, quiet."""
        self.page.wait_for_timeout(100)  # a click's navigation has begun by then
        self.page.wait_for_load_state("networkidle")
        before = self.page.viewport_size
        for width in _WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 860})
            for theme in _THEMES:
                self.page.evaluate("t => document.documentElement.dataset.bsTheme = t", theme)
                self._examine(f"{self.page.url} at {width} px, {theme}")
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{self.page.url} is {wide} px wide on a screen of {width} px"
        if before is not None:
            self.page.set_viewport_size(before)
        assert self.troubles == [], f"{self.page.url}: {self.troubles}"
        return self.page

    def _examine(self, where: str) -> None:
        self.page.evaluate("document.getAnimations().forEach(a => a.finish())")
        found = _AXE.run(self.page, options={"resultTypes": ["violations"]}).response["violations"]
        told = [f"{v['id']}: {n['html'][:160]}" for v in found for n in v["nodes"]]
        assert told == [], f"{where}: {told}"


Visitors = Callable[..., Visitor]
