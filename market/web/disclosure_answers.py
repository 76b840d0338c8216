"""Reads the draft's form back into answers: one question at a time, text by text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext
from werkzeug.datastructures import FileStorage, MultiDict

from disclosure.datapoints import QUANTITIES, Column, Datapoint, Input
from market.web.disclosure_forms import MOST_ROWS, files_in, places_of

_PERIOD, _WHO = "GEN-02", "GEN-01"
_REASONED = frozenset({"not_applicable", "not_available", "confidential"})
_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,12})?")
_WHOLE = re.compile(r"-?\d{1,12}")
_EDIT = re.compile(r"\d{1,9}")
MOST_EVIDENCE = 10
NOT_A_NUMBER = lazy_gettext("Write a plain number such as 1234.5, and choose its unit beside it.")
TOO_MUCH_EVIDENCE = lazy_gettext("At most 10 files; put more pages into one PDF.")
NOT_WHOLE = lazy_gettext("Write a whole number.")


@dataclass
class Typed:
    """What a form said: answers, boxes that cannot be read, and the edit each page had seen."""

    answers: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    edits: dict[str, int] = field(default_factory=dict)


def read(
    asked: Iterable[Datapoint],
    typed: MultiDict[str, Any],
    *,
    stored: Mapping[str, Any],
    files: Mapping[str, list[dict[str, str]]],
) -> Typed:
    """Read what was typed; questions the form did not hold are left alone.

    `stored`: the answers as they are; `files`: box name -> the {"name", "sha256"} of its uploads.
    """
    found = Typed()
    for each in asked:
        before = stored.get(each.id) or {}
        drawn = f"{each.id}.state" in typed and not each.calculated and each.id != _WHO
        if not drawn or len(before.get("rows", ())) > MOST_ROWS:
            continue
        found.answers[each.id] = _Reading(each, typed, before, files, found.errors).answer()
        seen = typed.get(f"{each.id}.edit", "")
        if _EDIT.fullmatch(seen):
            found.edits[each.id] = int(seen)
    return found


@dataclass
class _Reading:
    """Reads the boxes of one question; what cannot be read is noted under the box's name."""

    asked: Datapoint
    typed: MultiDict[str, Any]
    before: Mapping[str, Any]
    files: Mapping[str, list[dict[str, str]]]
    errors: dict[str, str]

    def answer(self) -> dict[str, Any] | None:
        """The answer's JSON form, None when nothing was said."""
        state = self._text("state")
        more = {"note": self._text("note"), "evidence": self._evidence()}
        more = {key: value for key, value in more.items() if value}
        if state in _REASONED:
            reason = self._text("reason")
            return {"state": state, **({"reason": reason} if reason else {}), **more}
        if state == "zero":
            return {"state": "zero", **more}
        given = self._rows() if self.asked.table else self._parts()
        if self.asked.id == _PERIOD:
            return {"state": "value", "parts": given.get("parts", {}), **more}
        if not given and not more:
            return None
        return {"state": "zero" if self._all_zero(given) else "value", **given, **more}

    def _evidence(self) -> list[dict[str, str]]:
        """The files kept of those given before, and the ones that came along."""
        name = f"{self.asked.id}.evidence"
        kept: list[dict[str, str]] = list(self.before.get("evidence", []))
        if f"{name}.drawn" in self.typed:
            ticked = set(self.typed.getlist(f"{name}.kept"))
            kept = [each for each in kept if each["sha256"] in ticked]
        known = {each["sha256"]: each for each in (*kept, *self.files.get(name, []))}
        if len(known) > MOST_EVIDENCE:
            self.errors[name] = str(TOO_MUCH_EVIDENCE)
        return list(known.values())

    def _text(self, meta: str) -> str:
        return _tidy(self.typed.get(f"{self.asked.id}.{meta}", ""))

    def _rows(self) -> dict[str, Any]:
        places = places_of(self.asked, self.typed)
        rows = [row for place in places if (row := dict(self._filled(place)))]
        return {"rows": rows} if rows else {}

    def _parts(self) -> dict[str, Any]:
        parts = dict(self._filled("p"))
        return {"parts": parts} if parts else {}

    def _all_zero(self, given: Mapping[str, Any]) -> bool:
        parts = given.get("parts", {})
        amounts = [
            parts[column.id]["amount"]
            for column in self.asked.columns
            if column.input in QUANTITIES and column.id in parts
        ]
        return bool(amounts) and not any(amount.strip("0.") for amount in amounts)

    def _filled(self, place: str) -> Iterator[tuple[str, Any]]:
        for column in self.asked.columns:
            name = f"{self.asked.id}.{place}.{column.id}"
            value = self._value(column, name, place)
            if value is not None:
                yield column.id, value

    def _value(self, column: Column, name: str, place: str) -> Any:
        if column.input is Input.FILE:
            return self.files[name][-1] if name in self.files else self._kept(name)
        if column.input is Input.MULTI_ENUM:
            return self.typed.getlist(name) or None
        text = _tidy(self.typed.get(name, ""))
        if not text:
            return None
        if column.input in QUANTITIES:
            unit = self.typed.get(f"{name}.unit", column.unit)
            amount = self._matching(name, text, _NUMBER, str(NOT_A_NUMBER))
            return {"amount": _plain(amount), "unit": unit} if amount else None
        if column.input is Input.INTEGER:
            whole = self._matching(name, text, _WHOLE, str(NOT_WHOLE))
            return int(whole) if whole else None
        return text == "yes" if column.input is Input.BOOLEAN else text

    def _matching(self, name: str, text: str, pattern: re.Pattern[str], told: str) -> str:
        compact = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
        if pattern.fullmatch(compact):
            return compact
        self.errors[name] = told
        return ""

    def _kept(self, name: str) -> Any:
        """The file given before that the form says to keep, wherever its row stands now."""
        return files_in(self.before).get(self.typed.get(f"{name}.kept", ""))


def _plain(amount: str) -> str:
    """No leading zeros, no negative zero; every stated decimal stays."""
    sign, digits = ("-", amount[1:]) if amount.startswith("-") else ("", amount)
    whole, point, places = digits.partition(".")
    text = (whole.lstrip("0") or "0") + point + places
    return sign + text if text.strip("0.") else text


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def uploads(
    asked: Iterable[Datapoint], sent: MultiDict[str, FileStorage]
) -> Iterator[tuple[str, FileStorage]]:
    """The files that came with the boxes of these questions."""
    starts = tuple(f"{each.id}." for each in asked)
    for name, upload in sent.items(multi=True):
        if upload.filename and name.startswith(starts):
            yield name, upload
