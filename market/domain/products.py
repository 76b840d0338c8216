"""Carbon-finance products: drafting, changing, going live, pausing, expiring."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy import select

from market.domain import audits, messages, ranking
from market.enums import ListingStatus
from market.errors import MarketError, NotFound
from market.extensions import db
from market.models import Product
from market.moments import now
from market.permissions import Acting
from market.texts import SHANGHAI, fold
from scoring.products import KINDS

EXPIRED = messages.sentence(
    "product-expired",
    "match",
    lazy_gettext("%(product)s has expired and is no longer listed. Renew its validity to relist."),
)
_KEPT = (
    "kind", "name_zh", "amount_min", "amount_max", "tenor_min", "tenor_max", "rate", "terms",
    "criteria", "quota_total", "quota_reserved", "quota_used", "valid_from", "valid_to", "status",
)  # fmt: skip
_EXPIRED_AT_ONCE = 200
_A_YEAR = timedelta(days=365)


class NotInThisState(MarketError):
    """The listing's state changed since the page was drawn."""

    status = 409
    message = lazy_gettext("Its state has changed meanwhile: look at the page again.")


class ValidityOver(MarketError):
    """A listing whose last day has passed cannot be live."""

    field = "valid_to"
    message = lazy_gettext("Its last day has passed. Set a later one, then put it live.")


class QuotaBelowUse(MarketError):
    """The quota cannot fall below what is used and reserved."""

    constraint = "ck_product_quota"
    field = "quota_total"
    message = lazy_gettext("The quota cannot be less than what is already used and reserved.")


class KindStays(MarketError):
    """The kind decides the terms; another kind is another listing."""

    field = "kind"
    message = lazy_gettext("The kind of a listing stays: list the other kind as a new product.")


class AmountsReversed(MarketError):
    """The smallest amount is above the largest."""

    constraint = "ck_product_amounts"
    field = "amount_max"
    message = lazy_gettext("The largest amount must not be below the smallest.")


class TenorsReversed(MarketError):
    """The shortest tenor is above the longest."""

    constraint = "ck_product_tenors"
    field = "tenor_max"
    message = lazy_gettext("The longest tenor must not be below the shortest.")


def create(kind: str, data: Mapping[str, Any], *, by: Acting) -> Product:
    """A new draft of the acting institution; data as product_schema(kind) loads it."""
    if kind not in KINDS:
        raise NotFound
    product = Product(
        institution_id=by.organisation_id, kind=kind, created_at=now(), updated_at=now()
    )
    _fill(product, data, by=by)
    db.session.add(product)
    db.session.flush()
    audits.record("product.created", product, by=by, after=facts(product))
    return product


def change(
    product_id: str, data: Mapping[str, Any], *, by: Acting, kind: str | None = None
) -> Product:
    """Change one's own listing; each change of a listing that was public is a new version.

    `kind` is what the caller takes it for: the data's terms were read as those of that kind.
    """
    product = own(product_id, by=by)
    if kind not in {None, product.kind}:
        raise KindStays
    before = facts(product)
    _fill(product, data, by=by)
    if product.status != ListingStatus.DRAFT:
        product.version += 1
    if product.status == ListingStatus.LIVE:
        _refuse_over(product)
    return _written("product.changed", product, before=before, by=by)


def publish(product_id: str, *, by: Acting) -> Product:
    """Put a draft, paused or expired listing live; its terms count as confirmed today."""
    product = own(product_id, by=by)
    if product.status == ListingStatus.LIVE:
        raise NotInThisState
    _refuse_over(product)
    product.listed_at = now()
    return _set_status(product, ListingStatus.LIVE, by=by)


def pause(product_id: str, *, by: Acting) -> Product:
    """Take a live listing out of catalogue and ranking for a while."""
    product = own(product_id, by=by)
    if product.status != ListingStatus.LIVE:
        raise NotInThisState
    return _set_status(product, ListingStatus.PAUSED, by=by)


