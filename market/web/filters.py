"""Filters of a catalogue, read from the address; a wrong one is named and left out."""

from typing import Any

from flask import request
from marshmallow import Schema, ValidationError


def chosen(schema: Schema) -> tuple[dict[str, Any], list[str]]:
    """The filters in force and what is wrong with those that were left out."""
    typed = {key: text for key, text in request.args.items() if text and key in schema.load_fields}
    try:
        return schema.load(typed), []
    except ValidationError as error:
        wrong = error.messages_dict
        kept = {key: text for key, text in typed.items() if key not in wrong}
        labels = {key: str(schema.load_fields[key].metadata["label"]) for key in wrong}
        told = [f"{labels[key]}: {' '.join(map(str, lines))}" for key, lines in wrong.items()]
        return schema.load(kept), told
