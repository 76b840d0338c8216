"""Our own templates of enterprises, technologies, products and needs: a line is one object."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext
from marshmallow import Schema
from sqlalchemy import select

from market.domain import imported_organisations, needs, products, technologies
from market.enums import ListingStatus, OrganisationKind, PostingStatus
from market.extensions import db
from market.models import Need, Product, Technology
from market.permissions import Acting
from market.schemas.needs import NeedSchema
from market.schemas.organisations import OrganisationSchema
from market.schemas.products import ProductDetails, product_schema
from market.schemas.technologies import TechnologySchema
from market.work.imports import cells
from market.work.imports.own_columns import (
    Column,
    acting_for,
    columns_of,
    loaded,
    owner_columns,
    owner_of,
    refuse_filled,
)
from market.work.imports.report import Outcome, RowRefused
from market.work.imports.runner import Importer, Taken
from market.work.imports.sheets import Row
from scoring.products import KINDS

PUBLISH, KIND = "publish", "kind"
_OWNER = ("id_scheme", "id_value")
_DECIMALS = re.compile(r"-?\d+\.\d+")


def enterprise_columns() -> list[Column]:
    """Columns of the enterprises template."""
    return list(columns_of(OrganisationSchema()))


def enterprises(source: str) -> Importer:
    """A roster of enterprises: unclaimed until their people claim them."""

    def take(row: Row) -> Taken:
        line = {"kinds": OrganisationKind.ENTERPRISE, **_filled(row)}
        data = loaded(OrganisationSchema(), line)
        organisation, outcome = imported_organisations.save(data, source=source)
        return Taken(Outcome(outcome), organisation.id)

    return Importer(required=(*_OWNER, "name_zh"), take=take, main_column="id_value")


def technology_columns() -> list[Column]:
    """Columns of the technologies template."""
    return [*owner_columns(), *columns_of(TechnologySchema()), _publish_column()]


def technology_importer(_source: str) -> Importer:
    """Technologies of approved providers, known by provider and Chinese name."""
    required = (*_OWNER, "name_zh", "processes", "trl", "reduction_percent")
    return Importer(required=required, take=_take_technology, main_column="name_zh")


def _take_technology(row: Row) -> Taken:
    line = _filled(row)
    by = acting_for(owner_of(line, OrganisationKind.PROVIDER))
    data = loaded(TechnologySchema(), line)
    found = _existing(Technology, Technology.provider_id, by, data["name_zh"])
    if found is None:
        found, outcome = technologies.create(data, by=by), Outcome.IMPORTED
    elif _shown(TechnologySchema(), found) == _shown(TechnologySchema(), data):
        outcome = Outcome.UNCHANGED
    else:
        found, outcome = technologies.change(found.id, data, by=by), Outcome.UPDATED
    if cells.yes(line.get(PUBLISH, "")) and found.status != ListingStatus.LIVE:
        technologies.publish(found.id, by=by)
        outcome = Outcome.UPDATED if outcome == Outcome.UNCHANGED else outcome
    return Taken(outcome, found.id)


def product_columns() -> list[Column]:
    """Columns of the products template: common ones, and the terms of every kind."""
    kinds = "；".join(f"{code} {kind.zh}" for code, kind in KINDS.items())
    seen: dict[str, Column] = {}
    for code in KINDS:
        for column in columns_of(product_schema(code)()):
            seen.setdefault(column.name, column)
    return [*owner_columns(), Column(KIND, kinds), *seen.values(), _publish_column()]


def product_importer(_source: str) -> Importer:
    """Products of approved institutions, known by institution, kind and Chinese name."""
    required = (*_OWNER, KIND, *ProductDetails().load_fields)
    optional = {"name_en", "summary_en", "rate", "response_hours"}
    needed = tuple(name for name in required if name not in optional)
    return Importer(required=needed, take=_take_product, main_column="name_zh")


def _take_product(row: Row) -> Taken:
    line = _filled(row)
    by = acting_for(owner_of(line, OrganisationKind.INSTITUTION))
    kind = line.get(KIND, "")
    if kind not in KINDS:
        raise RowRefused(KIND, lazy_gettext("Choose one of the list."))
    schema = product_schema(kind)()
    foreign = {name for name in line if name.startswith("terms.")}
    foreign -= {column.name for column in columns_of(schema)}
    refuse_filled(line, foreign, lazy_gettext("This kind of product has no such term: empty it."))
    data = loaded(schema, line)
    found = _existing(Product, Product.institution_id, by, data["name_zh"])
    if found is None:
        found, outcome = products.create(kind, data, by=by), Outcome.IMPORTED
    elif found.kind != kind:
        raise RowRefused(KIND, lazy_gettext("A product of this name has another kind."))
    elif _same_product(found, schema, data):
        outcome = Outcome.UNCHANGED
    else:
        found, outcome = products.change(found.id, data, by=by), Outcome.UPDATED
    if cells.yes(line.get(PUBLISH, "")) and found.status != ListingStatus.LIVE:
        products.publish(found.id, by=by)
        outcome = Outcome.UPDATED if outcome == Outcome.UNCHANGED else outcome
    return Taken(outcome, found.id)


def _same_product(found: Product, schema: Schema, data: Mapping[str, Any]) -> bool:
    """Compare what the form would show of both; terms and criteria are stored without gaps."""
    stored = {
        **{name: getattr(found, name) for name in ProductDetails().load_fields},
        "terms": products.typed_terms(found),
        "criteria": found.criteria,
    }
    return _shown(schema, stored) == _shown(schema, data)


def need_columns() -> list[Column]:
    """Columns of the needs template."""
    return [*owner_columns(), *columns_of(NeedSchema())]


def need_importer(_source: str) -> Importer:
    """Needs of enterprises, claimed or not, known by enterprise and title."""
    required = (*_OWNER, "title", "amount", "tenor_months", "purpose")
    return Importer(required=required, take=_take_need, main_column="title")


def _take_need(row: Row) -> Taken:
    """A need is never rewritten: a changed one is closed and posted anew."""
    line = _filled(row)
    enterprise = owner_of(line, OrganisationKind.ENTERPRISE, unclaimed=True)
    data = loaded(NeedSchema(), line)
    query = select(Need).where(
        Need.enterprise_id == enterprise.id,
        Need.title == data["title"],
        Need.status == PostingStatus.OPEN,
    )
    found = db.session.scalars(query.limit(1)).first()
    if found is None:
        return Taken(Outcome.IMPORTED, needs.post_for(enterprise, data).id)
    same = _need_facts(found) == _need_facts(data) and found.ranked is not data["left_out"]
    if same:
        return Taken(Outcome.UNCHANGED, found.id)
    needs.close(found.id, by=acting_for(enterprise))
    return Taken(Outcome.UPDATED, needs.post_for(enterprise, data).id)


def _need_facts(need: Need | Mapping[str, Any]) -> Any:
    return _shown(NeedSchema(exclude=("amount_confirmed", "left_out")), need)


def _shown(schema: Schema, thing: object) -> Any:
    """What the form would show of it, without what is empty and zeros that say nothing."""
    return _plain(schema.dump(thing))


def _plain(value: Any) -> Any:
    if isinstance(value, str) and _DECIMALS.fullmatch(value):
        return value.rstrip("0").rstrip(".")
    if not isinstance(value, Mapping):
        return sorted(value) if isinstance(value, list) else value
    pairs = ((key, _plain(each)) for key, each in value.items())
    return {key: each for key, each in pairs if each not in (None, "", [], {})}


def _existing(model: Any, owner: Any, by: Acting, name: str) -> Any:
    query = select(model).where(owner == by.organisation_id, model.name_zh == name)
    return db.session.scalars(query.limit(1)).first()


def _filled(row: Row) -> dict[str, str]:
    return {name: text for name, text in row.cells.items() if text}


def _publish_column() -> Column:
    return Column(PUBLISH, str(lazy_gettext("TRUE makes it public at once")))
