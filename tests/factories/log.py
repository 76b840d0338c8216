"""Entries of the log and witnesses, made through the verbs."""

from typing import Any

from disclosure.ledger.note import COSIGNATURE, Signer
from market.domain import log, log_witnesses
from market.domain.queries import log as queries
from market.extensions import db
from market.models import Disclosure, LogCheckpoint, LogLeaf, LogWitness
from tests.factories import disclosures, organisations, people

WITNESS = Signer.from_seed("bank.example/w1", bytes([2]) * 32, COSIGNATURE)


def waiting(disclosure: Disclosure | None = None, *, count: int = 1) -> list[LogLeaf]:
    """Entries in the queue, small ones: what the tree holds does not matter to it."""
    about = disclosure or disclosures.draft()
    rows = db.session.query(LogLeaf).count()
    return [
        log.add(
            {"kind": "published", "number": rows + number},
            disclosure_id=about.id,
            subject_id=f"x{rows + number}",
        )
        for number in range(count)
    ]


def logged(**given: Any) -> Disclosure:
    """A published version whose entry is in the log."""
    version = disclosures.published(**given)
    log.append_all()
    db.session.commit()
    return version


def imported() -> Disclosure:
    """A small version, as imported from others, whose entry is in the log."""
    version = disclosures.third_party()
    log.append_all()
    db.session.commit()
    return version


def witness() -> LogWitness:
    """A bank that registered a key."""
    number = db.session.query(LogWitness).count()
    key = Signer.from_seed(f"bank.example/w{number}", bytes([number]) * 32, COSIGNATURE)
    by = people.acting_for(organisations.institution())
    return log_witnesses.register(key.verifier.text, by=by)


def checkpoint() -> LogCheckpoint:
    """The newest checkpoint."""
    found = queries.newest_checkpoint()
    assert found is not None
    return found
