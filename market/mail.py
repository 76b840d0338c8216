"""The mail transport: hands one message to the server; who writes mails is domain's affair."""

from dataclasses import dataclass

from flask import current_app
from flask_mailman import EmailMessage


@dataclass(frozen=True)
class Attachment:
    """A text file that travels with a mail."""

    name: str
    content: str
    content_type: str


def send(*, recipient: str, subject: str, body: str, attachment: Attachment | None = None) -> None:
    """Send at once; raises what the server or the connection answers."""
    message = EmailMessage(subject, body, current_app.config["MAIL_DEFAULT_SENDER"], [recipient])
    if attachment is not None:
        message.attach(attachment.name, attachment.content, attachment.content_type)
    message.send()
