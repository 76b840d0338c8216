"""The organiser's reads of a timetable: grids by table and by participant, places, the report."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import mean
from typing import Any

from sqlalchemy import func, select

from market.domain.queries import events as event_queries
from market.domain.queries import meetings as meeting_queries
from market.domain.queries.events import Attendee
from market.enums import MeetingStatus, Wish
from market.extensions import db
from market.models import Event, Meeting, MeetingRating, MeetingSeat, Preference

_TABLES_SHOWN = 50
_CHOICES_SHOWN = 12


@dataclass(frozen=True)
class TableGrid:
    """Tables by slots: `cells[table, slot]` is the meeting there; next_table is 0 on the last."""

    tables: range
    cells: dict[tuple[int, int], Meeting]
    next_table: int


@dataclass(frozen=True)
class PeopleGrid:
    """Participants by slots: `cells[participant id, slot]` are their meetings there."""

    rows: list[Attendee]
    cells: dict[tuple[str, int], list[Meeting]]
    next_key: str


@dataclass(frozen=True)
class Place:
    """A slot a meeting could move to: its free tables, or who of the two cannot (empty: both)."""

    slot: int
    free_tables: list[int]
    away: list[Any]
    busy: list[Any]

    @property
    def possible(self) -> bool:
        """Whether the meeting fits here."""
        return bool(self.free_tables) and not self.away and not self.busy


@dataclass(frozen=True)
class ReportRow:
    """One participant in the report."""

    attendee: Attendee
    meetings: int
    stars: float | None  # what the others gave it, on average


@dataclass(frozen=True)
class Report:
    """What an event came to."""

    meetings: int
    cancelled: int
    people: dict[str, Attendee]
    rows: list[ReportRow]
    stars: Counter[int]
    outcomes: Counter[str]
    comments: list[str]
    wishes: dict[str, int]

    @property
    def ratings(self) -> int:
        """How many ratings were given."""
        return self.stars.total()

    @property
    def average(self) -> float | None:
        """The mean number of stars."""
        return mean(self.stars.elements()) if self.stars else None

    def spread(self) -> list[tuple[int, int]]:
        """How many participants have how many meetings."""
        counted = Counter(row.meetings for row in self.rows)
        return [(number, counted[number]) for number in range(max(counted, default=0) + 1)]


def by_table(event: Event, *, first: int = 0) -> TableGrid:
    """Fifty tables of the grid from `first` on."""
    last = min(event.tables, first + _TABLES_SHOWN)
    held = meeting_queries.of_event(event.id)
    cells = {(m.table_no, m.slot): m for m in held if first <= m.table_no < last}
    return TableGrid(range(first, last), cells, last if last < event.tables else 0)


def by_participant(event: Event, *, after: str = "") -> PeopleGrid:
    """Fifty participants of the grid."""
    page = event_queries.attendees(event.id, after=after)
    cells: dict[tuple[str, int], list[Meeting]] = {}
    for meeting in meeting_queries.of_event(event.id):
        for id_ in (meeting.offers_id, meeting.seeks_id):
            cells.setdefault((id_, meeting.slot), []).append(meeting)
    return PeopleGrid(page.rows, cells, page.next_key)


def places(event: Event, meeting: Meeting) -> list[Place]:
    """Every slot with what stands against moving this meeting there."""
    used: dict[int, set[int]] = {}
    for slot, table in db.session.execute(
        select(Meeting.slot, Meeting.table_no).where(
            Meeting.event_id == event.id,
            Meeting.id != meeting.id,
            Meeting.status != MeetingStatus.CANCELLED,
        )
    ):
        used.setdefault(slot, set()).add(table)
    both = (meeting.offers, meeting.seeks)
    taken = Counter(
        (id_, slot)
        for id_, slot in db.session.execute(
            select(MeetingSeat.participant_id, MeetingSeat.slot).where(
                MeetingSeat.participant_id.in_([one.id for one in both]),
                MeetingSeat.meeting_id != meeting.id,
            )
        )
    )
    return [
        Place(
            slot=slot,
            free_tables=_free_tables(event, used.get(slot, set())),
            away=[one.organisation for one in both if slot in one.unavailable],
            busy=[one.organisation for one in both if taken[one.id, slot] >= one.representatives],
        )
        for slot in range(event.slots)
    ]


def _free_tables(event: Event, used: set[int]) -> list[int]:
    free = (table for table in range(event.tables) if table not in used)
    return [table for _, table in zip(range(_CHOICES_SHOWN), free, strict=False)]


def report(event: Event) -> Report:
    """The figures of an event, with its ratings."""
    every = meeting_queries.of_event(event.id, cancelled=True)
    held = [meeting for meeting in every if meeting.status != MeetingStatus.CANCELLED]
    ratings = meeting_queries.ratings_of(event.id)
    people = event_queries.everyone(event.id)
    numbers = Counter(id_ for m in held for id_ in (m.offers_id, m.seeks_id))
    given = _stars_received(held, ratings)
    rows = [
        ReportRow(one, numbers[one.id], mean(given[one.id]) if one.id in given else None)
        for one in people.values()
    ]
    return Report(
        meetings=len(held),
        cancelled=len(every) - len(held),
        people=people,
        rows=sorted(rows, key=lambda row: (row.attendee.side, -row.meetings, row.attendee.name_zh)),
        stars=Counter(rating.stars for rating in ratings),
        outcomes=Counter(rating.outcome for rating in ratings),
        comments=[rating.comment for rating in ratings if rating.comment],
        wishes=_wishes(event.id),
    )


def _stars_received(
    meetings: Iterable[Meeting], ratings: Iterable[MeetingRating]
) -> dict[str, list[int]]:
    sides = {meeting.id: {meeting.offers_id, meeting.seeks_id} for meeting in meetings}
    given: dict[str, list[int]] = {}
    for rating in ratings:
        for other in sides.get(rating.meeting_id, set()) - {rating.participant_id}:
            given.setdefault(other, []).append(rating.stars)
    return given


def _wishes(event_id: str) -> dict[str, int]:
    """How many wishes of each kind were said; never whose."""
    rows = db.session.execute(
        select(Preference.wish, func.count())
        .where(Preference.event_id == event_id)
        .group_by(Preference.wish)
    )
    return {wish.value: 0 for wish in Wish} | dict(rows.all())
