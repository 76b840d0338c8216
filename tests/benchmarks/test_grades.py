"""The grade beside an outside level: what is compared, on answers made up here."""

from benchmarks import grades


def test_a_firm_that_denies_nothing_reaches_the_top_and_verification_is_a_gate() -> None:
    assert grades._graded(frozenset())[0] == 4
    assert grades._graded(frozenset({"Q9L3"}))[0] == 2
    assert grades._graded(frozenset({"Q5L2"}))[0] == 0


def test_a_correlation_names_its_firms_and_its_doubt() -> None:
    found = grades._correlation([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 5, 4, 6, 8, 7])
    low, high = found["ci95"]
    assert (found["n"], found["rho"]) == (8, 0.952)
    assert low < found["rho"] < high


def test_too_few_firms_give_no_figure() -> None:
    assert grades._correlation([1, 2, 3, 4], [1, 2, 3, 4])["rho"] is None
