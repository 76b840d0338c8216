"""Impressions: what a person was shown and opened, logged so that the ranking can learn.

A page cannot write while it is read, so it carries a signed note of what it shows; the browser
hands the note back once the page is there, which also tells that it was shown at all.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import factorial
from typing import Any

import numpy as np
from flask import current_app
from flask_babel import lazy_gettext
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import delete, select

from market.database import new_id
from market.domain import ranking
from market.errors import MarketError, NotFound
from market.extensions import db
from market.models import Impression, Opening
from market.moments import now
from market.permissions import Acting
from market.texts import SHANGHAI
from scoring.features import FINANCE
from scoring.rows import Eligibility, Ranking

SHARE_BY_LOT = 0.1
"""Of the lists of a week, how many have their first rows drawn by lot."""
DRAWN = 10
"""How many eligible rows at the top are drawn; the rest keeps its order."""
KEPT = timedelta(days=730)
_NOTE_SECONDS = 3600
_SALT = "impression"


class StaleNote(MarketError):
    """The note of a shown list is too old, or not ours."""

    message = lazy_gettext("This page is out of date. Load it again.")


@dataclass(frozen=True, slots=True)
class Shown:
    """A list as it is shown: the order of its ids, whether by lot, and the note to hand back."""

    id: str
    order: tuple[str, ...]
    by_lot: bool
    note: str


def shown(ranked: Ranking, asker_id: str, *, by: Acting) -> Shown:
    """The order a page shows to a reader, and its signed note; `ranked` holds the page's rows."""
    ids = [row.id for row in ranked.items]
    eligible = [row.id for row in ranked.items if row.eligibility is Eligibility.ELIGIBLE][:DRAWN]
    drawn = _drawn(asker_id, len(eligible))
    if drawn:
        ids[: len(eligible)] = [eligible[place] for place in drawn]
    identity = new_id()
    note = {
        "id": identity,
        "reader": by.organisation_id,
        "direction": ranked.direction,
        "asker": asker_id,
        "model": ranked.model,
        "drawn": len(eligible) if drawn else 0,
        "listed": ids,
    }
    return Shown(identity, tuple(ids), bool(drawn), _serializer().dumps(note))


def _drawn(asker_id: str, count: int) -> list[int]:
    """The places by lot, the same all week; empty for the lists that keep their order."""
    if count < 2:
        return []
    year, week, _ = now().astimezone(SHANGHAI).isocalendar()
    secret = str(current_app.config["SECRET_KEY"]).encode()
    lot = hmac.new(secret, f"{asker_id}:{year}:{week}".encode(), hashlib.sha256).digest()
    if int.from_bytes(lot[:8]) >= SHARE_BY_LOT * 2**64:
        return []
    return [int(each) for each in np.random.default_rng(list(lot[8:])).permutation(count)]


def record(note: str, *, by: Acting) -> Impression | None:
    """Log a list that was shown; None when it was logged before or its asker has gone."""
    told = _read(note)
    if told["reader"] != by.organisation_id:
        raise StaleNote
    if db.session.get(Impression, told["id"]) is not None:
        return None
    codes = _codes(told["direction"], told["asker"], told["listed"])
    if not codes:
        return None
    impression = Impression(
        id=told["id"],
        direction=told["direction"],
        asker_id=told["asker"],
        organisation_id=by.organisation_id,
        model=told["model"],
        randomised=told["drawn"] > 0,
        propensity=1 / factorial(told["drawn"]),
        listed=[each for each, _ in codes],
        codes=bytes(code for _, row in codes for code in row),
        shown_at=now(),
    )
    db.session.add(impression)
    db.session.flush()
    return impression


def opened(impression_id: str, listed_id: str, *, by: Acting) -> Opening | None:
    """Log that a row of one's own list was opened; None the second time."""
    impression = db.session.get(Impression, impression_id)
    if impression is None or impression.organisation_id != by.organisation_id:
        raise NotFound
    if listed_id not in impression.listed:
        raise NotFound
    asked = select(Opening.id).where(
        Opening.impression_id == impression_id, Opening.listed_id == listed_id
    )
    if db.session.scalar(asked):
        return None
    opening = Opening(impression_id=impression_id, listed_id=listed_id, opened_at=now())
    db.session.add(opening)
    db.session.flush()
    return opening


def forget_old() -> int:
    """Drop what was shown more than two years ago."""
    old = select(Impression.id).where(Impression.shown_at < now() - KEPT)
    db.session.execute(delete(Opening).where(Opening.impression_id.in_(old)))
    result: Any = db.session.execute(delete(Impression).where(Impression.id.in_(old)))
    return int(result.rowcount)


def _read(note: str) -> dict[str, Any]:
    try:
        told: dict[str, Any] = _serializer().loads(note, max_age=_NOTE_SECONDS)
    except BadSignature as error:
        raise StaleNote from error
    return told


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=_SALT)


def _codes(
    direction: str, asker_id: str, listed: Sequence[str]
) -> list[tuple[str, tuple[int, ...]]]:
    """The codes of every listed row that is still there, in the order shown."""
    index = ranking.served().index
    askers: Any = index.needs if direction == "products" else index.products
    rows: Any = index.products if direction == "products" else index.needs
    asker = askers.get(asker_id)
    if asker is None:
        return []
    pairs = [(each, rows[each]) for each in listed if each in rows]
    if direction == "products":
        return [(each, FINANCE.codes(asker, row)) for each, row in pairs]
    return [(each, FINANCE.codes(row, asker)) for each, row in pairs]
