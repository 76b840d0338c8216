"""No timetable of either mode ever breaks a hard rule, by a checker of its own."""

import os

from hypothesis import given, settings

from scoring.meetings import read_instance, timetable
from scoring.meetings.plan import plan_document
from tests.scoring.meetings.checking import complaints
from tests.scoring.meetings.instances import agreed_instances, choose_instances

COUNT = 2000 if os.environ.get("PROVE") else 60
QUICK = settings(max_examples=COUNT, deadline=None)


def solved(document, **options):
    return plan_document(timetable(read_instance(document), seconds=0.01, **options))


@QUICK
@given(choose_instances())
def test_chosen_meetings_never_double_book_anybody(document):
    plan = solved(document)
    assert plan.get("infeasible") or complaints(document, plan) == []


@QUICK
@given(agreed_instances())
def test_agreed_meetings_never_double_book_anybody(document):
    plan = solved(document)
    assert plan.get("infeasible") or complaints(document, plan) == []


@QUICK
@given(choose_instances())
def test_the_same_seed_gives_the_same_plan(document):
    assert solved(document, seed=3) == solved(document, seed=3)
