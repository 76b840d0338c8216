"""What a disclosure states, as a filing in the words of the VSME taxonomy."""

from disclosure.exchange.ixbrl import Filing
from disclosure.exchange.ixbrl_names import SCHEMES
from disclosure.exchange.vsme_answers import vsme_facts
from disclosure.facts import Disclosure


def filing_of(disclosure: Disclosure) -> Filing:
    """Return the facts of a disclosure with who states them; our own id where there is no other."""
    who, period = disclosure.organisation, disclosure.period
    return Filing(
        name=who.name,
        scheme=SCHEMES[who.scheme if who.number else "OTHER"],
        identifier=who.number or who.id,
        start=period.start,
        end=period.end,
        facts=tuple(vsme_facts(disclosure)),
    )
