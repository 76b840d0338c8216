"""A ranked list as JSON: what `flask rank --json` and the API's matches answer."""

from flask_babel import lazy_gettext
from marshmallow import Schema, fields

from market.schemas.fields import Whole


class MatchFilter(Schema):
    """How many rows, and whether the ineligible too."""

    top = Whole(lazy_gettext("How many"), least=1, most=200, load_default=50)
    all = fields.Bool(load_default=False, metadata={"description": "the ineligible too"})


class Words(Schema):
    """A sentence in both languages."""

    zh = fields.Str()
    en = fields.Str()


class Reason(Words):
    """What is missing, with its stable code."""

    code = fields.Str()


class Contribution(Schema):
    """What one feature adds, in log-odds against the reference."""

    feature = fields.Str()
    value = fields.Raw(allow_none=True)
    points = fields.Float()
    zh = fields.Str()
    en = fields.Str()


class Move(Schema):
    """Something the enterprise can change, verified by ranking again."""

    do = fields.Nested(Words)
    score_after = fields.Float()
    rank_after = fields.Int(allow_none=True)
    unlocks = fields.Int()


class Match(Schema):
    """One ranked row; `enterprise` is a teaser before consent."""

    id = fields.Str()
    rank = fields.Int(allow_none=True)
    eligibility = fields.Str()
    missing = fields.List(fields.Nested(Reason))
    score = fields.Float()
    priority = fields.Float()
    order = fields.Float()
    mutual = fields.Float()
    contributions = fields.List(fields.Nested(Contribution))
    moves = fields.List(fields.Nested(Move))
    enterprise = fields.Dict()


class Matches(Schema):
    """The whole answer; score = base + contributions, order = score + priority."""

    model = fields.Str()
    as_of = fields.Str()
    direction = fields.Str()
    base = fields.Float()
    items = fields.List(fields.Nested(Match))
    by_date = fields.List(fields.Str())
