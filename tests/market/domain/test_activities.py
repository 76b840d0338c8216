"""Activity lines: calculated, refused at the field, saved by the thousand, exact in every sum."""

from decimal import Decimal

import pytest

from market.domain import activities, activity_facts, activity_rows, factors
from market.domain.activity_rows import GivenRow
from market.domain.queries import activities as queries
from market.errors import MarketError, NotFound
from market.extensions import db
from market.models import ActivityLine, AuditRecord
from tests.factories import activities as made
from tests.factories import disclosures, organisations
from tests.statements import counted_statements

D = Decimal
YEAR = disclosures.YEAR


def test_line_keeps_factor_version_and_source(app, acting_for):
    line = made.line(organisations.enterprise())
    assert (line.factor_id, line.factor_version) == ("cn-grid-shanghai-2022", "cn-2026.2")
    assert (line.grams, line.factor_source) == (58_490_000, "公告2024年第33号")
    assert db.session.query(AuditRecord).filter_by(action="activity.added").count() == 1


def test_totals_are_told_by_scope_and_only_of_ones_own_year(app):
    member, other = organisations.enterprise(), organisations.enterprise()
    made.line(member)
    made.line(member, **made.GAS)
    made.line(member, source="scope_3", category="c06", item="diesel", amount=D(2), unit="t")
    made.line(other)
    made.line(member, 2023)
    found = queries.totals(member.organisation_id, YEAR)
    assert (found.lines, found.scope_1, found.scope_3) == (3, D("216.22"), D("6.1918"))
    assert found.scope_2_location == found.scope_2_market == D("58.49")
    assert found.by_category == {"c06": D("6.1918")}


def test_green_power_lowers_the_market_total_only(app):
    member = organisations.enterprise()
    made.line(member, green=D(40), instrument="gec", certificates="A1", vintage=YEAR)
    found = queries.totals(member.organisation_id, YEAR)
    assert (found.scope_2_location, found.scope_2_market) == (D("58.49"), D("35.094"))


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        ({"factor_id": "cn-grid-shanghai-ets-2022"}, activity_facts.WrongPurpose),
        ({"factor_id": "cn-grid-china-footprint-2023"}, activity_facts.WrongPurpose),
        ({"factor_id": "nothing"}, activity_facts.UnknownFactor),
        ({"factor_id": "cn-diesel"}, activity_facts.UnitDoesNotFit),
        ({"item": "moonlight"}, activity_facts.NoFactor),
        ({"source": "stationary"}, activity_facts.WrongSource),
        ({"source": "fugitive"}, activity_facts.NoPotential),
        ({"unit": "t"}, activity_facts.NoFactorPerUnit),
        ({"unit": "parsec"}, activity_facts.UnknownUnit),
        ({"unit": "tCO2e"}, activity_facts.UnknownUnit),
        ({"amount": D(-1)}, activity_facts.NegativeAmount),
        ({"amount": D(10) ** 10}, activity_facts.TooLarge),
        ({"category": "c01"}, activity_facts.CategoryNeeded),
        ({"green": D(1)}, activity_facts.InstrumentNeeded),
        ({"green": D(101), "instrument": "gec"}, activity_facts.GreenTooMuch),
        ({"green": D(1), "instrument": "gec", "vintage": 2019}, activity_facts.VintageOutside),
        ({**made.GAS, "green": D(1), "instrument": "gec"}, activity_facts.GreenNotElectricity),
        ({**made.GAS, "factor_id": "cn-coke-oven-gas"}, activity_facts.OtherItem),
    ],
)
def test_line_that_cannot_be_right_is_refused_at_its_field(app, change, fact):
    with pytest.raises(fact) as told:
        made.line(organisations.enterprise(), **change)
    assert told.value.field
    assert "%" not in str(told.value)


def test_wrong_purpose_says_what_to_use_instead(app):
    with pytest.raises(activity_facts.WrongPurpose, match=r"cn-grid-shanghai-2022 \(0.5849"):
        made.line(organisations.enterprise(), factor_id="cn-grid-shanghai-ets-2022")


