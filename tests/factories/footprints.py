"""Footprints at every point of their life, made through the verbs."""

from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import count
from typing import Any

from market.domain import footprint_labels, footprints
from market.domain.queries.footprints import today
from market.files import Upload
from market.models import Footprint, Membership
from tests.factories import organisations, people

PDF = b"%PDF-1.4\n% a sample statement of a footprint\n"
PDF_SHA256 = sha256(PDF).hexdigest()
_numbers = count(1)


def product(**given: Any) -> dict[str, Any]:
    """What the first step of the form loads."""
    return {
        "name_zh": "示例铝合金轮毂",
        "name_en": "Sample alloy wheel",
        "id_kind": "gtin",
        "product_id": "4006381333931",
        "model": "W-18",
        "classification": "",
        "description": "18英寸，示例。",
        **given,
    }


def scope(**given: Any) -> dict[str, Any]:
    """What the second step loads: one piece of 9.5 kg, last year, Shanghai."""
    year = today().year - 1
    return {
        "unit": "piece",
        "amount": Decimal(1),
        "mass": Decimal("9.5"),
        "boundary": "cradle_to_gate",
        "boundary_note": "",
        "start": date(year, 1, 1),
        "end": date(year, 12, 31),
        "geography_kind": "subdivision",
        "geography": "CN-SH",
        **given,
    }


def line(**given: Any) -> dict[str, Any]:
    """An activity line: 10 kWh give 6.205 kgCO2e."""
    return {
        "stage": "production",
        "name": "机加工用电",
        "amount": Decimal(10),
        "unit": "kWh",
        "factor": "cn-grid-china-footprint-2023",
        "factor_value": None,
        "factor_unit": "",
        "factor_source": "",
        **given,
    }


def figures(**given: Any) -> dict[str, Any]:
    """What the step of the parts loads: nothing but the lines."""
    return {"packaging_included": False, **given}


def method(**given: Any) -> dict[str, Any]:
    """What the last step loads."""
    return {
        "standards": ["ISO14067"],
        "gwp": ["AR6"],
        "pcr": "",
        "exempted": Decimal(1),
        "exempted_note": "",
        "allocation": "",
        "sources": "",
        "primary_share": Decimal(60),
        "technology_rating": Decimal(2),
        "geography_rating": Decimal(1),
        "time_rating": Decimal("1.5"),
        "comment": "",
        **given,
    }


def label(**given: Any) -> dict[str, Any]:
    """What the verifier's form loads."""
    return {
        "certificate": f"TQ-{next(_numbers):06d}",
        "scheme": "示例碳标签",
        "valid_from": today(),
        "valid_until": today() + timedelta(days=1000),
        "note": "",
        "statement": Upload("statement.pdf", "application/pdf", PDF),
        **given,
    }


def begun(maker: Membership | None = None, **given: Any) -> Footprint:
    """A draft with its first step."""
    maker = maker or organisations.enterprise()
    return footprints.create(product(**given), by=people.acting_for(maker))


def draft(maker: Membership | None = None, **sections: Any) -> Footprint:
    """A complete draft; `scope`, `figures`, `method` replace parts of a section."""
    maker = maker or organisations.enterprise()
    by = people.acting_for(maker)
    made = begun(maker, **sections.get("product", {}))
    footprints.save(made, "scope", scope(**sections.get("scope", {})), by=by)
    for each in sections.get("lines", [line()]):
        footprints.add_line(made, each, by=by)
    footprints.save(made, "figures", figures(**sections.get("figures", {})), by=by)
    return footprints.save(made, "method", method(**sections.get("method", {})), by=by)


def submitted(maker: Membership, verifier: Membership, **sections: Any) -> Footprint:
    """A footprint in a verifier's hands."""
    made = draft(maker, **sections)
    data = {"verifier_id": verifier.organisation_id, "message": "请核查"}
    return footprints.submit(made, data, by=people.acting_for(maker))


def verified(maker: Membership, verifier: Membership, **given: Any) -> Footprint:
    """A footprint with its certificate; `given` goes to the label."""
    made = submitted(maker, verifier)
    return footprint_labels.verify(made, label(**given), by=people.acting_for(verifier))


def published(
    maker: Membership | None = None, verifier: Membership | None = None, **given: Any
) -> Footprint:
    """A public footprint with its label."""
    maker = maker or organisations.enterprise()
    made = verified(maker, verifier or organisations.owner_of("verifier"), **given)
    return footprint_labels.publish(made, by=people.acting_for(maker))
