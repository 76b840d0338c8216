"""The jobs: kind of due work -> verb. A contents page; how they run stands in work/ticker.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from market.domain import audits, messages

Verb = Callable[[str], dict[str, Any] | None]


@dataclass(frozen=True)
class Job:
    """A verb that takes the row's key; long ones run in a child process; some recur."""

    verb: Verb
    every: timedelta | None = None
    long: bool = False


def _send_mail(_key: str) -> dict[str, Any]:
    return {"sent": messages.send_waiting_mail()}


def _seal_audit(_key: str) -> dict[str, Any]:
    return {"sealed": audits.seal()}


JOBS: dict[str, Job] = {
    "mail": Job(_send_mail, every=timedelta(seconds=5)),
    "seal-audit": Job(_seal_audit, every=timedelta(seconds=10)),
}
