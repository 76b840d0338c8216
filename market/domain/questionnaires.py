"""Which questions a questionnaire asks of a draft, and how many of them are answered."""

from collections.abc import Collection, Sequence

from disclosure.datapoints import SHORT_ROUTE, Catalogue, Datapoint, current
from disclosure.facts import Disclosure as Facts
from market.domain import disclosure_contents as contents
from market.domain.disclosure_reviews import Progress

BOTH = "both"
USUAL = "climate"
_GATES = frozenset(
    {*SHORT_ROUTE, "VER-01", "BND-04", "BND-05", "EMS-08", "ACT-01", "TGT-01", "TGT-02", "STR-02"}
)
"""What the grade looks at is shown whichever questionnaire is chosen."""


def choices() -> tuple[str, ...]:
    """The questionnaires one may answer: each by itself, or all."""
    return (*current().questionnaires, BOTH)


def asked_by(chosen: str, section: str) -> tuple[Datapoint, ...]:
    """The datapoints of a section that the chosen questionnaire asks."""
    catalogue = current()
    return catalogue.of_section(section, "" if chosen == BOTH else chosen)


def shown(chosen: str, section: str, answered: Collection[str]) -> tuple[Datapoint, ...]:
    """What a page of the form shows: what is asked, what the grade needs, what was answered."""
    asks = {each.id for each in asked_by(chosen, section)} | _GATES | set(answered)
    whole = current().of_section(section)
    found = tuple(each for each in whole if each.id in asks)
    return found or whole


def sections(chosen: str) -> tuple[str, ...]:
    """The sections of the chosen questionnaire in reading order."""
    return tuple(each.id for each in current().sections if asked_by(chosen, each.id))


def by_section(facts: Facts, chosen: str) -> tuple[Progress, ...]:
    """Progress in each section of the chosen questionnaire."""
    return tuple(_progress(facts, key, asked_by(chosen, key)) for key in sections(chosen))


def whole(facts: Facts) -> tuple[Progress, ...]:
    """Progress in each questionnaire; an answer that two of them ask counts in both."""
    catalogue: Catalogue = current()
    return tuple(
        _progress(facts, key, catalogue.of_questionnaire(key)) for key in catalogue.questionnaires
    )


def _progress(facts: Facts, part: str, asked: Sequence[Datapoint]) -> Progress:
    return Progress(part, sum(_is_answered(facts, each.id) for each in asked), len(asked))


def _is_answered(facts: Facts, datapoint: str) -> bool:
    known = datapoint in facts.catalogue.datapoints
    return known and contents.is_answered(facts, datapoint)