def test_per_10000_kwh_amount_is_converted_exactly(app):
    member = organisations.enterprise()
    lines = [made.line(member, amount=D(a), unit=u) for a, u in ((10, "万kWh"), (100_000, "kWh"))]
    assert {line.grams for line in lines} == {58_490_000}


def test_changed_own_factor_leaves_its_lines_alone(app, acting_for):
    member = organisations.enterprise()
    by, factor = acting_for(member), made.own_factor(member)
    steel = {"source": "scope_3", "category": "c01", "item": "steel", "amount": D(50), "unit": "t"}
    old = made.line(member, **steel)
    factors.change(factor, made.factor_data(value=D("1.9")), by=by)
    new = made.line(member, **steel)
    assert (old.grams, old.factor_version) == (105_000_000, "steel-a v1")
    assert (new.grams, new.factor_version) == (95_000_000, "steel-a v2")
    kept = activities.change(old, {**steel, "factor_id": old.factor_id, "note": "示例"}, by=by)
    assert kept.grams == 105_000_000


def test_foreign_line_does_not_exist(app, acting_for):
    line = made.line(organisations.enterprise())
    with pytest.raises(NotFound):
        activities.own(line.id, by=acting_for(organisations.enterprise()))


def test_future_year_has_no_lines(app):
    with pytest.raises(activities.YearClosed):
        made.line(organisations.enterprise(), 2090)


def rows(count: int, **given: object) -> list[GivenRow]:
    return [GivenRow(n + 2, {**made.POWER, "key": f"k{n}", **given}) for n in range(count)]


def save(member, given, acting_for):
    setting = activities.setting_of(member.organisation_id, YEAR)
    return activity_rows.save_rows(given, setting, by=acting_for(member))


def test_same_rows_again_change_nothing_and_changed_ones_update(app, acting_for):
    member = organisations.enterprise()
    assert save(member, rows(3), acting_for).counts()["imported"] == 3
    assert save(member, rows(3), acting_for).counts()["unchanged"] == 3
    again = save(member, [*rows(2), GivenRow(9, {**made.GAS, "key": "k2"})], acting_for)
    assert (again.updated, again.unchanged, again.imported) == (1, 2, 0)
    assert queries.totals(member.organisation_id, YEAR).scope_1 == D("216.22")


def test_wrong_row_is_told_and_the_others_saved(app, acting_for):
    member = organisations.enterprise()
    given = [*rows(2), GivenRow(7, {**made.POWER, "key": "k0"}), *rows(1, key="x", unit="t")]
    saved = save(member, given, acting_for)
    assert [(row, column) for row, column, _why in saved.refused] == [(7, "key"), (2, "unit")]
    assert db.session.query(ActivityLine).count() == 2


def test_thousand_rows_take_as_many_statements_as_ten(app, acting_for):
    member = organisations.enterprise()
    counts = []
    for number in (10, 1000):
        with counted_statements() as sent:
            save(member, rows(number), acting_for)
        counts.append(sent.number)
    assert counts[1] <= counts[0] < 12


def test_more_lines_than_a_year_holds_are_refused(app, acting_for, monkeypatch):
    monkeypatch.setattr(activity_rows, "MOST", 2)
    member = organisations.enterprise()
    assert len(save(member, rows(3), acting_for).refused) == 1
    with pytest.raises(activity_rows.LinesFull):
        made.line(member)


def test_gases_follow_the_set_the_draft_states(app, acting_for):
    member = organisations.enterprise()
    line = made.line(member, **made.COOLING)
    assert (line.gwp_set, line.grams) == ("AR5", 38_470_000)
    disclosures.draft(member, BND_03={"state": "value", "parts": {"value": "AR6"}})
    assert activities.use_warming_set(YEAR, by=acting_for(member)) == 1
    assert (line.gwp_set, line.grams) == ("AR6", 45_110_000)
    assert activities.use_warming_set(YEAR, by=acting_for(member)) == 0


def test_every_refusal_names_its_field(app):
    facts = [each for each in vars(activity_facts).values() if isinstance(each, type)]
    ours = [each for each in facts if issubclass(each, MarketError) and each is not MarketError]
    assert len(ours) > 10
    assert [each.__name__ for each in ours if not each.field] == []
