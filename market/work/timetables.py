"""Making an event's timetable: read the event, solve, put the plan down with its certificate."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from statistics import median
from typing import Any

from sqlalchemy import select

from market.domain import events, meetings, ranking
from market.domain.meetings import Planned
from market.domain.preferences import FACTOR
from market.domain.queries import events as queries
from market.enums import EventState, Side, Wish
from market.extensions import db
from market.models import Event, Participant, Preference
from market.moments import now
from scoring.meetings import (
    ChooseInstance,
    Infeasible,
    Must,
    Pairs,
    Plan,
    say,
    timetable,
    why_not,
)
from scoring.meetings import Participant as Meeter
from scoring.texts import Lang, Text

SEED = 0
NEUTRAL = 500  # a pair the ranking cannot score weighs like the median pair; this when none is
UNFIT_CHANCE = 0.0025  # of both saying yes where the criteria shut the pair out: a score of 50

_ID = re.compile(r"[2-9a-z]{13}")
Pair = tuple[str, str]  # participant ids: who offers, who seeks


@dataclass(frozen=True)
class Read:
    """An event as the solver needs it: plain values, so that no transaction stays open."""

    version: int
    instance: ChooseInstance
    wished: tuple[Pair, ...]
    names: dict[Lang, dict[str, str]]


def make(event_id: str, *, let_go: bool = False) -> dict[str, Any]:
    """Make and store the timetable of an event in planning; any other state is left alone.

    `let_go` ends the transaction while the solver runs, so that nobody waits for its lock; the
    caller must have written nothing before.
    """
    event = queries.locked(event_id)
    if event.state != EventState.PLANNING:
        return {"skipped": str(event.state)}
    read = _read(event)
    if let_go:
        db.session.rollback()
    began = now()
    plan, given_up = _solved(read.instance)
    seconds = (now() - began).total_seconds()
    event = queries.locked(event_id)
    if event.state != EventState.PLANNING or event.version != read.version:
        return {"skipped": "the event changed meanwhile"}
    certificate = _certificate(read, plan, given_up) | {"seconds": round(seconds, 3)}
    placed = _planned(read.instance, plan, _still_there(event_id))
    number = meetings.replace(event, placed)
    events.timetable_made(event, certificate | {"made_at": now().isoformat()})
    return {"meetings": number, "score": certificate["score"], "gap": certificate["gap"]}


def mutual_scores(pairs: Iterable[tuple[Participant, Participant]]) -> dict[Pair, int]:
    """round(1000 sqrt(p q)) of what each pair brings; see the constants for the others."""
    pairs = list(pairs)
    offers, seeks = [a for a, _ in pairs], [b for _, b in pairs]
    finance = ranking.mutual_chances(
        {b.need_id for b in seeks if b.need_id}, {a.product_id for a in offers if a.product_id}
    )
    technical = ranking.technology_chances(
        {b.scenario_id for b in seeks if b.scenario_id},
        {a.technology_id for a in offers if a.technology_id},
    )
    found: dict[Pair, int] = {}
    unknown: list[Pair] = []
    for a, b in pairs:
        chances = []
        if a.product_id and b.need_id:
            chances.append(finance.get((b.need_id, a.product_id), UNFIT_CHANCE))
        if a.technology_id and b.scenario_id:
            chances.append(technical.get((b.scenario_id, a.technology_id), UNFIT_CHANCE))
        if chances:
            found[a.id, b.id] = round(1000 * sqrt(max(chances)))
        else:
            unknown.append((a.id, b.id))
    middle = round(median(found.values())) if found else NEUTRAL
    return found | dict.fromkeys(unknown, middle)


def _read(event: Event) -> Read:
    people = db.session.scalars(
        select(Participant)
        .where(Participant.event_id == event.id, Participant.withdrawn_at.is_(None))
        .order_by(Participant.id)
    ).all()
    left = [one for one in people if one.side == Side.OFFERS]
    right = [one for one in people if one.side == Side.SEEKS]
    wishes = _wishes(event.id)
    never = {pair for pair in wishes if Wish.NEVER in wishes[pair]}
    both = [(a, b) for a in left for b in right if a.organisation_id != b.organisation_id]
    scores = mutual_scores((a, b) for a, b in both if (a.id, b.id) not in never)
    rows = [
        (left_at, right_at, round(scores[a.id, b.id] * _factor(wishes.get((a.id, b.id), ()))))
        for left_at, a in enumerate(left)
        for right_at, b in enumerate(right)
        if (a.id, b.id) in scores
    ]
    musts = [pair for pair in scores if wishes.get(pair) == (Wish.MUST, Wish.MUST)]
    strong = {Wish.MUST, Wish.WANT}
    instance = ChooseInstance(
        tables=(event.tables,) * event.slots,
        left=tuple(_meeter(event, one) for one in left),
        right=tuple(_meeter(event, one) for one in right),
        pairs=Pairs.of(rows),
        must=tuple(Must(a, b) for a, b in musts),
    )
    wished = tuple(pair for pair in scores if strong & set(wishes.get(pair, ())))
    return Read(event.version, instance, wished, _names(event.id))


def _meeter(event: Event, one: Participant) -> Meeter:
    away = frozenset(slot for slot in one.unavailable if slot < event.slots)
    return Meeter(
        id=one.id,
        capacity=event.meetings_at_most,
        at_least=min(event.meetings_at_least, event.meetings_at_most),
        parallel=one.representatives,
        unavailable=away,
    )


def _wishes(event_id: str) -> dict[Pair, tuple[Wish, Wish]]:
    """What the offering and the seeking side said of each other; silence is ok."""
    rows = db.session.execute(
        select(Preference, Participant.side)
        .join(Participant, Participant.id == Preference.participant_id)
        .where(Preference.event_id == event_id)
    )
    said: dict[Pair, dict[str, Wish]] = {}
    for row, side in rows:
        mine, other = row.participant_id, row.other_id
        pair = (mine, other) if side == Side.OFFERS else (other, mine)
        said.setdefault(pair, {})[side] = Wish(row.wish)
    return {
        pair: (both.get(Side.OFFERS, Wish.OK), both.get(Side.SEEKS, Wish.OK))
        for pair, both in said.items()
    }


def _factor(wishes: tuple[Wish, ...]) -> float:
    return sqrt(FACTOR[wishes[0]] * FACTOR[wishes[1]]) if wishes else 1.0


def _solved(instance: ChooseInstance) -> tuple[Plan | Infeasible, Text | None]:
    """The plan; where the mutual musts cannot all be kept, they become strong wishes: and why."""
    seconds = _seconds(instance)
    plan = timetable(instance, seconds=seconds, seed=SEED)
    if isinstance(plan, Infeasible) and instance.must:
        wishes_only = ChooseInstance(instance.tables, instance.left, instance.right, instance.pairs)
        return timetable(wishes_only, seconds=seconds, seed=SEED), plan.why
    return plan, None


def _seconds(instance: ChooseInstance) -> float:
    """Counted work by size: thirty people need little, a fair of a thousand firms much."""
    return min(10.0, max(0.1, len(instance.pairs) / 1000))


def _planned(instance: ChooseInstance, plan: Plan | Infeasible, there: set[str]) -> list[Planned]:
    if isinstance(plan, Infeasible):
        return []
    scores = _scores(instance)
    return [
        Planned(one.a, one.b, one.slot, one.table, scores[one.a, one.b])
        for one in plan.meetings
        if {one.a, one.b} <= there
    ]


def _scores(instance: ChooseInstance) -> dict[Pair, int]:
    pairs = instance.pairs
    columns = (pairs.left.tolist(), pairs.right.tolist(), pairs.score.tolist())
    return {
        (instance.left[i].id, instance.right[j].id): score
        for i, j, score in zip(*columns, strict=True)
    }


def _still_there(event_id: str) -> set[str]:
    """Who has not withdrawn while the solver ran."""
    query = select(Participant.id).where(
        Participant.event_id == event_id, Participant.withdrawn_at.is_(None)
    )
    return set(db.session.scalars(query))


def _certificate(read: Read, plan: Plan | Infeasible, given_up: Text | None) -> dict[str, Any]:
    """What the organiser and the report are shown: figures, and each reason in both languages."""
    empty = {"score": 0, "bound": 0, "gap": 0.0, "proven": False, "breaks": 0}
    musts = _said(given_up, read) if given_up else None
    if isinstance(plan, Infeasible):
        return empty | {"infeasible": _said(plan.why, read), "unmet": [], "below_floor": []}
    unmet = why_not(read.instance, plan.meetings, read.wished)
    return {
        "score": plan.score,
        "bound": plan.bound,
        "gap": plan.gap,
        "proven": plan.proven,
        "breaks": plan.breaks,
        "musts_given_up": musts,
        "unmet": [
            {"a": one.a, "b": one.b, "why": one.why, **_said(one.detail, read)} for one in unmet
        ],
        "below_floor": [
            {"id": one.id, "has": one.has, "floor": one.floor, **_said(one.why, read)}
            for one in plan.below_floor
        ],
        "seed": plan.seed,
    }


def _said(text: Text, read: Read) -> dict[str, str]:
    """A reason in each language, participants by name."""
    return {lang: _by_name(say(text, lang), names) for lang, names in read.names.items()}


def _by_name(sentence: str, names: dict[str, str]) -> str:
    return _ID.sub(lambda found: names.get(found[0], found[0]), sentence)


def _names(event_id: str) -> dict[Lang, dict[str, str]]:
    people = queries.everyone(event_id).values()
    return {
        "zh": {one.id: one.name_zh for one in people},
        "en": {one.id: one.name_en or one.name_zh for one in people},
    }
