"""Visibility: which answers of a published disclosure outsiders see only as commitments.

A section is public, open to institutions by consent, or private. What the gate of grade 1 asks is
always public, so that every grade rests on something anyone can read.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from disclosure import datapoints
from disclosure.calculated import calculated
from disclosure.datapoints import REQUIRED, SHORT_ROUTE, Catalogue
from disclosure.facts import Disclosure as Facts
from disclosure.ledger.commitment import SALT, commit
from disclosure.ledger.note import decode, encode
from market.domain import audits
from market.domain import disclosure_contents as contents
from market.enums import Visibility
from market.extensions import db
from market.models import Disclosure, DisclosurePrivate
from market.moments import now
from market.permissions import Acting

ALWAYS_PUBLIC = frozenset(REQUIRED)
"""What the gate of grade 1 asks."""
GATES = {
    2: (*SHORT_ROUTE, "TGT-01", "TGT-02"),
    3: ("VER-01", "BND-04", "BND-05", "EMS-08", "ACT-01"),
    4: ("TGT-01", "STR-02"),
}
"""What the gates above grade 1 look at (disclosure.grade)."""
USUAL = {"finance": Visibility.CONSENT}
"""Sections that are not public unless the enterprise says so."""
_OF_THE_WHOLE = ("completeness", "assurance", "data_quality")  # the platform's own judgement


@dataclass(frozen=True)
class Record:
    """A disclosure as published: its public content, and what is kept from the public."""

    content: dict[str, Any]
    answers: dict[str, Any]
    salts: dict[str, str]


def levels(catalogue: Catalogue, chosen: Mapping[str, str]) -> dict[str, Visibility]:
    """Section -> who sees it, the usual one where nothing was chosen."""
    return {
        each.id: Visibility(chosen.get(each.id, USUAL.get(each.id, Visibility.PUBLIC)))
        for each in catalogue.sections
    }


def catalogue_of(disclosure: Disclosure) -> Catalogue:
    """The questionnaire that a draft or version answers."""
    return datapoints.catalogue(disclosure.content["catalogue"])


def sections_of(catalogue: Catalogue, chosen: Mapping[str, str], level: str) -> tuple[str, ...]:
    """The sections of one level, in reading order."""
    return tuple(key for key, each in levels(catalogue, chosen).items() if each == level)


def seen_with(whole: Facts, sections: Collection[str]) -> Facts:
    """What may be seen by who may see these sections; nothing in it tells of the others.

    A calculated answer is seen where it stands in such a section and follows from what is seen.
    """
    catalogue = whole.catalogue
    if {each.id for each in catalogue.sections} <= set(sections):
        return whole

    def open_to(key: str) -> bool:
        return key in ALWAYS_PUBLIC or catalogue[key].section in sections

    typed = {key: each for key, each in whole.answers.items()
             if open_to(key) and not catalogue[key].calculated}  # fmt: skip
    following = calculated(replace(whole, answers=typed))
    derived = {
        key: each
        for key, each in whole.answers.items()
        if open_to(key) and catalogue[key].calculated and following.get(key) == each
    }
    return replace(whole, answers={**typed, **derived})


def by_level(disclosure: Disclosure) -> dict[str, tuple[str, ...]]:
    """Level -> the sections of a draft or version that have it."""
    catalogue = catalogue_of(disclosure)
    return {str(each): sections_of(catalogue, disclosure.visibility, each) for each in Visibility}


def public_part(whole: Facts, chosen: Mapping[str, str]) -> Facts:
    """What everyone sees of a disclosure with these levels."""
    return seen_with(whole, sections_of(whole.catalogue, chosen, Visibility.PUBLIC))


def record_of(whole: Facts, public: Facts) -> Record:
    """Commit to what is not public, each answer with 32 random bytes of its own."""
    answers = {
        key: each.to_dict()
        for key, each in sorted(whole.answers.items())
        if key not in public.answers
    }
    salts = {key: secrets.token_bytes(SALT) for key in answers}
    content = public.to_dict()
    if answers:
        content["private"] = {key: commit(key, answers[key], salts[key]) for key in answers}
    return Record(content, answers, {key: encode(salt) for key, salt in salts.items()})


def columns(whole: Facts, public: Facts) -> dict[str, Any]:
    """The figures of a published row: public ones; completeness and quality are of the whole."""
    judged = contents.columns(whole)
    return {**contents.columns(public), **{name: judged[name] for name in _OF_THE_WHOLE}}


def keep(disclosure: Disclosure, record: Record, **told: Any) -> None:
    """Store what is not public beside the published row; `told`: full findings, explanations."""
    if record.answers:
        db.session.add(
            DisclosurePrivate(
                disclosure_id=disclosure.id, answers=record.answers, salts=record.salts, **told
            )
        )


def private_of(disclosure: Disclosure) -> DisclosurePrivate | None:
    """What a version keeps from the public; None when everything is public."""
    if not disclosure.content.get("private"):
        return None
    return db.session.get(DisclosurePrivate, disclosure.id)


def whole_content(disclosure: Disclosure) -> dict[str, Any]:
    """The content with every answer, public or not, in the form `Facts.from_dict` reads."""
    return joined(disclosure.content, private_of(disclosure))


def joined(content: Mapping[str, Any], private: DisclosurePrivate | None) -> dict[str, Any]:
    """A public content with what was kept from the public put back."""
    rest = {key: each for key, each in content.items() if key != "private"}
    hidden = private.answers if private else {}
    return {**rest, "answers": dict(sorted({**content["answers"], **hidden}.items()))}


def salts_of(disclosure: Disclosure) -> dict[str, bytes]:
    """The salt of each answer that is not public; with `whole_content`, what a log entry takes."""
    private = private_of(disclosure)
    return {key: decode(text, "a salt") for key, text in private.salts.items()} if private else {}


def openings(disclosure: Disclosure, datapoints: Iterable[str]) -> dict[str, Any]:
    """`{"answer", "salt"}` of some answers that are not public, as a bundle carries them."""
    private = private_of(disclosure)
    if private is None:
        return {}
    return {
        key: {"answer": private.answers[key], "salt": private.salts[key]}
        for key in sorted(set(datapoints) & set(private.answers))
    }


def behind_grade(hidden: Iterable[str], grade: int) -> tuple[str, ...]:
    """Those of some datapoints that the gates up to this grade rest on."""
    asked = {key for level, keys in GATES.items() if level <= grade for key in keys}
    return tuple(key for key in hidden if key in asked)


def choose(disclosure: Disclosure, given: Mapping[str, str], *, by: Acting) -> Disclosure:
    """Say who will see which sections of a draft; sections left out stay as they are."""
    before = dict(disclosure.visibility)
    known = {each.id for each in Facts.from_dict(disclosure.content).catalogue.sections}
    wanted = {key: str(Visibility(level)) for key, level in given.items() if key in known}
    after = {**before, **wanted}
    if after != before:
        disclosure.visibility = after
        disclosure.updated_at, disclosure.updated_by = now(), by.person_id
        db.session.flush()
        audits.record("disclosure.visibility_chosen", disclosure, by=by, before=before, after=after)
    return disclosure
