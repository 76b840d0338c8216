"""What the ranking learns from: shown lists with what was chosen from them, as plain arrays."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import func, select

from market.extensions import db
from market.models import Impression, NeedInvitation, Opening
from scoring.features import FINANCE


@dataclass(frozen=True)
class ShownLists:
    """Rows of shown lists in the order they were shown; one entry per row, positions from 1."""

    session: npt.NDArray[np.int64]
    codes: npt.NDArray[np.int64]
    position: npt.NDArray[np.int64]
    chosen: npt.NDArray[np.bool_]
    randomised: npt.NDArray[np.bool_]

    @property
    def choices(self) -> int:
        """How many rows were chosen."""
        return int(self.chosen.sum())

    @property
    def by_lot(self) -> int:
        """How many lists were drawn by lot."""
        return len(np.unique(self.session[self.randomised]))


def shown_lists(direction: str) -> ShownLists:
    """Every logged list of a direction; a row is chosen when it was opened, or led further."""
    rows = db.session.execute(
        select(
            Impression.id,
            Impression.asker_id,
            Impression.listed,
            Impression.codes,
            Impression.randomised,
        )
        .where(Impression.direction == direction)
        .order_by(Impression.shown_at, Impression.id)
    ).all()
    opened = _opened(direction)
    invited = _invited()
    parts = [_rows(number, row, opened, invited, direction) for number, row in enumerate(rows)]
    return _joined(parts)


def funnel() -> dict[str, dict[str, int]]:
    """By direction the lists, rows shown and rows chosen; and invitations by their state."""
    found = {direction: _counted(shown_lists(direction)) for direction in ("products", "needs")}
    states = select(NeedInvitation.status, func.count()).group_by(NeedInvitation.status)
    found["invitations"] = {str(state): count for state, count in db.session.execute(states)}
    return found


def _counted(lists: ShownLists) -> dict[str, int]:
    return {
        "lists": len(np.unique(lists.session)),
        "lists_by_lot": lists.by_lot,
        "shown": len(lists.codes),
        "chosen": lists.choices,
    }


def _opened(direction: str) -> set[tuple[str, str]]:
    asked = (
        select(Opening.impression_id, Opening.listed_id)
        .join(Impression, Impression.id == Opening.impression_id)
        .where(Impression.direction == direction)
    )
    return {(str(one), str(other)) for one, other in db.session.execute(asked)}


def _invited() -> set[tuple[str, str]]:
    asked = select(NeedInvitation.need_id, NeedInvitation.product_id)
    return {(str(need), str(product)) for need, product in db.session.execute(asked)}


def _rows(
    number: int,
    row: Any,
    opened: set[tuple[str, str]],
    invited: set[tuple[str, str]],
    direction: str,
) -> ShownLists:
    count = len(row.listed)
    codes = np.frombuffer(row.codes, dtype=np.uint8).reshape(count, len(FINANCE.names))
    chosen = [(row.id, each) in opened for each in row.listed]
    if direction == "needs":  # an invitation is the institution's own act, opened or not
        chosen = [
            was or (each, row.asker_id) in invited
            for was, each in zip(chosen, row.listed, strict=True)
        ]
    return ShownLists(
        session=np.full(count, number, dtype=np.int64),
        codes=codes.astype(np.int64),
        position=np.arange(1, count + 1, dtype=np.int64),
        chosen=np.array(chosen, dtype=np.bool_),
        randomised=np.full(count, row.randomised, dtype=np.bool_),
    )


def _joined(parts: Iterable[ShownLists]) -> ShownLists:
    columns = [vars(part) for part in parts]
    empty = ShownLists(
        session=np.zeros(0, np.int64),
        codes=np.zeros((0, len(FINANCE.names)), np.int64),
        position=np.zeros(0, np.int64),
        chosen=np.zeros(0, np.bool_),
        randomised=np.zeros(0, np.bool_),
    )
    return ShownLists(
        **{name: np.concatenate([vars(empty)[name], *(each[name] for each in columns)])
           for name in vars(empty)}
    )  # fmt: skip
