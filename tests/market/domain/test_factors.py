"""Own factors: private, with a source, versioned, never of two purposes."""

from decimal import Decimal

import pytest

from market.domain import activities, activity_facts, factors
from market.domain.queries import factors as queries
from market.errors import NotFound
from market.extensions import db
from market.models import OwnFactor
from tests.factories import activities as made
from tests.factories import organisations

D = Decimal
STEEL = {"source": "scope_3", "category": "c01", "item": "steel", "amount": D(50), "unit": "t"}


def test_changed_factor_is_a_new_version(app, acting_for):
    member = organisations.enterprise()
    first, by = made.own_factor(member), acting_for(member)
    second = factors.change(first, made.factor_data(value=D("1.9")), by=by)
    assert (second.version, second.code, first.value) == (2, "steel-a", "2.1")
    assert first.superseded_at is not None
    assert queries.in_use(member.organisation_id) == [second]
    with pytest.raises(factors.AlreadySuperseded):
        factors.change(first, made.factor_data(), by=by)


def test_own_factor_is_nobody_elses(app, acting_for):
    factor, other = made.own_factor(organisations.enterprise()), organisations.enterprise()
    with pytest.raises(NotFound):
        factors.own(factor.id, by=acting_for(other))
    with pytest.raises(activity_facts.NoFactor):
        made.line(other, **STEEL)
    with pytest.raises(activity_facts.UnknownFactor):
        made.line(other, **STEEL, factor_id=f"own-{factor.id}")


def test_own_factor_for_the_ets_is_refused_in_a_disclosure(app):
    member = organisations.enterprise()
    factor = made.own_factor(member, purpose="ets")
    with pytest.raises(activity_facts.WrongPurpose):
        made.line(member, **STEEL, factor_id=f"own-{factor.id}")


def test_retired_factor_cannot_be_chosen_any_more(app, acting_for):
    member = organisations.enterprise()
    factor, kept = made.own_factor(member), made.line(member, **STEEL)
    factors.retire(factor, by=acting_for(member))
    assert kept.grams == 105_000_000
    with pytest.raises(activity_facts.NoFactor):
        made.line(member, **STEEL)
    assert made.own_factor(member).version == 2


@pytest.mark.parametrize(
    ("given", "fact"),
    [
        ({"unit": "t"}, factors.NotAFactorUnit),
        ({"unit": "moon/t"}, factors.NotAFactorUnit),
        ({"unit": "kg/t"}, factors.NotAFactorUnit),
        ({"unit": "tCO2e/tCO2e"}, factors.NotAFactorUnit),
        ({"unit": "tCO2e/t", "gas": "CH4"}, factors.NotAFactorUnit),
        ({"unit": "kg/t", "gas": "XY"}, factors.UnknownGas),
        ({"region": "MOON"}, factors.UnknownRegion),
    ],
)
def test_factor_that_cannot_be_used_is_refused(app, given, fact):
    with pytest.raises(fact):
        made.own_factor(organisations.enterprise(), **given)
    assert db.session.query(OwnFactor).count() == 0


def test_factor_of_a_gas_shows_in_the_line(app):
    member = organisations.enterprise()
    made.own_factor(member, item="sludge", unit="kg/t", value=D(2), gas="CH4")
    line = made.line(member, source="process", item="sludge", amount=D(10), unit="t")
    assert (line.gas, line.warming, line.gwp_set) == ("CH4", "28", "AR5")
    assert line.grams == 560_000


def test_number_of_factors_is_bounded(app, monkeypatch):
    monkeypatch.setattr(factors, "MOST", 1)
    member = organisations.enterprise()
    made.own_factor(member)
    with pytest.raises(factors.TooManyFactors):
        made.own_factor(member, code="other")


def test_best_factor_is_of_the_site_not_of_the_office(app):
    member = organisations.enterprise()
    assert made.line(member, region="CN-JS").factor_id == "cn-grid-jiangsu-2022"
    assert made.line(member, region="CN-XZ").factor_id == "cn-grid-china-2023"
    assert made.line(member, 2021).factor_id == "cn-grid-shanghai-2021"
    assert activities.setting_of(member.organisation_id, 2025).region == "CN-SH"
