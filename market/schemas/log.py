"""The transparency log: what witnesses send, and what the API shows."""

import json

from flask_babel import lazy_gettext
from marshmallow import Schema, fields, validate

from market.schemas.fields import Text

_LARGEST = 2**31 - 1
_NOTE_LONGEST = 20_000


def _size(**given: object) -> fields.Integer:
    return fields.Integer(validate=validate.Range(0, _LARGEST), **given)  # type: ignore[arg-type]  # field options


class AfterSchema(Schema):
    """Where a list of the log reads on."""

    after = Text(lazy_gettext("Entry"), most=64, load_default="")


class WitnessSchema(Schema):
    """Registering a witness key."""

    key = Text(
        lazy_gettext("Public key of the witness"),
        required=True,
        most=200,
        hint=lazy_gettext("One line: name+keyid+base64. Never the line that begins with PRIVATE."),
    )


class CosignSchema(Schema):
    """A checkpoint as cosigned."""

    note = fields.String(required=True, validate=validate.Length(1, _NOTE_LONGEST))


class WitnessedSchema(Schema):
    """Whether cosignatures are wanted along."""

    witnesses = fields.Boolean(load_default=False, metadata={"label": lazy_gettext("Cosignatures")})


class ProofSchema(Schema):
    """Which entry in the tree of which size (the newest checkpoint's by default)."""

    index = _size(required=True)
    size = _size(load_default=None, allow_none=True)


class ConsistencySchema(Schema):
    """Between which two sizes; `to` is the newest checkpoint's by default."""

    old = _size(required=True, data_key="from")
    new = _size(load_default=None, allow_none=True, data_key="to")


class CheckpointOut(Schema):
    """A signed checkpoint: `note` is the signed text, `key` verifies it."""

    origin = fields.String()
    size = fields.Integer()
    root = fields.String(metadata={"description": "base64"})
    note = fields.String()
    key = fields.String()
    signed_at = fields.AwareDateTime(format="iso", allow_none=True)


class EntryRowOut(Schema):
    """An entry in a list."""

    index = fields.Integer(attribute="position")
    kind = fields.String()
    disclosure_id = fields.String(allow_none=True)
    footprint_id = fields.String(allow_none=True)
    leaf = fields.Function(lambda row: row.leaf.hex(), metadata={"type": "string"})
    added_at = fields.AwareDateTime(format="iso")


class EntryOut(EntryRowOut):
    """An entry with what was hashed: `entry` in canonical JSON has the leaf hash `leaf`."""

    entry = fields.Function(lambda row: json.loads(row.entry), metadata={"type": "object"})


class ProofOut(Schema):
    """An inclusion proof; hashes in base64."""

    index = fields.Integer()
    size = fields.Integer()
    leaf = fields.String()
    root = fields.String()
    proof = fields.List(fields.String())


class ConsistencyOut(Schema):
    """A consistency proof; hashes in base64."""

    old = fields.Integer(data_key="from")
    new = fields.Integer(data_key="to")
    proof = fields.List(fields.String())


class WitnessOut(Schema):
    """A witness, and the newest checkpoint it cosigned."""

    name = fields.String(attribute="witness.name")
    key = fields.String(attribute="witness.key")
    organisation_id = fields.String(attribute="witness.organisation_id")
    organisation = fields.String(attribute="witness.organisation.name_zh")
    size = fields.Integer(allow_none=True)
    at = fields.AwareDateTime(format="iso", allow_none=True)


class CosignedOut(Schema):
    """What was stored of a cosignature."""

    line = fields.String()
    cosigned_at = fields.AwareDateTime(format="iso")