def expire_due() -> int:
    """Expire what is past its last day and tell its institution; returns how many."""
    due = db.session.scalars(
        select(Product)
        .where(
            Product.status.in_([ListingStatus.LIVE, ListingStatus.PAUSED]),
            Product.valid_to < today(),
        )
        .order_by(Product.id)
        .limit(_EXPIRED_AT_ONCE)
    ).all()
    for product in due:
        _set_status(product, ListingStatus.EXPIRED, by=None)
        messages.tell(
            messages.members_of(product.institution_id),
            EXPIRED,
            values={"product": product.name_zh},
            url=f"/products/{product.id}",
            dedupe_key=f"expired:{product.id}:{product.valid_to}",
        )
    return len(due)


def own(product_id: str, *, by: Acting) -> Product:
    """A listing of the organisation acted for; anyone else's does not exist."""
    product = db.session.get(Product, product_id)
    if product is None or product.institution_id != by.organisation_id:
        raise NotFound
    return product


def today() -> date:
    """The calendar day in Shanghai."""
    return now().astimezone(SHANGHAI).date()


def facts(product: Product) -> dict[str, Any]:
    """What the audit trail keeps of a listing."""
    return {name: getattr(product, name) for name in _KEPT}


def editable(product: Product, names: Iterable[str]) -> dict[str, Any]:
    """What a form of the listing starts with: these members, the terms with their types."""
    values = {name: getattr(product, name) for name in names if name != "terms"}
    return {**values, "terms": typed_terms(product)}


def proposal(kind: str) -> dict[str, Any]:
    """What a new listing of a kind starts with: a year's validity, the kind's usual scope."""
    known = KINDS[kind]
    criteria = {
        "purposes": sorted(known.purposes),
        "collateral": sorted(known.collateral),
        "grade_required": "0",
        "assurance_required": "0",
    }
    start = today()
    return {"valid_from": start, "valid_to": start + _A_YEAR, "criteria": criteria}


def typed_terms(product: Product) -> dict[str, Any]:
    """The stored terms with their types back: Decimal, int, date, str."""
    terms = KINDS[product.kind].terms
    return {t.name: _typed(t.kind, product.terms[t.name]) for t in terms if t.name in product.terms}


def _typed(kind: str, stored: Any) -> Any:
    if kind in {"decimal", "percent", "bp"}:
        return Decimal(stored)
    return date.fromisoformat(stored) if kind == "date" else stored


def _plain(value: Any) -> Any:
    """A term as JSON keeps it: numbers as text, so that no digit is lost."""
    return str(value) if isinstance(value, Decimal | date) else value


def _fill(product: Product, data: Mapping[str, Any], *, by: Acting) -> None:
    for name, value in data.items():
        if name not in {"terms", "criteria"}:
            setattr(product, name, value)
    for group in ("terms", "criteria"):
        if group in data:
            given = {k: _plain(v) for k, v in data[group].items() if v not in (None, [], "")}
            setattr(product, group, given)
    product.search_text = _search_text(product, by)
    product.updated_at = now()


def _search_text(product: Product, by: Acting) -> str:
    kind = KINDS[product.kind]
    parts = (
        product.name_zh, product.name_en, kind.zh, kind.en, product.summary_zh,
        product.summary_en, by.organisation_name_zh, by.organisation_name_en,
    )  # fmt: skip
    return fold(" ".join(part for part in parts if part))


def _refuse_over(product: Product) -> None:
    if product.valid_to < today():
        raise ValidityOver


def _set_status(product: Product, status: ListingStatus, *, by: Acting | None) -> Product:
    before = {"status": product.status}
    product.status, product.updated_at = status, now()
    return _written(f"product.{status}", product, before=before, by=by)


def _written(
    action: str, product: Product, *, before: Mapping[str, Any], by: Acting | None
) -> Product:
    db.session.flush()
    audits.record(action, product, by=by, before=before, after=facts(product))
    ranking.touch("product", product.id)
    return product
