"""The served ranking: learning of changes, laws through the market path, models, priority."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from market.database import read_only
from market.domain import needs as need_verbs
from market.domain import products as product_verbs
from market.domain import ranking, ranking_index
from market.enums import DisclosureStatus
from market.extensions import db
from market.models import Disclosure, Organisation
from market.moments import now
from scoring.facts import DisclosureStanding
from scoring.rows import Eligibility
from tests.factories import needs, organisations, people, products
from tests.statements import counted_statements


def reading():
    """The index as a GET sees it, in a transaction of its own."""
    db.session.commit()
    with read_only():
        found = ranking.served()
        db.session.rollback()
    return found


def disclose(organisation_id, *, year=2025, **figures):
    """A published disclosure with these figures, as the ranking reads it."""
    values = {"grade": 2, "points": 40, "completeness": 60, "data_quality": 3, **figures}
    made = Disclosure(
        organisation_id=organisation_id,
        year=year,
        status=DisclosureStatus.PUBLISHED,
        content={},
        period_end=datetime(year, 12, 31, tzinfo=UTC),
        created_at=now(),
        updated_at=now(),
        **values,
    )
    db.session.add(made)
    db.session.flush()
    ranking.touch("disclosure", made.id)
    return made


def test_an_unchanged_market_costs_one_statement(app):
    products.live()
    reading()
    with counted_statements() as counted:
        reading()
    assert counted.number == 1


def test_a_change_is_applied_without_building_anew(app):
    owner = organisations.institution()
    first, need = products.live(owner), needs.posted()
    before = reading()
    second = products.live(owner)
    after = reading()
    assert set(before.index.products) == {first.id}
    assert set(after.index.products) == {first.id, second.id}
    assert after.index.need_columns is before.index.need_columns
    assert need.id in after.index.needs


def test_an_index_grown_by_changes_equals_one_built_at_once(app):
    owner, firm = organisations.institution(), organisations.enterprise()
    kept, gone = products.live(owner), products.live(owner)
    reading()
    need = needs.posted(firm)
    product_verbs.pause(gone.id, by=people.acting_for(owner))
    disclose(firm.organisation_id)
    grown = reading()
    app.extensions.pop("ranking-index")
    built = reading()
    assert grown.index.products == built.index.products == {kept.id: built.index.products[kept.id]}
    assert grown.index.needs == built.index.needs
    assert (grown.index.need_columns.codes == built.index.need_columns.codes).all()
    assert need.id in built.index.needs


def test_what_a_writing_transaction_sees_stays_its_own(app):
    owner = organisations.institution()
    first = products.live(owner)
    reading()
    second = products.live(owner)
    assert second.id in ranking.served().index.products
    db.session.rollback()
    assert set(reading().index.products) == {first.id}


def test_a_restored_database_is_noticed_though_its_numbers_repeat(app, emptying):
    products.live()
    held = reading()
    db.session.remove()
    emptying()
    other = products.live()
    found = reading()
    assert found.version == held.version
    assert set(found.index.products) == {other.id}


def test_pruned_changes_only_cost_a_rebuild(app, monkeypatch):
    owner = organisations.institution()
    first = products.live(owner)
    reading()
    second = products.live(owner)
    monkeypatch.setattr(ranking_index, "_KEPT_CHANGES", 0)
    assert ranking_index.prune_changes() > 0
    assert set(reading().index.products) == {first.id, second.id}


def test_a_new_day_makes_disclosures_older(app, time_machine):
    firm = organisations.enterprise()
    need = needs.posted(firm)
    disclose(firm.organisation_id)
    before = reading().index.needs[need.id].standing.age_months
    time_machine.move_to(now() + timedelta(days=65))
    assert reading().index.needs[need.id].standing.age_months == before + 2


def test_a_suspended_institution_is_not_ranked(app):
    owner = organisations.institution()
    products.live(owner)
    reading()
    organisations.decided(owner, "suspended")
    ranking.touch("organisation", owner.organisation_id)
    assert not reading().index.products


def test_contributions_sum_to_the_score(app):
    for kind in ("green_loan", "carbon_pledge", "transition_loan"):
        products.live(kind=kind)
    firm = organisations.enterprise()
    disclose(firm.organisation_id, scope1=Decimal(100), revenue=Decimal(10))
    need = needs.posted(firm, amount_confirmed=True)
    ranked = ranking.products_for(need.id)
    assert len(ranked.items) == 3
    for row in ranked.items:
        total = ranked.base + sum(part.points for part in row.contributions)
        assert total == pytest.approx(row.score, abs=1e-9)
        assert row.order == row.score + row.priority


FIGURES = st.fixed_dictionaries(
    {
        "grade": st.integers(0, 4),
        "points": st.integers(0, 100),
        "assurance": st.integers(0, 2),
        "completeness": st.integers(0, 100),
        "data_quality": st.integers(1, 5),
        "scope1": st.decimals(0, 1000, places=2) | st.none(),
    }
)
BETTER = {
    "grade": lambda old, new: max(old, new),
    "points": lambda old, new: max(old, new),
    "assurance": lambda old, new: max(old, new),
    "completeness": lambda old, new: max(old, new),
    "data_quality": lambda old, new: min(old, new),
    "scope1": lambda old, new: new if old is None else old if new is None else min(old, new),
}


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    figures=FIGURES,
    wished=FIGURES,
    older=st.booleans(),
    changed=st.sets(st.sampled_from(list(BETTER))),
)
def test_an_improvement_never_lowers_a_score_on_the_market(app, figures, wished, older, changed):
    product = products.live(quota_total=Decimal(10**9))
    better = {k: BETTER[k](v, wished[k]) if k in changed else v for k, v in figures.items()}
    if better["grade"] == figures["grade"]:
        better["points"] = max(better["points"], figures["points"])
    found = []
    for year, given_figures in ((2024 if older else 2025, figures), (2025, better)):
        firm = organisations.enterprise()
        need = needs.posted(firm, amount_confirmed=True)
        common = {"scope2_location": Decimal(50), "revenue": Decimal(500)}
        disclose(firm.organisation_id, year=year, **common, **given_figures)
        found.append(need.id)
    rows = {row.id: row for row in ranking.needs_for(product.id).items}
    worse, improved = (rows[each] for each in found)
    assert improved.score >= worse.score
    assert improved.order >= worse.order


def test_the_short_route_stands_above_an_equal_firm_without_disclosure(app):
    product = products.live()
    short, none = (organisations.enterprise(size_class="small") for _ in range(2))
    posted = [needs.posted(each, amount_confirmed=True).id for each in (short, none)]
    disclose(short.organisation_id, grade=2)
    rows = [row.id for row in ranking.needs_for(product.id).items]
    assert rows == posted


def test_an_unclaimed_enterprise_has_grade_one_at_most_and_no_priority(app):
    organisation, product = organisations.unclaimed(), products.live()
    disclose(organisation.id, grade=3, assurance=2)
    need = need_verbs.post_for(organisation, needs.details(amount_confirmed=True))
    assert ranking.served().index.needs[need.id].standing.grade == 1
    row = ranking.needs_for(product.id).items[0]
    assert (row.priority, row.order) == (0.0, row.score)
    other = ranking.products_for(need.id).items[0]
    assert (other.priority, other.order) == (0.0, other.score)


def test_need_without_any_disclosure_has_the_empty_standing(app):
    need = needs.posted()
    assert ranking.served().index.needs[need.id].standing == DisclosureStanding()


def test_eligibility_of_what_is_not_on_the_market_is_no(app):
    need, product = needs.posted(), products.live()
    assert ranking.eligibility(need.id, product.id) is Eligibility.ELIGIBLE
    assert ranking.eligibility(need.id, "gone") is Eligibility.NO


def test_mutual_chances_cover_the_pairs_that_may_meet(app):
    need, product = needs.posted(), products.live()
    products.live(criteria={"purposes": ["risk_cover"]})
    found = ranking.mutual_chances([need.id], [product.id, "gone"])
    assert list(found) == [(need.id, product.id)]
    assert 0 < found[need.id, product.id] < 1


def test_unknown_noun_is_a_programming_error(app):
    with pytest.raises(ValueError, match="knows no"):
        ranking.touch("cheese", "x")
    assert db.session.get(Organisation, "x") is None
