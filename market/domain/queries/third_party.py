"""Reads of disclosures that were imported from others' collections."""

from typing import Any

from sqlalchemy import select

from market.enums import DisclosureStatus
from market.extensions import db
from market.models import Disclosure

TARGET_DATAPOINTS = ("TGT-01", "TGT-03", "TGT-04")
"""What a register of targets knows better than a collection of reports."""


def published(organisation_id: str, year: int) -> Disclosure | None:
    """The published disclosure of a year, whoever collected it."""
    query = select(Disclosure).where(
        Disclosure.organisation_id == organisation_id,
        Disclosure.year == year,
        Disclosure.status == DisclosureStatus.PUBLISHED,
    )
    return db.session.scalars(query).one_or_none()


def latest(organisation_id: str) -> Disclosure | None:
    """The published disclosure of the latest year."""
    query = (
        select(Disclosure)
        .where(
            Disclosure.organisation_id == organisation_id,
            Disclosure.status == DisclosureStatus.PUBLISHED,
        )
        .order_by(Disclosure.year.desc())
        .limit(1)
    )
    return db.session.scalars(query).first()


def target_answers(disclosure: Disclosure) -> dict[str, Any]:
    """The target answers of a disclosure, as its content holds them."""
    answers: dict[str, Any] = disclosure.content["answers"]
    return {key: answers[key] for key in TARGET_DATAPOINTS if key in answers}


def versions(organisation_id: str, year: int) -> list[Disclosure]:
    """Drafts and published versions of a year, the newest first."""
    alive = (DisclosureStatus.DRAFT, DisclosureStatus.PUBLISHED)
    query = (
        select(Disclosure)
        .where(
            Disclosure.organisation_id == organisation_id,
            Disclosure.year == year,
            Disclosure.status.in_(alive),
        )
        .order_by(Disclosure.version.desc())
    )
    return list(db.session.scalars(query))
