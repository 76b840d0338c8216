"""Official lists: industries of GB/T 4754 and administrative divisions, kept by code."""

from typing import Any

from market.domain import audits
from market.extensions import db
from market.models import District, Industry

_FACTS = {
    Industry: ("level", "name_zh", "parent_code"),
    District: ("name_zh", "name_en", "city_code"),
}


def save_industry(code: str, *, level: str, name_zh: str, parent_code: str) -> str:
    """Keep an industry; "imported", "updated" or "unchanged"."""
    given = {"level": level, "name_zh": name_zh, "parent_code": parent_code}
    return _save(Industry, code, given)


def save_district(code: str, *, name_zh: str, city_code: str, name_en: str = "") -> str:
    """Keep an administrative division; "imported", "updated" or "unchanged"."""
    given = {"name_zh": name_zh, "city_code": city_code, "name_en": name_en}
    return _save(District, code, given)


def _save(model: type[Industry | District], code: str, given: dict[str, Any]) -> str:
    row = db.session.get(model, code)
    before = None if row is None else {name: getattr(row, name) for name in _FACTS[model]}
    if before == given:
        return "unchanged"
    if row is None:
        row = model(code=code, **given)
        db.session.add(row)
    for name, value in given.items():
        setattr(row, name, value)
    db.session.flush()
    noun, after = model.__tablename__, {"code": code, **given}
    audits.record(f"{noun}.imported", row, by=None, before=before, after=after)
    return "imported" if before is None else "updated"
