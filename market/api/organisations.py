"""Organisations in the API: one's own, and the public ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marshmallow import Schema, fields

from market.api.frame import resource
from market.domain import organisations as verbs
from market.permissions import ANYONE, MEMBER, acting, guarded

if TYPE_CHECKING:
    from market.models import Organisation

organisations = resource("organisations", about="Who acts on the market")


class OrganisationOut(Schema):
    """What anyone may know of an organisation."""

    id = fields.String()
    name_zh = fields.String()
    name_en = fields.String()
    kinds = fields.List(fields.String())
    id_scheme = fields.String()
    id_value = fields.String()
    status = fields.String()
    focus_sector = fields.String()
    industry = fields.String()
    district = fields.String()
    size_class = fields.String()
    is_sample = fields.Boolean()


@organisations.route("/mine", methods=["GET"])
@guarded(MEMBER)
@organisations.response(200, OrganisationOut)
def mine() -> Organisation:
    """The organisation the token acts for."""
    return verbs.own(acting())


@organisations.route("/<string:organisation_id>", methods=["GET"])
@guarded(ANYONE)
@organisations.response(200, OrganisationOut)
def show(organisation_id: str) -> Organisation:
    """A public organisation."""
    return verbs.find(organisation_id)
