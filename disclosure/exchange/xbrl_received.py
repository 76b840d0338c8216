"""A filing as received: what it states, and what an XBRL processor said of it."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from disclosure.exchange.ixbrl_reader import Reading


@dataclass(frozen=True)
class Processed:
    """The outcome of an XBRL processor; `why` names what kept it from running.

    Errors and warnings are (code, message); `peak_mb` is the memory it took.
    """

    ran: bool = False
    why: str = ""
    facts: int = 0
    errors: tuple[tuple[str, str], ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()
    peak_mb: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Write the JSON form."""
        return asdict(self)

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> Self:
        """Read the JSON form."""
        lists = {key: tuple((c, t) for c, t in raw[key]) for key in ("errors", "warnings")}
        return cls(**{**raw, **lists})


@dataclass(frozen=True)
class Received:
    """What a file states and what a processor said of it."""

    reading: Reading
    processed: Processed = Processed(why="not_asked")
