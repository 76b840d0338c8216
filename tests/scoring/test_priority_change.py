from scoring.facts import Assurance, DisclosureStanding
from scoring.market_index import MarketIndex
from scoring.priority import PriorityRule
from scoring.priority_change import simulate, tier_counts
from scoring.ranking import RankOptions, enterprise_ranks, rank_needs
from scoring.scorecard import scorecard_model
from tests.scoring.samples import make_need, make_product

QUIET = make_need(
    id="quiet", enterprise_id="quiet", operating_years=30, taxonomy=frozenset({"2025-1.1"})
)
OPEN = make_need(
    id="open",
    enterprise_id="open",
    standing=DisclosureStanding(grade=2, points=30, age_months=8, completeness=0.5, pilot=1.0),
)


def under(rule):
    return MarketIndex.build(scorecard_model(), needs=[QUIET, OPEN], rule=rule)


def test_stronger_priority_lifts_the_discloser_and_lowers_the_other():
    none, all_ = under(PriorityRule(beta=0.0)), under(PriorityRule())
    shifts = {s.enterprise_id: s for s in simulate(none, all_, [make_product()])}
    assert (shifts["open"].gained, shifts["quiet"].gained) == (1, -1)


def test_unchanged_rule_moves_nobody():
    index = under(PriorityRule())
    shifts = simulate(index, index, [make_product(), make_product(rate=5.0)])
    assert [shift.gained for shift in shifts] == [0, 0]
    assert [shift.enterprise_id for shift in shifts] == ["open", "quiet"]


def test_ranks_are_those_the_ranking_shows():
    index, product = under(PriorityRule()), make_product()
    rows = rank_needs(index, product, options=RankOptions(top=None)).items
    assert enterprise_ranks(index, product) == {row.enterprise: row.rank for row in rows}


def test_tiers_are_counted_under_a_rule():
    best = make_need(standing=DisclosureStanding(
        grade=4, assurance=Assurance.REASONABLE, age_months=0
    ))  # fmt: skip
    assert tier_counts([best, QUIET, OPEN], PriorityRule()) == {"P1": 1, "P2": 2, "P3": 0}
