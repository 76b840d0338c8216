from scoring.facts import Assurance, DisclosureStanding
from scoring.priority import PriorityRule
from scoring.priority_change import simulate, tier_counts
from tests.scoring.samples import make_index, make_need, make_product

QUIET = make_need(
    id="quiet", enterprise_id="quiet", operating_years=30, taxonomy=frozenset({"2025-1.1"})
)
OPEN = make_need(
    id="open",
    enterprise_id="open",
    standing=DisclosureStanding(grade=2, points=30, age_months=8, completeness=0.5, pilot=1.0),
)


def test_stronger_priority_lifts_the_discloser_and_lowers_the_other():
    index = make_index(needs=[QUIET, OPEN])
    none, all_ = PriorityRule(beta=0.0), PriorityRule()
    unruled = type(index).build(index.model, needs=[QUIET, OPEN], rule=none)
    shifts = {s.enterprise_id: s for s in simulate(unruled, all_, [make_product()])}
    assert (shifts["open"].gained, shifts["quiet"].gained) == (1, -1)


def test_unchanged_rule_moves_nobody():
    index = make_index(needs=[QUIET, OPEN])
    shifts = simulate(index, PriorityRule(), [make_product(), make_product(rate=5.0)])
    assert [shift.gained for shift in shifts] == [0, 0]
    assert [shift.enterprise_id for shift in shifts] == ["open", "quiet"]


def test_tiers_are_counted_under_a_rule():
    best = make_need(standing=DisclosureStanding(
        grade=4, assurance=Assurance.REASONABLE, age_months=0
    ))  # fmt: skip
    assert tier_counts([best, QUIET, OPEN], PriorityRule()) == {"P1": 1, "P2": 2, "P3": 0}
