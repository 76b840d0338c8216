"""A whole site of its own: database, web server, scheduler and a mail server that keeps mails."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from market import catalogues, create_app
from market.database import set_may_write
from market.extensions import db
from market.settings import ROOT
from tests import databases
from tests.mail_server import Mailbox, free_port, mail_server

_PATIENCE = 90.0  # seconds; the machine may be shared


@dataclass(frozen=True)
class Site:
    """A running site; `app` is an application of the test's own on the same database."""

    url: str
    app: Flask
    mailbox: Mailbox

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Act as the factories do; what was made is committed at the end."""
        set_may_write(True)
        with self.app.app_context():
            yield
            db.session.commit()

    def link_for(self, recipient: str, subject: str) -> str:
        """The first link in a mail."""
        found = re.search(r"https?://\S+", self.mailbox.wait_for(recipient, subject))
        assert found is not None
        return found.group(0)


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """Start everything; end everything."""
    with ExitStack() as stack:
        mailbox, mail_port = stack.enter_context(mail_server())
        database = stack.enter_context(
            databases.database_url(databases.KIND, folder, name="browser")
        )
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        more = {
            "BASE_URL": url,
            "MAIL_SERVER": "127.0.0.1",
            "MAIL_PORT": mail_port,
            "MAIL_USE_TLS": "false",
        }
        catalogues.compile_catalogue()
        settings = databases.settings_for(database, folder / "site", **more)
        app = create_app(settings)
        with app.app_context():
            upgrade()
        environment = {f"TANQIAO_{k}": str(v) for k, v in settings.items() if v is not None}
        stack.enter_context(_process(folder / "web.log", environment, *_gunicorn(port)))
        flask = ("-m", "flask", "--app", "wsgi", "scheduler")
        stack.enter_context(_process(folder / "scheduler.log", environment, *flask))
        _wait_until_ready(url, folder / "web.log")
        yield Site(url, app, mailbox)
        with app.app_context():
            db.engine.dispose()


def _gunicorn(port: int) -> tuple[str, ...]:
    where = ("--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "8")
    return ("-m", "gunicorn", "wsgi:app", *where, "--no-control-socket", "--log-level", "warning")


@contextmanager
def _process(log: Path, environment: dict[str, str], *arguments: str) -> Iterator[None]:
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_until_ready(url: str, log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the site did not start:\n{log.read_text()[-3000:]}")
