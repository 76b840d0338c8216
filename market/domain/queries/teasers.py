"""What an institution sees of a need: a teaser before consent, the name after it.

Before consent: sector, size class, district, amount band, purpose, grade, data quality and score;
never the enterprise, its exact figures, the need's title or its project.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from disclosure.quality import after_verification
from market.extensions import db
from market.models import Consent, Need, NeedInvitation
from scoring.coding import Side
from scoring.facts import Need as NeedFact
from scoring.features import FINANCE
from scoring.pairing import AMOUNT_EDGES, band
from scoring.rows import Contribution, RankedRow
from scoring.texts import Bilingual, Text

_HIDDEN = Bilingual("（同意后可见）", "(shown after consent)")
_SHOWN_OF_NEED = {"grade", "data_quality"}
_GUESSED = 5
_OF_NEED = {
    feature.name for feature in FINANCE.features if getattr(feature, "side", None) is Side.NEED
} - _SHOWN_OF_NEED


@dataclass(frozen=True)
class Seen:
    """The enterprise behind a need, for an institution it consented to."""

    id: str
    name_zh: str
    name_en: str
    title: str
    project: str
    amount: Decimal
    tenor_months: int


@dataclass(frozen=True, kw_only=True)
class Teaser:
    """One need as an institution sees it; `seen` is None before consent."""

    need_id: str
    sector: str
    size_class: str
    district: str
    amount_from: Decimal
    amount_to: Decimal | None
    purpose: str
    grade: int
    data_quality: int  # PCAF 1 (best) to 5; without a disclosure the bank can only guess
    reported: bool  # scopes 1 and 2: what verification could raise to 1
    invitation: str
    seen: Seen | None

    def to_json(self) -> dict[str, Any]:
        """The `enterprise` member of a ranked need."""
        told: dict[str, Any] = {
            "sector": self.sector,
            "size_class": self.size_class,
            "district": self.district,
            "amount_band": [str(self.amount_from), self.amount_to and str(self.amount_to)],
            "purpose": self.purpose,
            "grade": self.grade,
            "data_quality": self.data_quality,
            "data_quality_if_verified": after_verification(
                self.data_quality, reported=self.reported
            ),
        }
        if self.seen is not None:
            told |= {"id": self.seen.id, "name_zh": self.seen.name_zh, "name_en": self.seen.name_en}
        return told


def teasers(
    facts: Collection[NeedFact], *, product_id: str, institution_id: str
) -> dict[str, Teaser]:
    """The needs as this institution may see them, in two statements."""
    ids = [fact.id for fact in facts]
    seen, invited = _seen(ids, institution_id), _invited(ids, product_id)
    return {fact.id: _teaser(fact, seen.get(fact.id), invited.get(fact.id, "")) for fact in facts}


def discreet(row: RankedRow, seen: Seen | None) -> RankedRow:
    """The row with what only consent shows taken out of its reasons; the points stay."""
    if seen is not None:
        return row
    return replace(row, contributions=tuple(_hidden(part) for part in row.contributions))


def _hidden(part: Contribution) -> Contribution:
    if part.feature not in _OF_NEED:
        return part
    values = {**part.text.values, "value": _HIDDEN}
    return replace(part, value=None, text=Text(part.text.code, values))


def _teaser(fact: NeedFact, seen: Seen | None, invitation: str) -> Teaser:
    place = band(fact.amount, AMOUNT_EDGES)
    edges = [Decimal(0), *(Decimal(int(edge)) for edge in AMOUNT_EDGES)]
    return Teaser(
        need_id=fact.id,
        sector=fact.sector[:3],
        size_class=fact.size_class,
        district=fact.district,
        amount_from=edges[place],
        amount_to=edges[place + 1] if place + 1 < len(edges) else None,
        purpose=fact.purpose,
        grade=fact.standing.grade,
        data_quality=fact.standing.data_quality or _GUESSED,
        reported=fact.standing.grade > 0,
        invitation=invitation,
        seen=seen,
    )


def _seen(ids: Collection[str], institution_id: str) -> Mapping[str, Seen]:
    rows = db.session.scalars(
        select(Need)
        .join(Consent, Consent.need_id == Need.id)
        .join(Need.enterprise)
        .options(contains_eager(Need.enterprise))
        .where(
            Consent.institution_id == institution_id,
            Consent.revoked_at.is_(None),
            Need.id.in_(tuple(ids)),
        )
    )
    return {
        need.id: Seen(
            id=need.enterprise_id,
            name_zh=need.enterprise.name_zh,
            name_en=need.enterprise.name_en,
            title=need.title,
            project=need.project,
            amount=need.amount,
            tenor_months=need.tenor_months,
        )
        for need in rows
    }


def _invited(ids: Collection[str], product_id: str) -> Mapping[str, str]:
    rows = db.session.execute(
        select(NeedInvitation.need_id, NeedInvitation.status).where(
            NeedInvitation.product_id == product_id, NeedInvitation.need_id.in_(tuple(ids))
        )
    )
    return {row.need_id: row.status for row in rows}
