"""The sample enterprises publish their years, each in the spring after the year."""

from collections.abc import Iterable
from datetime import UTC, datetime

from market import moments
from market.domain import disclosures, visibilities
from market.domain.disclosure_reviews import Review
from market.sample.answers import answers_of
from market.sample.esg_answers import esg_answers_of
from market.sample.firms import Firm, YearFigures
from market.sample.parties import Party
from market.sample.visibility import levels_of

_WHY = "示例：产能与产品结构调整。"


def publish_years(pairs: Iterable[tuple[Firm, Party]]) -> int:
    """Publish every year of every firm that discloses; returns how many."""
    published = 0
    for firm, party in pairs:
        for figures in firm.years if firm.depth else ():
            with moments.at(_spring_after(figures.year, firm.number)):
                _publish(firm, party, figures)
            published += 1
    return published


def _publish(firm: Firm, party: Party, figures: YearFigures) -> None:
    draft = disclosures.start(figures.year, by=party.acting)
    answers = answers_of(firm, figures) | esg_answers_of(firm, figures)
    draft = disclosures.answer(draft, answers, by=party.acting)
    visibilities.choose(draft, levels_of(firm), by=party.acting)
    review = disclosures.review_of(draft)
    disclosures.publish(draft, by=party.acting, explanations=_explained(review))


def _explained(review: Review) -> dict[str, str]:
    return {str(warning["code"]): _WHY for warning in review.warnings}


def _spring_after(year: int, number: int) -> datetime:
    return datetime(year + 1, 4, 1 + number % 28, 2, number % 60, tzinfo=UTC)
