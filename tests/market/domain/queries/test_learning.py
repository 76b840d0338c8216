"""Shown lists become rows: positions from one, openings as choices, other directions left out."""

from flask import Flask

from market.domain.queries import learning
from tests.factories import models, organisations


def test_rows_carry_session_position_choice_and_lot(app: Flask) -> None:
    firm = organisations.enterprise().organisation_id
    models.shown(firm, rows=4, opened=2)
    models.shown(firm, rows=3, by_lot=False)
    lists = learning.shown_lists("products")
    assert len(lists.codes) == 7
    assert sorted(lists.position[lists.randomised]) == [1, 2, 3, 4]
    assert lists.chosen[lists.randomised].sum() == 2
    assert (lists.choices, lists.by_lot) == (2, 1)


def test_the_other_direction_is_empty(app: Flask) -> None:
    models.shown(organisations.enterprise().organisation_id)
    assert learning.shown_lists("needs").choices == 0
    assert learning.funnel()["products"] == {
        "lists": 1, "lists_by_lot": 1, "shown": 10, "chosen": 0,
    }  # fmt: skip
