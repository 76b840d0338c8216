"""The same disclosure in the order of another standard: what it answers there, what is missing.

References come from `catalogue/*/crosswalk.csv`, what is known of each standard from
`catalogue/standards.toml`. Coverage is of the references our catalogue maps; it never says that a
disclosure meets the standard.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from disclosure import datapoints
from disclosure.answers import Answer, State
from disclosure.datapoints import Datapoint
from disclosure.facts import Disclosure
from disclosure.texts import Bilingual

__all__ = ["Chapter", "Crosswalk", "Line", "Standard", "crosswalk", "standards"]
_UNSURE = "*"


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard our datapoints refer to; `limits` says what the mapping leaves out."""

    id: str
    title: Bilingual
    edition: Bilingual
    limits: Bilingual
    order: str
    checked: str

    def chapter_of(self, reference: str) -> str:
        """Return the chapter a reference belongs to, "" for one outside the chapters."""
        found = re.match(self.order, reference)
        return found[0] if found else ""

    def is_checked(self, reference: str) -> bool:
        """Tell whether a reference was compared with the standard itself."""
        return _UNSURE not in reference and bool(re.search(self.checked, reference))


@dataclass(frozen=True, slots=True)
class Line:
    """One reference of the standard and the datapoint that answers it."""

    reference: str
    datapoint: Datapoint
    answer: Answer | None
    answered: bool
    checked: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """The lines of one chapter of the standard."""

    name: str
    lines: tuple[Line, ...]

    @property
    def answered(self) -> int:
        """Count the lines with an answer."""
        return sum(line.answered for line in self.lines)


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """A disclosure arranged by a standard."""

    standard: Standard
    chapters: tuple[Chapter, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """List all lines in the standard's order."""
        return tuple(line for chapter in self.chapters for line in chapter.lines)

    @property
    def answered(self) -> int:
        """Count the lines with an answer."""
        return sum(chapter.answered for chapter in self.chapters)

    @property
    def coverage(self) -> int:
        """Return the share of the mapped references answered, in percent, rounded down."""
        return self.answered * 100 // len(self.lines) if self.lines else 0

    @property
    def missing(self) -> tuple[Line, ...]:
        """List what the standard asks and the disclosure does not answer."""
        return tuple(line for line in self.lines if not line.answered)


@cache
def standards() -> Mapping[str, Standard]:
    """Return the standards by id."""
    raw = tomllib.loads((datapoints.FOLDER / "standards.toml").read_text("utf-8"))
    return {
        key: Standard(
            id=key,
            title=Bilingual(**each["title"]),
            edition=Bilingual(**each["edition"]),
            limits=Bilingual(**each["limits"]),
            order=each["order"],
            checked=each["checked"],
        )
        for key, each in raw.items()
    }


def crosswalk(disclosure: Disclosure, standard: str) -> Crosswalk:
    """Arrange a disclosure by a standard of `standards()`; KeyError for another id.

    Questions are those of the newest catalogue, so an older disclosure shows what is asked now.
    """
    chosen = standards()[standard]
    lines = [
        _line(disclosure, asked, reference, chosen)
        for asked in datapoints.current().datapoints.values()
        for reference in references(asked, standard)
    ]
    lines.sort(key=lambda line: _place(chosen, line))
    chapters: dict[str, list[Line]] = {}
    for line in lines:
        chapters.setdefault(chosen.chapter_of(line.reference), []).append(line)
    return Crosswalk(chosen, tuple(Chapter(name, tuple(each)) for name, each in chapters.items()))


def references(asked: Datapoint, standard: str) -> tuple[str, ...]:
    """List the references of one datapoint in a standard, each on its own."""
    given = asked.crosswalk.get(standard, "")
    return tuple(each.strip() for each in given.split(";") if each.strip())


def _line(disclosure: Disclosure, asked: Datapoint, reference: str, standard: Standard) -> Line:
    answer = disclosure.answer(asked.id)
    given = answer is not None and (answer.stated or answer.state is State.NOT_APPLICABLE)
    return Line(
        reference=reference,
        datapoint=asked,
        answer=answer,
        answered=bool(given and answer and answer.complete_for(asked)),
        checked=standard.is_checked(reference),
    )


def _place(standard: Standard, line: Line) -> tuple[bool, tuple[tuple[int, str], ...], str]:
    """Sort by reference; what belongs to no chapter comes last."""
    outside = not standard.chapter_of(line.reference)
    return outside, _natural(line.reference), line.datapoint.id


def _natural(reference: str) -> tuple[tuple[int, str], ...]:
    """Sort 2 before 10, the Chinese chapters by their number, letters by themselves."""
    numbered = reference.translate(str.maketrans("一二三四五六七八九", "123456789"))
    pieces = re.findall(r"\d+|\D+", numbered)
    return tuple((int(each), "") if each.isdigit() else (-1, each) for each in pieces)
