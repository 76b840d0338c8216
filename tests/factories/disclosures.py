"""Disclosures begun, answered and published through the verbs."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from disclosure.datapoints import climate
from market.domain import disclosures
from market.models import Disclosure, Membership, Organisation
from tests.factories import organisations, people

_SAMPLE = Path(__file__).parent.parent / "disclosure" / "data" / "sample-2025.json"
YEAR = 2025


def full_answers(year: int = YEAR) -> dict[str, Any]:
    """Every datapoint of a sound disclosure that people type."""
    answers: dict[str, Any] = json.loads(_SAMPLE.read_text("utf-8"))["answers"]
    answers["EMS-06"]["parts"]["vintage"] = year
    return {key: each for key, each in answers.items() if not climate()[key].calculated}


def tonnes(amount: str, unit: str = "tCO2e") -> dict[str, Any]:
    """An answer of one quantity."""
    return {"state": "value", "parts": {"value": {"amount": amount, "unit": unit}}}


def draft(member: Membership | None = None, *, year: int = YEAR, **answers: Any) -> Disclosure:
    """A draft with these answers; underscores of the names stand for hyphens."""
    by = people.acting_for(member or organisations.enterprise())
    made = disclosures.start(year, by=by)
    given = {key.replace("_", "-"): value for key, value in answers.items()}
    return disclosures.answer(made, given, by=by) if given else made


def filled(member: Membership | None = None, *, year: int = YEAR) -> Disclosure:
    """A draft that answers the whole questionnaire."""
    by = people.acting_for(member or organisations.enterprise())
    made = disclosures.start(year, by=by)
    answers = full_answers(year)
    answers["EMS-06"]["parts"]["certificates"] = f"GEC-{made.organisation_id}-{year}"
    return disclosures.answer(made, answers, by=by)


def explanations_for(made: Disclosure) -> dict[str, str]:
    """A sentence for each warning of a draft."""
    return {each["key"]: "示例说明" for each in disclosures.review_of(made).warnings}


def published(
    member: Membership | None = None, *, year: int = YEAR, changes: Mapping[str, Any] | None = None
) -> Disclosure:
    """A published version that answers the whole questionnaire."""
    member = member or organisations.enterprise()
    by = people.acting_for(member)
    made = filled(member, year=year)
    if changes:
        disclosures.answer(made, changes, by=by)
    return disclosures.publish(made, by=by, explanations=explanations_for(made))


def third_party(organisation: Organisation | None = None, **answers: Any) -> Disclosure:
    """Imported figures of an unclaimed organisation."""
    organisation = organisation or organisations.unclaimed()
    content = third_party_content(**answers)
    return disclosures.import_third_party(organisation, content, source="示例数据集")[0]


def third_party_content(**answers: Any) -> dict[str, Any]:
    """What an importer hands over: a few figures of one year."""
    given = {key.replace("_", "-"): value for key, value in answers.items()}
    return {
        "format": "tanqiao-disclosure/1",
        "catalogue": "climate-2026.1",
        "organisation": {"id": "x", "name": "示例", "scheme": "OTHER", "number": ""},
        "year": YEAR,
        "period": {"start": f"{YEAR}-01-01", "end": f"{YEAR}-12-31", "note": ""},
        "answers": {"EMS-01": tonnes("1000"), "EMS-05": tonnes("500"), **given},
    }


def owner_of(disclosure: Disclosure) -> Membership:
    """The first member of the organisation that discloses."""
    return organisations.first_of(disclosure.organisation_id)
