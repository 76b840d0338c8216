"""Making PDF reports with WeasyPrint: the print page itself, fetched from the application inside.

Nothing is fetched from anywhere: the one style sheet comes from the application, all else is
refused. One document is set at a time on a machine, however many are asked for.
"""

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, url_for

from market.domain import reports
from market.extensions import db
from market.logs import log

_ASSET = re.compile(r"/assets/[0-9a-f]{12}/css/report\.css")


class PageMissing(RuntimeError):
    """The print page cannot be shown, e.g. because the version was never public."""


@cache
def has_libraries() -> bool:
    """Whether WeasyPrint finds Pango and the others on this machine."""
    try:
        import weasyprint  # noqa: F401  # lazy: loads native libraries, in the child process only
    except (ImportError, OSError) as error:
        log.warning("no PDF here", error=str(error)[:200])
        return False
    return True


def make(report_id: str, *, let_go: bool = False) -> dict[str, Any]:
    """Make one document and keep it; where libraries are missing, say so instead.

    `let_go` ends the transaction while the document is set; the caller has written nothing before.
    """
    report = reports.find(report_id)
    disclosure_id, language = report.disclosure_id, report.language
    if not has_libraries():
        reports.failed(report_id, reports.NO_LIBRARIES)
        return {"failed": reports.NO_LIBRARIES}
    if let_go:
        db.session.rollback()
    with _one_at_a_time():
        began = perf_counter()
        html = _inside(_print_path(disclosure_id), language).decode("utf-8")
        pdf, pages = typeset(html, language)
        seconds = perf_counter() - began
    reports.made(report_id, pdf, pages=pages)
    return {"pages": pages, "bytes": len(pdf), "seconds": round(seconds, 2)}


def typeset(html: str, language: str) -> tuple[bytes, int]:
    """Return the PDF of a page and how many pages it has."""
    import weasyprint  # lazy: loads native libraries, in the child process only
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnStyleOnly(URLFetcher):
        """Serves our style sheet, refuses every other address."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            """Return the style sheet's bytes."""
            path = urlsplit(url).path
            if not _ASSET.fullmatch(path) or not url.startswith(_base_url()):
                raise ValueError(f"not fetched: {url[:100]}")
            return URLFetcherResponse(url, _inside(path, language), {"Content-Type": "text/css"})

    document = weasyprint.HTML(string=html, base_url=_base_url(), url_fetcher=OwnStyleOnly())
    laid_out = document.render()
    return laid_out.write_pdf(), len(laid_out.pages)


def _base_url() -> str:
    return str(current_app.config["SETTINGS"]["BASE_URL"])


def _print_path(disclosure_id: str) -> str:
    with current_app.test_request_context(base_url=_base_url()):
        return url_for("reports.print_view", disclosure_id=disclosure_id)


def _inside(path: str, language: str) -> bytes:
    """What the application answers a stranger; in a context of its own, which may only read."""
    return copy_context().run(_fetched, path, language)


def _fetched(path: str, language: str) -> bytes:
    browser = current_app.test_client()
    browser.set_cookie("lang", language, domain=str(urlsplit(_base_url()).hostname))
    with current_app.app_context():
        answer = browser.get(path, base_url=_base_url())
        if answer.status_code != 200:
            raise PageMissing(f"{path}: {answer.status_code}")
        return answer.get_data()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Wait for the machine's other documents: each takes a processor and 200 MB."""
    lock = Path(current_app.instance_path) / "reports.lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
