"""Answers of an import as the content of a disclosure (the form of the data dictionary)."""

from collections.abc import Mapping
from typing import Any

from disclosure.datapoints import current
from disclosure.facts import FORMAT
from market.models import Organisation


def content_of(organisation: Organisation, year: int, answers: Mapping[str, Any]) -> dict[str, Any]:
    """A calendar year's content; the organisation of the header is filled in on import."""
    return {
        "format": FORMAT,
        "catalogue": current().version,
        "organisation": {
            "id": organisation.id,
            "name": organisation.name_zh or organisation.name_en,
            "scheme": "OTHER",
            "number": organisation.id_value,
        },
        "year": year,
        "period": {"start": f"{year}-01-01", "end": f"{year}-12-31", "note": ""},
        "answers": dict(answers),
    }
