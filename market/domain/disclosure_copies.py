"""Last year's answers taken over into a draft: marked one by one until edited or confirmed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext

from disclosure.facts import Disclosure as Facts
from market.domain import audits, visibilities
from market.domain import disclosure_contents as contents
from market.domain.disclosure_drafts import lock
from market.domain.queries import disclosures as queries
from market.errors import MarketError
from market.extensions import db
from market.models import Disclosure
from market.moments import now
from market.permissions import Acting

USUALLY_THE_SAME = frozenset({"general", "boundary", "governance", "risk", "strategy", "targets"})
"""The sections offered first: what a firm says there seldom changes within a year."""


class NothingToCopy(MarketError):
    """No year before is published, or every answer of the chosen sections is given already."""

    field = "sections"
    message = lazy_gettext(
        "Nothing was copied: choose a section with answers of the year before"
        " that this draft does not answer yet."
    )


class UnconfirmedCopies(MarketError):
    """Copied answers are published only after somebody said that they still hold."""

    message = lazy_gettext(
        "Not published: %(count)s answers are copied from an earlier year and not confirmed."
        " Confirm or change them first: %(datapoints)s"
    )


@dataclass(frozen=True)
class Offer:
    """What an earlier year could give: section -> its answers that the draft lacks."""

    year: int
    sections: Mapping[str, tuple[str, ...]]


def offered(draft: Disclosure) -> Offer | None:
    """What may be copied into a draft; None where no year before it is published."""
    earlier = _year_before(draft)
    return None if earlier is None else Offer(earlier.year, _lacking(draft, earlier))


def copy_forward(draft: Disclosure, sections: Collection[str], *, by: Acting) -> int:
    """Take the answers of these sections over, each marked; returns how many.

    Only open questions are filled: nothing that was typed is overwritten.
    """
    lock(draft, by)
    earlier = _year_before(draft)
    lacking = {} if earlier is None else _lacking(draft, earlier)
    wanted = [key for name, keys in lacking.items() if name in sections for key in keys]
    if earlier is None or not wanted:
        raise NothingToCopy
    facts, wanted = _with_copies(draft, earlier, wanted)
    draft.content, draft.edit = facts.to_dict(), draft.edit + 1
    draft.changes = {**draft.changes, **{key: [draft.edit, by.person_id] for key in wanted}}
    draft.copied = {**draft.copied, **dict.fromkeys(wanted, earlier.year)}
    _written(draft, by)
    after = {"datapoints": wanted, "from": earlier.id}
    audits.record("disclosure.copied", draft, by=by, after=after)
    return len(wanted)


def confirm(draft: Disclosure, datapoints: Collection[str], *, by: Acting) -> list[str]:
    """Say that copied answers hold for this year too; returns those that were marked."""
    lock(draft, by)
    held = [key for key in draft.copied if key in datapoints]
    if held:
        draft.copied = {key: year for key, year in draft.copied.items() if key not in held}
        _written(draft, by)
        audits.record("disclosure.confirmed", draft, by=by, after={"datapoints": held})
    return held


def refuse_unconfirmed(draft: Disclosure) -> None:
    """No copied answer is published as if somebody had looked at it."""
    if draft.copied:
        raise UnconfirmedCopies(count=len(draft.copied), datapoints=", ".join(draft.copied))


def _with_copies(
    draft: Disclosure, earlier: Disclosure, wanted: list[str]
) -> tuple[Facts, list[str]]:
    """The draft with the earlier answers, less what its questionnaire no longer takes.

    Evidence stays behind: last year's meter reading proves nothing about this year.
    """
    answers = visibilities.whole_content(earlier)["answers"]
    given = {key: {**answers[key], "evidence": []} for key in wanted}
    facts = Facts.from_dict(draft.content)
    try:
        return contents.with_answers(facts, given), wanted
    except contents.Refused as refused:
        left = {key: each for key, each in given.items() if key not in refused.problems}
        if not left:
            raise NothingToCopy from refused
        return contents.with_answers(facts, left), list(left)


def _year_before(draft: Disclosure) -> Disclosure | None:
    found = queries.published_before(draft.organisation_id, draft.year)
    return found[0] if found else None


def _lacking(draft: Disclosure, earlier: Disclosure) -> dict[str, tuple[str, ...]]:
    """The earlier answers a person typed to questions that the draft asks and leaves open."""
    asked = Facts.from_dict(draft.content).catalogue
    typed: dict[str, Any] = contents.without_calculated(visibilities.whole_content(earlier))[
        "answers"
    ]
    open_keys = [k for k in asked.datapoints if k in typed and k not in draft.content["answers"]]
    return {
        each.id: tuple(key for key in open_keys if asked[key].section == each.id)
        for each in asked.sections
    }


def _written(draft: Disclosure, by: Acting) -> None:
    draft.updated_at, draft.updated_by = now(), by.person_id
    db.session.flush()
