"""The frame of the API: bearer tokens, OpenAPI 3.1, paging by key, our field types described."""

from typing import Any

from flask import Flask, abort, g, request
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields

from market.domain import api_tokens, memberships
from market.extensions import limiter
from market.permissions import ANYONE, guarded
from market.schemas.fields import Amount, Choice, Choices, Document, Moment, listed

PREFIX = "/api/v1"
_BEARER = "Bearer "
_LIMIT = "600 per minute"


class MarketApi(Api):
    """Errors are the edge's affair, for pages and API alike; smorest must not take them over."""

    def _register_error_handlers(self) -> None:
        """Leave the application's handlers in place."""


api = MarketApi()


def resource(name: str, *, about: str) -> Any:
    """A blueprint of one noun under /api/v1/<name>; `about` is its line in the document."""
    return Blueprint(f"api-{name}", __name__, url_prefix=f"{PREFIX}/{name}", description=about)


def paged(item: type[Schema]) -> type[Schema]:
    """The body of a list: items, and the key the next page starts after (null on the last)."""
    members: dict[str, Any] = {
        "items": fields.List(fields.Nested(item)),
        "next": fields.String(
            allow_none=True, metadata={"description": "pass it as ?after= to read on"}
        ),
    }
    return Schema.from_dict(members, name=f"{item.__name__.removesuffix('Schema')}Page")


class After(Schema):
    """The query of a list: where to read on."""

    after = fields.String(load_default="", validate=lambda value: len(value) <= 64)


def init_frame(app: Flask) -> None:
    """Bind the OpenAPI document and the token's reading."""
    app.config.update(
        API_TITLE="Tanqiao 碳桥",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=PREFIX,
        OPENAPI_JSON_PATH="openapi.json",
    )
    app.before_request(_load_token)
    api.init_app(app, spec_kwargs={"security": [{"token": []}]})
    api.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    api.register_field(Amount, "string", "decimal")
    api.register_field(Moment, "string", "date-time")
    api.register_field(Document, "string", "binary")
    for describe in (_describe_choice, _describe_choices):
        api.ma_plugin.converter.add_attribute_function(describe)


def guard_document(app: Flask) -> None:
    """The OpenAPI document is open to everyone; the registry names it like any route."""
    views: dict[str, Any] = app.view_functions
    for endpoint in [name for name in views if name.startswith("api-docs.")]:
        views[endpoint] = guarded(ANYONE)(views[endpoint])


def limited(blueprint: Any) -> Any:
    """The same limit for every resource, counted per token or address."""
    limiter.limit(_LIMIT, key_func=_caller)(blueprint)
    return blueprint


def _caller() -> str:
    return request.headers.get("Authorization", "")[-24:] or str(request.remote_addr)


def _load_token() -> None:
    """Who acts: the member behind the token; a wrong token is refused, none is a stranger."""
    given = request.headers.get("Authorization", "")
    if not request.path.startswith(f"{PREFIX}/") or not given:
        return
    membership = None
    if given.startswith(_BEARER):
        membership = api_tokens.membership_behind(given.removeprefix(_BEARER).strip())
    if membership is None:
        abort(401)
    g.person_locale = membership.person.locale
    g.acting = memberships.acting_by_membership(membership)


def _describe_choice(_converter: object, field: fields.Field[Any], **_kw: Any) -> dict[str, Any]:
    return {"enum": [key for key, _ in listed(field.options)]} if isinstance(field, Choice) else {}


def _describe_choices(_converter: object, field: fields.Field[Any], **_kw: Any) -> dict[str, Any]:
    if not isinstance(field, Choices):
        return {}
    keys = [key for key, _ in listed(field.options)]
    return {"items": {"type": "string", "enum": keys}, "uniqueItems": True}
