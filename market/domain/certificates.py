"""Green certificates: each backs one organisation's year on the whole platform."""

import hashlib
from collections.abc import Iterable
from http import HTTPStatus

from flask_babel import lazy_gettext
from sqlalchemy import and_, delete, not_, select

from disclosure.checks import certificate_key, certificates_of
from disclosure.facts import Disclosure as Facts
from market.errors import MarketError
from market.extensions import db
from market.models import CertificateUse, Disclosure


class CertificateInUse(MarketError):
    """Someone published the same certificate a moment ago."""

    constraint = "uq_certificate_use_key"
    status = HTTPStatus.CONFLICT
    message = lazy_gettext(
        "A certificate listed under EMS-06 was just used in another disclosure. Remove it."
    )


def used_by_others(numbers: Iterable[str], *, organisation_id: str, year: int) -> frozenset[str]:
    """Those of these numbers that another organisation, or another year, uses; one statement."""
    keys = {_key(each): each for each in numbers}
    if not keys:
        return frozenset()
    own = and_(CertificateUse.organisation_id == organisation_id, CertificateUse.year == year)
    found = db.session.scalars(
        select(CertificateUse.key).where(CertificateUse.key.in_(keys), not_(own))
    )
    return frozenset(keys[key] for key in found)


def enter(disclosure: Disclosure, facts: Facts) -> None:
    """The published version uses its certificates now; those of the year's earlier one are free."""
    release(disclosure)
    keys = {_key(each) for each in certificates_of(facts)}
    for key in sorted(keys):
        db.session.add(
            CertificateUse(
                key=key,
                organisation_id=disclosure.organisation_id,
                year=disclosure.year,
                disclosure_id=disclosure.id,
            )
        )
    db.session.flush()


def release(disclosure: Disclosure) -> None:
    """Nothing of this organisation's year uses a certificate any more."""
    db.session.execute(
        delete(CertificateUse).where(
            CertificateUse.organisation_id == disclosure.organisation_id,
            CertificateUse.year == disclosure.year,
        )
    )


def _key(number: str) -> str:
    return hashlib.sha256(certificate_key(number).encode()).hexdigest()
