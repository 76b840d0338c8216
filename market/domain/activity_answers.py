"""Taking the figures of the lines over into a draft: shown first, and only what a person chose."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask_babel import lazy_gettext

from disclosure.answers import Answer
from disclosure.datapoints import climate
from disclosure.factors import VERSION
from disclosure.facts import Disclosure as Facts
from disclosure.inventory import ActivityError, Method, add_up
from disclosure.inventory_answers import GROUPS, answers_of
from market.domain import audits, disclosures
from market.domain.activity_calculation import line_of
from market.domain.disclosure_drafts import stored_answer
from market.domain.queries import activities as queries
from market.errors import MarketError
from market.models import Disclosure
from market.permissions import Acting

_SET = "BND-03"


class NoLines(MarketError):
    """Nothing to take over."""

    message = lazy_gettext("There are no lines in this year yet.")


class NothingChosen(MarketError):
    """No box was ticked."""

    message = lazy_gettext("Tick the figures to take over.")


class LinesChanged(MarketError):
    """What was shown is not what would be written."""

    status = HTTPStatus.CONFLICT
    message = lazy_gettext(
        "Lines or answers have changed since this page was opened. Look at the figures again."
    )


class WarmingSetDiffers(MarketError):
    """The draft states another set than the lines were calculated with."""

    message = lazy_gettext(
        "The draft states %(stated)s, lines of gases were calculated with %(used)s."
        " Calculate them anew first."
    )


class TooManyGroups(MarketError):
    """EMS-14 would be longer than a reader can take in."""

    message = lazy_gettext(
        "The lines use more than %(most)s pairs of item and factor; EMS-14 shows at most so many."
    )


@dataclass(frozen=True)
class Proposed:
    """One datapoint: the answer there is (JSON form, or None) and what the lines say."""

    datapoint: str
    before: dict[str, Any] | None
    after: dict[str, Any]

    @property
    def same(self) -> bool:
        """Whether taking it over would change nothing."""
        return self.before == self.after


@dataclass(frozen=True)
class Proposal:
    """All of them, and a mark that changes whenever one of them does."""

    rows: tuple[Proposed, ...]
    mark: str


def propose(draft: Disclosure) -> Proposal:
    """What the lines of the year say beside what the draft says."""
    facts = Facts.from_dict(draft.content)
    answers = {key: each.to_dict() for key, each in _answers(draft, facts).items()}
    if "EMS-09" in answers:
        answers["EMS-09"] = _with_other_categories(draft, answers["EMS-09"])
    order = list(climate().datapoints)
    rows = tuple(
        Proposed(key, stored_answer(draft.content, key), answers[key])
        for key in sorted(answers, key=order.index)
    )
    text = json.dumps([(each.datapoint, each.before, each.after) for each in rows], sort_keys=True)
    return Proposal(rows, hashlib.sha256(text.encode()).hexdigest())


def take_over(draft: Disclosure, chosen: Iterable[str], *, mark: str, by: Acting) -> list[str]:
    """Write the chosen answers into the draft, if they are still what was shown."""
    wanted = set(chosen)
    if not wanted:
        raise NothingChosen
    proposal = propose(draft)
    if proposal.mark != mark:
        raise LinesChanged
    given = {each.datapoint: each.after for each in proposal.rows if each.datapoint in wanted}
    if not given:
        raise NothingChosen
    disclosures.answer(draft, given, by=by)
    after = {"datapoints": sorted(given), "factor_version": VERSION}
    audits.record("activity.taken-over", draft, by=by, after=after)
    return sorted(given)


def _answers(draft: Disclosure, facts: Facts) -> dict[str, Answer]:
    rows = queries.everything(draft.organisation_id, draft.year)
    if not rows:
        raise NoLines
    used = sorted({row.gwp_set for row in rows if row.gwp_set})
    stated = str(facts.value(_SET) or "")
    if len(used) > 1 or (used and stated and used != [stated]):
        raise WarmingSetDiffers(stated=stated or "–", used=", ".join(used))
    made = add_up(tuple(line_of(row) for row in rows), Method(draft.year))
    try:
        answers = answers_of(made, known=facts)
    except ActivityError as error:
        raise TooManyGroups(most=GROUPS) from error
    if used and not stated:
        answers[_SET] = Answer.of(climate()[_SET], {"value": used[0]})
    return answers


def _with_other_categories(draft: Disclosure, made: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what a person said of categories without lines, unless it is a figure."""
    before = stored_answer(draft.content, "EMS-09") or {}
    mine = {row["category"] for row in made["rows"]}
    kept = [
        row
        for row in before.get("rows", [])
        if row.get("category") not in mine and "emissions" not in row
    ]
    rows = sorted([*made["rows"], *kept], key=lambda row: str(row.get("category", "")))
    return {**made, "rows": rows}
