"""Reads of products: the public catalogue, one's own, one by id; newest first, paged by key."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload

from market.domain.products import today
from market.domain.queries.technologies import Page
from market.enums import ListingStatus, OrganisationStatus
from market.errors import NotFound
from market.extensions import db
from market.models import Organisation, Product
from market.permissions import Acting
from market.texts import fold
from scoring.products import KINDS

_ROWS = 24


def catalogue(wanted: Mapping[str, Any]) -> Page[Product]:
    """Live products of approved institutions that fit a ProductFilter."""
    query = _public()
    if wanted.get("q"):
        words = fold(wanted["q"]).split()
        query = query.where(*(Product.search_text.contains(w, autoescape=True) for w in words))
    if wanted.get("kind"):
        query = query.where(Product.kind == wanted["kind"])
    if wanted.get("product_class"):
        inside = [k.code for k in KINDS.values() if k.klass == wanted["product_class"]]
        query = query.where(Product.kind.in_(inside))
    for asked, low, high in (
        (wanted.get("amount"), Product.amount_min, Product.amount_max),
        (wanted.get("tenor"), Product.tenor_min, Product.tenor_max),
    ):
        if asked is not None:
            query = query.where(low <= asked, high >= asked)
    return _paged(query, Product.listed_at, wanted.get("after", ""))


def own_products(by: Acting, *, after: str = "") -> Page[Product]:
    """All listings of the acting institution, whatever their state."""
    query = (
        select(Product)
        .join(Product.institution)
        .options(contains_eager(Product.institution))
        .where(Product.institution_id == by.organisation_id)
    )
    return _paged(query, Product.created_at, after)


def product(product_id: str, *, by: Acting | None) -> Product:
    """A listing anyone may see, or one's own; with its institution."""
    query = select(Product).where(Product.id == product_id)
    found = db.session.scalars(query.options(joinedload(Product.institution))).first()
    if found is None:
        raise NotFound
    public = (
        found.status == ListingStatus.LIVE
        and found.institution.status == OrganisationStatus.APPROVED
        and found.valid_from <= today() <= found.valid_to
    )
    if not public and (by is None or by.organisation_id != found.institution_id):
        raise NotFound
    return found


def by_id(ids: Iterable[str]) -> dict[str, Product]:
    """Products with their institutions, for a ranked list."""
    query = select(Product).where(Product.id.in_(tuple(ids)))
    rows = db.session.scalars(query.options(joinedload(Product.institution)))
    return {row.id: row for row in rows}


def _public() -> Select[Product]:
    return (
        select(Product)
        .join(Product.institution)
        .options(contains_eager(Product.institution))
        .where(
            Product.status == ListingStatus.LIVE,
            Product.valid_from <= today(),
            Product.valid_to >= today(),
            Organisation.status == OrganisationStatus.APPROVED,
        )
    )


def _paged(query: Select[Product], moment: Any, after: str) -> Page[Product]:
    if after:
        edge = select(moment, Product.id).where(Product.id == after).correlate(None)
        query = query.where(tuple_(moment, Product.id) < edge.scalar_subquery())
    query = query.order_by(moment.desc(), Product.id.desc()).limit(_ROWS + 1)
    rows = list(db.session.scalars(query))
    return Page(rows[:_ROWS], rows[_ROWS - 1].id if len(rows) > _ROWS else "")
