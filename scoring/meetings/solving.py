"""The one entry for both modes."""

from scoring.meetings.agreed import place_agreed
from scoring.meetings.choosing import choose_and_place
from scoring.meetings.instance import ChooseInstance, Instance
from scoring.meetings.plan import Infeasible, Plan


def timetable(instance: Instance, *, seconds: float = 10.0, seed: int = 0) -> Plan | Infeasible:
    """The best timetable found for about `seconds` of work, or why there can be none.

    Work is counted, not timed: the same input, seconds and seed give the same plan everywhere.
    `Plan.seconds` is left at 0 for whoever holds the clock.
    """
    if isinstance(instance, ChooseInstance):
        return choose_and_place(instance, seconds=seconds, seed=seed)
    return place_agreed(instance, seconds=seconds, seed=seed)
