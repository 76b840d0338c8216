"""The floor: the least a Flask + SQLAlchemy + Jinja application can do for three of our pages.

It reads the same database as the market and shows the same rows, without guards, languages,
sessions, security headers or logs. `python -m benchmarks.pages` measures the market against it.
"""

import os
from decimal import Decimal

from flask import Flask, Response, abort, jsonify
from flask_sqlalchemy import SQLAlchemy
from marshmallow import Schema, fields
from sqlalchemy import ForeignKey, Numeric, select
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship


class Base(DeclarativeBase):
    """The floor's own mapping of two of the market's tables."""


db = SQLAlchemy(model_class=Base)
ROWS = 24


class Organisation(Base):
    """An institution, as much of it as the pages show."""

    __tablename__ = "organisation"
    id: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str]


class Product(Base):
    """A listing, as much of it as the pages show."""

    __tablename__ = "product"
    id: Mapped[str] = mapped_column(primary_key=True)
    institution_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str]
    name_zh: Mapped[str]
    summary_zh: Mapped[str]
    status: Mapped[str]
    amount_min: Mapped[Decimal] = mapped_column(Numeric(18, 2))
    amount_max: Mapped[Decimal] = mapped_column(Numeric(18, 2))
    tenor_min: Mapped[int]
    tenor_max: Mapped[int]
    rate: Mapped[Decimal | None] = mapped_column(Numeric(8, 4))
    institution: Mapped[Organisation] = relationship(lazy="raise")


class ProductSchema(Schema):
    """The JSON of a listing."""

    id = fields.String()
    kind = fields.String()
    name_zh = fields.String()
    institution = fields.Function(lambda product: product.institution.name_zh)
    amount_min = fields.Decimal(as_string=True)
    amount_max = fields.Decimal(as_string=True)
    tenor_min = fields.Integer()
    tenor_max = fields.Integer()
    rate = fields.Decimal(as_string=True)


_LAYOUT = (
    "<!doctype html><html lang='zh-CN'><head><meta charset='utf-8'><title>{{ title }}</title>"
    "<meta name='viewport' content='width=device-width'></head><body><main>%s</main></body></html>"
)
_LIST = _LAYOUT % (
    "<h1>{{ title }}</h1>{% for p in products %}<section><h2><a href='/products/{{ p.id }}'>"
    "{{ p.name_zh }}</a></h2><p>{{ p.institution.name_zh }} · {{ p.kind }}</p><p>{{ p.summary_zh }}"
    "</p><p>{{ p.amount_min }}–{{ p.amount_max }} · {{ p.tenor_min }}–{{ p.tenor_max }} · "
    "{{ p.rate }}</p></section>{% endfor %}"
)
_DETAIL = _LAYOUT % (
    "<h1>{{ p.name_zh }}</h1><p>{{ p.institution.name_zh }} · {{ p.kind }}</p><p>{{ p.summary_zh }}"
    "</p><p>{{ p.amount_min }}–{{ p.amount_max }} · {{ p.tenor_min }}–{{ p.tenor_max }} · "
    "{{ p.rate }}</p>"
)


def create_app() -> Flask:
    """Make the floor over the database named by FLOOR_DATABASE."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["FLOOR_DATABASE"]
    db.init_app(app)
    list_page, detail_page = (app.jinja_env.from_string(text) for text in (_LIST, _DETAIL))

    def newest() -> list[Product]:
        query = select(Product).options(joinedload(Product.institution))
        query = query.where(Product.status == "live").order_by(Product.id).limit(ROWS)
        return list(db.session.scalars(query))

    @app.get("/products")
    def products() -> str:
        return list_page.render(title="Products", products=newest())

    @app.get("/products/<product_id>")
    def product(product_id: str) -> str:
        query = select(Product).options(joinedload(Product.institution))
        found = db.session.scalars(query.where(Product.id == product_id)).first()
        return detail_page.render(title=found.name_zh, p=found) if found else abort(404)

    @app.get("/api/v1/products")
    def api_products() -> Response:
        return jsonify(items=ProductSchema(many=True).dump(newest()))

    return app
