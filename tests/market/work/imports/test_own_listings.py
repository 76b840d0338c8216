"""Our own templates: written, filled, imported, imported again, refused with the column."""

from decimal import Decimal

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from market.extensions import db
from market.models import Need, Organisation, Product, Technology
from market.work.imports import templates
from market.work.imports.formats import TEMPLATES, import_file
from tests.factories import organisations, products
from tests.market.work.imports import files

TECHNOLOGY = {
    "name_zh": "示例热泵", "summary_zh": "示例", "processes": "waste_heat；drying", "trl": "8",
    "reduction_percent": "30", "payback_years": "3", "capex_min": "50万", "capex_max": "200万",
    "publish": "TRUE",
}  # fmt: skip
PRODUCT = {
    "kind": "green_loan", "name_zh": "示例绿色贷款", "name_en": "Sample loan", "summary_zh": "示例",
    "amount_min": "100万", "amount_max": "5000万", "tenor_min": "12", "tenor_max": "60",
    "rate": "3.6", "quota_total": "10亿", "valid_from": "2026-01-01", "valid_to": "2099-12-31",
    "criteria.purposes": "energy_saving;clean_energy",
}  # fmt: skip
TERMS = {f"terms.{name}": str(value) for name, value in products.terms("green_loan").items()}
NEED = {
    "title": "示例锅炉改造", "amount": "800万", "tenor_months": "36", "purpose": "energy_saving",
    "collateral": "equipment",
}  # fmt: skip


def of(member, line):
    """The line with the two columns that say whose it is."""
    owner = db.session.get_one(Organisation, member.organisation_id)
    return {"id_scheme": owner.id_scheme, "id_value": owner.id_value, **line}


def imported(folder, name, *rows):
    return import_file(files.csv_file(folder, rows, encoding="gbk"), name, limit_mb=5)


def counts(report):
    return tuple(report.counts[key] for key in ("imported", "updated", "unchanged", "skipped"))


@pytest.mark.parametrize("name", sorted(TEMPLATES))
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_template_has_header_explanations_units_and_no_formula(app, tmp_path, name, ending):
    path = tmp_path / f"{name}.{ending}"
    templates.write(path, TEMPLATES[name]())
    if ending == "csv":
        assert path.read_text(encoding="utf-8-sig").splitlines()[1].startswith(("#", '"#'))
        return
    sheet = load_workbook(path).worksheets[0]
    assert [cell.value for cell in sheet[1]][:2] == [
        "id_scheme",
        "id_value",
    ] or name == "enterprises"
    assert str(sheet["A2"].value).startswith("# ")
    assert str(sheet["A3"].value).startswith("# ")
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_exported_cell_is_never_a_formula(text):
    assert templates.safe(text) == f"'{text}"


def test_technologies_are_made_updated_and_left_alone(app, tmp_path):
    line = of(organisations.provider(), TECHNOLOGY)
    assert counts(imported(tmp_path, "technologies", line)) == (1, 0, 0, 0)
    assert counts(imported(tmp_path, "technologies", line)) == (0, 0, 1, 0)
    assert counts(imported(tmp_path, "technologies", {**line, "trl": "9"})) == (0, 1, 0, 0)
    made = db.session.scalars(select(Technology)).one()
    assert (made.trl, made.status, made.processes) == (9, "live", ["waste_heat", "drying"])
    assert made.capex_max == Decimal(2_000_000)


@pytest.mark.parametrize(
    ("column", "cell"),
    [("trl", "12"), ("capex_max", "NaN"), ("processes", "magic"), ("id_value", "x"),
     ("id_scheme", "vat"), ("reduction_percent", "=10*3")],
)  # fmt: skip
def test_wrong_cell_is_named_and_only_its_row_skipped(app, tmp_path, column, cell):
    line = of(organisations.provider(), TECHNOLOGY)
    report = imported(tmp_path, "technologies", {**line, column: cell}, {**line, "name_zh": "好"})
    assert counts(report) == (1, 0, 0, 1)
    assert (report.skipped[0].row, report.skipped[0].column) == (2, column)
    assert db.session.scalars(select(Technology.name_zh)).all() == ["好"]


def test_products_with_terms_and_criteria_are_recognised_again(app, tmp_path):
    line = of(organisations.institution(), {**PRODUCT, **TERMS})
    first = imported(tmp_path, "products", line)
    assert [note.why for note in first.skipped] == []
    assert counts(imported(tmp_path, "products", line)) == (0, 0, 1, 0)
    assert counts(imported(tmp_path, "products", {**line, "rate": "3.5"})) == (0, 1, 0, 0)
    made = db.session.scalars(select(Product)).one()
    assert made.criteria["purposes"] == ["energy_saving", "clean_energy"]


def test_term_of_another_kind_is_refused(app, tmp_path):
    line = of(organisations.institution(), {**PRODUCT, **TERMS, "terms.strike_price": "80"})
    report = imported(tmp_path, "products", line)
    assert [note.column for note in report.skipped] == ["terms.strike_price"]


def test_changed_need_is_closed_and_posted_anew(app, tmp_path):
    line = of(organisations.enterprise(), NEED)
    assert counts(imported(tmp_path, "needs", line)) == (1, 0, 0, 0)
    assert counts(imported(tmp_path, "needs", line)) == (0, 0, 1, 0)
    assert counts(imported(tmp_path, "needs", {**line, "amount": "900万"})) == (0, 1, 0, 0)
    rows = db.session.execute(select(Need.status, Need.amount).order_by(Need.amount)).all()
    assert [tuple(row) for row in rows] == [("closed", 8_000_000), ("open", 9_000_000)]


def test_enterprises_become_unclaimed_until_their_people_come(app, tmp_path):
    line = {
        "name_zh": "示例纺织", "focus_sector": "fashion", "size_class": "small",
        "id_scheme": "uscc", "id_value": organisations.uscc_number(),
    }  # fmt: skip
    assert counts(imported(tmp_path, "enterprises", line)) == (1, 0, 0, 0)
    assert counts(imported(tmp_path, "enterprises", line)) == (0, 0, 1, 0)
    made = db.session.scalars(select(Organisation)).one()
    assert (made.status, made.kinds, made.source) == ("unclaimed", ["enterprise"], "示例.csv")


def test_enterprise_with_members_is_not_overwritten(app, tmp_path):
    line = of(organisations.enterprise(), {"name_zh": "别名", "size_class": "small"})
    report = imported(tmp_path, "enterprises", {**line, "focus_sector": "fashion"})
    assert counts(report) == (0, 0, 0, 1)
