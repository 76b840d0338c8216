"""Checking a received filing: read it, validate it apart, compare it with the year's draft."""

from dataclasses import asdict
from typing import Any

from disclosure.checks import Context
from disclosure.checks.xbrl import received_filing
from disclosure.exchange.ixbrl_reader import IxbrlError, read
from disclosure.exchange.xbrl_received import Received
from market.domain import filings as verbs
from market.extensions import db
from market.models import Filing
from market.work import validation


def check(filing_id: str, *, let_go: bool = False) -> dict[str, Any]:
    """Check one filing and store what was found; a file that cannot be read says why.

    `let_go` ends the transaction while the processor runs; the caller has written nothing before.
    """
    filing = db.session.get_one(Filing, filing_id)
    data = verbs.path_of(filing).read_bytes()
    try:
        reading = read(data)
    except IxbrlError as error:
        told = error.told
        verbs.checked(filing_id, {"refused": {"zh": told.zh, "en": told.en}})
        return {"refused": error.text.code}
    if let_go:
        db.session.rollback()
    received = Received(reading, validation.validated(data))
    facts = verbs.compared_with(db.session.get_one(Filing, filing_id), reading)
    findings = received_filing(facts, Context(filing=received))
    result = {
        "findings": [{**each.to_dict(), "blocks": each.blocks} for each in findings],
        "facts": [{**asdict(each), "dimensions": dict(each.dimensions)} for each in reading.facts],
        "processor": received.processed.to_dict(),
        "entities": [list(each) for each in reading.entities],
        "year": facts.year,
    }
    verbs.checked(filing_id, result)
    return {"facts": len(reading.facts), "findings": len(findings)}
