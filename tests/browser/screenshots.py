"""`python -m tests.browser.screenshots`: pictures of the sample market for README.md.

Builds the sample market in a temporary folder, trains, serves it on loopback, and writes
docs/screenshots/*.png.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.servers import serving
from market.sample.parties import PASSWORD, mail_of

_CHROMIUM = "/usr/bin/chromium"
_FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-quic", "--no-first-run"]
_FOLDER = Path("docs/screenshots")
_PROMOTE = ["model", "promote", "newest", "--as", mail_of("operator"), "--reason", "示例"]


@dataclass(frozen=True)
class Shot:
    """One picture: who looks at which page; `follow` is a link to click first."""

    name: str
    path: str
    account: str = ""
    language: str = "zh"
    width: int = 1280
    theme: str = "light"
    follow: str = ""


SHOTS = (
    Shot("front-zh", "/"),
    Shot("front-en-dark", "/", language="en", theme="dark"),
    Shot("products-zh", "/products"),
    Shot("market-zh", "/market"),
    Shot("need-zh", "/needs/mine", "enterprise", follow="main .card a"),
    Shot("disclosure-zh", "/disclosures", follow="main tbody a"),
    Shot("product-needs-en", "/products/mine", "institution", "en", follow="main a[href$=needs]"),
    Shot("events-phone-zh", "/events", width=360),
)


def main() -> int:
    """Take them all."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"TANQIAO_INSTANCE": folder, "TANQIAO_LOG_LEVEL": "WARNING"}
        for command in (["db", "upgrade"], ["sample", "build"], ["train"], _PROMOTE):
            subprocess.run(
                [sys.executable, "-m", "flask", "--app", "wsgi", *command],
                env={**os.environ, **environment},
                check=True,
                stdout=subprocess.DEVNULL,
            )
        with serving("wsgi:app", environment) as server, _browser() as browser:
            for shot in SHOTS:
                _take(browser, f"http://127.0.0.1:{server.port}", shot)
    return 0


@contextmanager
def _browser() -> Iterator[Any]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


def _take(browser: Any, base: str, shot: Shot) -> None:
    context = browser.new_context(
        viewport={"width": shot.width, "height": 860},
        color_scheme=shot.theme,
        locale="zh-CN" if shot.language == "zh" else "en-US",
    )
    page: Page = context.new_page()
    if shot.account:
        page.goto(f"{base}/account/login")
        page.fill("[name=email]", mail_of(shot.account))
        page.fill("[name=password]", PASSWORD)
        page.click("main form button.btn-primary")
        page.goto(f"{base}/language/{shot.language}")
    page.goto(base + shot.path)
    if shot.follow:
        page.locator(shot.follow).first.click()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(800)
    _FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(_FOLDER / f"{shot.name}.png"))
    print(f"{shot.name}: {page.url.removeprefix(base)}")
    context.close()


if __name__ == "__main__":
    sys.exit(main())
