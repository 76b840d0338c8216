"""Who meets whom, when and where: `timetable(instance, *, seconds=10.0, seed=0)` answers a plan.

`timetable` takes a `ChooseInstance` or an `AgreedInstance` and answers `Plan | Infeasible`;
`replan(instance, plan, change)` answers `Replanned | Infeasible` with the fewest changes.
"""

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
    Reason,
    Replanned,
    Unplaced,
)

__all__ = [
    "AgreedInstance",
    "AgreedMeeting",
    "BelowFloor",
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
    "Reason",
    "Replanned",
    "Unplaced",
]
