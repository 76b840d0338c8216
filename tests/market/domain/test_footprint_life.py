"""The life of footprints under random verbs and clocks: the table of steps is never left."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from market import moments
from market.domain import footprint_labels as labels
from market.domain import footprint_states as states
from market.domain import footprints
from market.domain.queries import footprints as queries
from market.errors import MarketError
from market.extensions import db
from market.models import AuditRecord, Footprint
from market.moments import now
from tests.factories import footprints as made
from tests.factories import organisations, people

_PROVE = os.environ.get("PROVE") == "1"
_OUT = {"published", "superseded", "expired", "revoked"}
WHICH = st.integers(0, 5)


class Life(RuleBasedStateMachine):
    """One maker, one verifier, a product whose versions come and go."""

    def __init__(self) -> None:
        """Begin with a complete draft."""
        super().__init__()
        self.maker, self.verifier = organisations.enterprise(), organisations.owner_of("verifier")
        self.by, self.checker = people.acting_for(self.maker), people.acting_for(self.verifier)
        self.clock = now()
        self.kept: dict[str, tuple[Any, ...]] = {}
        made.draft(self.maker)
        db.session.commit()
        self.states = {row.id: row.status for row in self.rows()}

    def rows(self) -> list[Footprint]:
        """Every version of this maker, oldest first."""
        mine = Footprint.organisation_id == self.maker.organisation_id
        return list(db.session.scalars(select(Footprint).where(mine).order_by(Footprint.version)))

    @contextmanager
    def attempt(self, which: int) -> Iterator[Footprint]:
        """A verb at the machine's time on one of the versions; a refusal leaves no trace."""
        rows = self.rows()
        with moments.at(self.clock):
            try:
                if rows:
                    yield rows[which % len(rows)]
                else:
                    yield made.draft(self.maker)
                db.session.commit()
            except MarketError:
                db.session.rollback()

    @rule(days=st.integers(1, 400))
    def time_passes(self, days: int) -> None:
        """The clock moves and the job runs."""
        self.clock += timedelta(days=days)
        with moments.at(self.clock):
            labels.expire_due()
            db.session.commit()

    @rule(which=WHICH)
    def maker_submits(self, which: int) -> None:
        """Send it."""
        with self.attempt(which) as row:
            data = {"verifier_id": self.verifier.organisation_id, "message": ""}
            footprints.submit(row, data, by=self.by)

    @rule(which=WHICH, days=st.integers(-5, 1300))
    def verifier_signs(self, which: int, days: int) -> None:
        """Sign it, for good or bad validities."""
        with self.attempt(which) as row:
            until = queries.today() + timedelta(days=days)
            labels.verify(row, made.label(valid_until=until), by=self.checker)

    @rule(which=WHICH)
    def maker_signs_for_herself(self, which: int) -> None:
        """Nobody can."""
        with self.attempt(which) as row:
            labels.verify(row, made.label(), by=self.by)
            raise AssertionError("the maker signed")

    @rule(which=WHICH, verb=st.sampled_from(["send_back", "revoke"]))
    def verifier_refuses(self, which: int, verb: str) -> None:
        """Return or revoke it."""
        with self.attempt(which) as row:
            getattr(labels, verb)(row, "示例理由", by=self.checker)

    @rule(which=WHICH)
    def maker_publishes(self, which: int) -> None:
        """Make it public."""
        with self.attempt(which) as row:
            labels.publish(row, by=self.by)

    @rule(which=WHICH, verb=st.sampled_from(["take_back", "renew", "discard"]))
    def maker_reconsiders(self, which: int, verb: str) -> None:
        """Take back, renew or discard."""
        with self.attempt(which) as row:
            getattr(footprints, verb)(row, by=self.by)

    @invariant()
    def states_follow_the_table(self) -> None:
        """Each version moved along the table, perhaps several steps; none jumped."""
        found = {row.id: row.status for row in self.rows()}
        for key, state in found.items():
            before = self.states.get(key, "draft")
            assert state == before or state in states.STEPS[before], (before, state)
        assert all(self.states[key] == "draft" for key in set(self.states) - set(found))
        self.states = found

    @invariant()
    def one_version_counts(self) -> None:
        """At most one published and one in work; each public one certified by another."""
        rows = self.rows()
        series = [row.series_id for row in rows if row.status == "published"]
        assert len(series) == len(set(series))
        working = [row.series_id for row in rows if row.status not in _OUT]
        assert len(working) == len(set(working))
        for row in rows:
            if row.status in _OUT:
                assert row.verified_by not in {None, *row.editors}
                assert row.valid_from
                assert row.valid_until
                assert row.valid_until - row.valid_from <= timedelta(days=3 * 366)

    @invariant()
    def what_was_published_never_changes(self) -> None:
        """Digest, certificate and record stay; a label in force is not past its last day."""
        with moments.at(self.clock):
            for row in self.rows():
                if row.status in _OUT:
                    kept = (row.digest, row.certificate, row.value, str(row.record))
                    assert self.kept.setdefault(row.id, kept) == kept
                assert row.status != "revoked" or row.reason

    @invariant()
    def every_step_left_a_record(self) -> None:
        """The audit trail ends with the state each version is in."""
        for row in self.rows():
            query = select(AuditRecord).where(AuditRecord.subject_id == row.id)
            told = [each.after or {} for each in db.session.scalars(query.order_by(AuditRecord.id))]
            last = [after["status"] for after in told if "status" in after]
            assert last[-1] == row.status


@pytest.mark.prove
def test_footprints_live_by_the_table_of_steps(
    app: Flask, record_property: Callable[[str, object], None]
) -> None:
    record_property("count", 200 if _PROVE else 8)
    shape = settings(
        max_examples=200 if _PROVE else 8,
        stateful_step_count=30 if _PROVE else 14,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    run_state_machine_as_test(Life, settings=shape)
