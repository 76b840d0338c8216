"""A mail server that keeps mails, for tests that are about sending them."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

_PATIENCE = 40.0  # seconds; the machine may be shared


def free_port() -> int:
    """A port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Mailbox:
    """Keeps what arrives; the handler of a real SMTP server."""

    mails: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:
        """Accept a mail."""
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"

    def wait_for(self, recipient: str, subject: str) -> str:
        """The text of a mail to this person, once it has arrived."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            for mail in self.mails:
                if recipient in str(mail["To"]) and subject in str(mail["Subject"]):
                    return str(mail.get_content())
            time.sleep(0.2)
        there = [(str(m["To"]), str(m["Subject"])) for m in self.mails]
        raise AssertionError(f"no mail “{subject}” to {recipient} among {there}")


@contextmanager
def mail_server() -> Iterator[tuple[Mailbox, int]]:
    """A real SMTP server on this machine."""
    mailbox, port = Mailbox(), free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mailbox, port
    finally:
        controller.stop()
