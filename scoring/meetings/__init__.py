"""Who meets whom, when and where: `timetable(instance, *, seconds=10.0, seed=0)` answers a plan.

`timetable` takes a `ChooseInstance` or an `AgreedInstance` and answers `Plan | Infeasible`;
`replan(instance, plan, change)` answers `Replanned`, with the fewest changes.
"""

from typing import TYPE_CHECKING, Any

from scoring.meetings.certificate import Certificate, certificate_of, conflicts
from scoring.meetings.instance import (
    AgreedInstance,
    AgreedMeeting,
    ChooseInstance,
    Instance,
    MalformedError,
    Must,
    Pairs,
    Participant,
)
from scoring.meetings.plan import (
    BelowFloor,
    Change,
    Infeasible,
    Late,
    Meeting,
    Move,
    Plan,
    Replanned,
    Unplaced,
)
from scoring.meetings.reading import read_change, read_instance
from scoring.meetings.reading_plan import read_plan
from scoring.meetings.texts import say
from scoring.meetings.why import why_not

if TYPE_CHECKING:
    from scoring.meetings.replanning import replan
    from scoring.meetings.solving import timetable

__all__ = [
    "AgreedInstance",
    "AgreedMeeting",
    "BelowFloor",
    "Certificate",
    "Change",
    "ChooseInstance",
    "Infeasible",
    "Instance",
    "Late",
    "MalformedError",
    "Meeting",
    "Move",
    "Must",
    "Pairs",
    "Participant",
    "Plan",
    "Replanned",
    "Unplaced",
    "certificate_of",
    "conflicts",
    "read_change",
    "read_instance",
    "read_plan",
    "replan",
    "say",
    "timetable",
    "why_not",
]


def __getattr__(name: str) -> Any:
    # Late, because pages import the words of this package and must not load the solvers.
    if name == "timetable":
        from scoring.meetings.solving import timetable

        return timetable
    if name == "replan":
        from scoring.meetings.replanning import replan

        return replan
    raise AttributeError(f"module 'scoring.meetings' has no attribute {name!r}")
