"""Sample footprints with labels: two valid, one expired, one revoked, all simulated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from market import moments
from market.domain import footprint_labels, footprints
from market.domain.queries.footprints import today
from market.files import Upload
from market.moments import now
from market.sample.parties import Party
from market.sample.statements import statement_pdf

_SCHEME = "示例产品碳标签"
_POWER = "cn-grid-china-footprint-2023"
_REVOKED_AFTER = timedelta(days=60)


@dataclass(frozen=True)
class _Product:
    """One sample product: lines are (stage, name, amount, unit, own factor or "")."""

    certificate: str
    zh: str
    en: str
    gtin: str
    unit: str
    mass: str
    days_ago: int
    lines: tuple[tuple[str, str, str, str, str], ...]
    uptake: str = ""
    revoked: str = ""


_PRODUCTS = (
    _Product(
        "TQ-SAMPLE-0001", "示例功率模块", "Sample power module", "4006381333931",
        "piece", "0.35", 40,
        (
            ("materials", "硅片", "0.05", "kg", "48"),
            ("materials", "铜基板与封装材料", "0.3", "kg", "5.2"),
            ("production", "封装测试用电", "6", "kWh", ""),
            ("distribution", "公路运输", "0.12", "t·km", "0.09"),
        ),
    ),
    _Product(
        "TQ-SAMPLE-0002", "示例生物基医用导管", "Sample bio-based catheter", "5901234123457",
        "kilogram", "1", 40,
        (
            ("materials", "生物基聚合物", "1.05", "kg", "2.1"),
            ("production", "挤出与灭菌用电", "5.4", "kWh", ""),
            ("distribution", "公路运输", "0.6", "t·km", "0.09"),
        ),
        uptake="-1.45",
    ),
    _Product(
        "TQ-SAMPLE-0003", "示例铝合金轮毂", "Sample alloy wheel", "4012345678901",
        "piece", "9.5", 1100,
        (
            ("materials", "再生铝锭", "10.2", "kg", "2.4"),
            ("materials", "原生铝锭", "1.5", "kg", "14.5"),
            ("production", "铸造与机加工用电", "38", "kWh", ""),
        ),
    ),
    _Product(
        "TQ-SAMPLE-0004", "示例螺杆空压机", "Sample screw compressor", "9780201379624",
        "piece", "420", 400,
        (
            ("materials", "铸铁与钢材", "430", "kg", "2.1"),
            ("production", "加工装配用电", "380", "kWh", ""),
        ),
        revoked="示例：核查发现钢材用量漏报。",
    ),
)  # fmt: skip


def publish_labels(makers: Sequence[Party], verifier: Party) -> int:
    """Record, verify and publish each product for a maker; returns how many."""
    for product, maker in zip(_PRODUCTS, makers, strict=False):
        at = now() - timedelta(days=product.days_ago)
        with moments.at(at):
            made = _published(product, maker, verifier)
        if product.revoked:
            with moments.at(at + _REVOKED_AFTER):
                footprint_labels.revoke(made, product.revoked, by=verifier.acting)
    footprint_labels.expire_due()
    return len(_PRODUCTS)


def _published(product: _Product, maker: Party, verifier: Party) -> Any:
    by = maker.acting
    made = footprints.create(_first(product), by=by)
    footprints.save(made, "scope", _scope(product), by=by)
    for given in product.lines:
        footprints.add_line(made, _line(*given), by=by)
    parts = {"biogenic_uptake": Decimal(product.uptake)} if product.uptake else {}
    footprints.save(made, "figures", {"packaging_included": False, **parts}, by=by)
    footprints.save(made, "method", _method(), by=by)
    wanted = {"verifier_id": verifier.organisation.id, "message": "示例送核。"}
    footprints.submit(made, wanted, by=by)
    label = {
        "certificate": product.certificate,
        "scheme": _SCHEME,
        "valid_from": today(),
        "valid_until": today() + timedelta(days=1000),
        "note": "示例：有限保证，数据为模拟。",
        "statement": Upload(
            f"statement-{product.certificate}.pdf", "application/pdf", _statement(product)
        ),
    }
    footprint_labels.verify(made, label, by=verifier.acting)
    return footprint_labels.publish(made, by=by)


def _statement(product: _Product) -> bytes:
    return statement_pdf(
        "SAMPLE verification statement (simulated, about no real product)",
        f"Certificate {product.certificate}",
        "Product carbon footprint, limited assurance, ISO 14067",
    )


def _first(product: _Product) -> dict[str, Any]:
    return {
        "name_zh": product.zh,
        "name_en": product.en,
        "id_kind": "gtin",
        "product_id": product.gtin,
        "model": "S-1",
        "classification": "",
        "description": "示例产品，数据为模拟。",
    }


def _scope(product: _Product) -> dict[str, Any]:
    year = now().year - 1
    return {
        "unit": product.unit,
        "amount": Decimal(1),
        "mass": Decimal(product.mass),
        "boundary": "cradle_to_gate",
        "boundary_note": "原材料、制造和出厂运输（示例）。",
        "start": date(year, 1, 1),
        "end": date(year, 12, 31),
        "geography_kind": "subdivision",
        "geography": "CN-SH",
    }


def _line(stage: str, name: str, amount: str, unit: str, own: str) -> dict[str, Any]:
    return {
        "stage": stage,
        "name": name,
        "amount": Decimal(amount),
        "unit": unit,
        "factor": "own" if own else _POWER,
        "factor_value": Decimal(own) if own else None,
        "factor_unit": f"kgCO2e/{unit}" if own else "",
        "factor_source": "示例供应商数据" if own else "",
    }


def _method() -> dict[str, Any]:
    return {
        "standards": ["ISO14067"],
        "gwp": ["AR6"],
        "pcr": "示例产品种类规则",
        "exempted": Decimal(2),
        "exempted_note": "包装与厂内运输（示例）。",
        "allocation": "按质量分配（示例）。",
        "sources": "示例数据库 2024",
        "primary_share": Decimal(65),
        "technology_rating": Decimal(2),
        "geography_rating": Decimal("1.5"),
        "time_rating": Decimal(2),
        "comment": "",
    }
