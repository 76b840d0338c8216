"""Reader of a public record of meeting events: who met whom, in which order, and who said yes.

Columns are what was known before two people sat down: how the other was received by those met
earlier on the same evening, how ready one was to say yes so far, and what both stated beforehand.
Ratings of the meeting itself are never read as columns of the same meeting.
"""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
FILE = Path("event_reciprocal_matching") / "event_rounds_waves_01_15.csv.gz"
RECEIVED = ("dec", "like", "attr", "sinc", "intel", "fun", "amb", "shar")
COLUMNS = (
    "own yes so far", "met so far", "same field", "same goal", "other goes out",
    *(f"other: {name} so far" for name in RECEIVED), "fit to stated weights",
)  # fmt: skip
_WEIGHTED = ("attr", "sinc", "intel", "fun", "amb", "shar")
Line = dict[str, float]


@dataclass(frozen=True)
class Meetings:
    """One row a meeting and direction: columns, the decision, and the row of the other side."""

    event: npt.NDArray[np.int64]
    person: npt.NDArray[np.int64]
    columns: Floats
    yes: npt.NDArray[np.bool_]
    other: npt.NDArray[np.intp]


def read(folder: Path) -> Meetings:
    """Read the meetings of which both sides are recorded, in the order they were held."""
    with gzip.open(folder / FILE, "rt", encoding="utf-8", newline="") as file:
        lines = [_numbers(line) for line in csv.DictReader(file)]
    lines.sort(key=lambda line: (line["wave"], line["order"], line["iid"]))
    pairs = {(line["iid"], line["pid"]): line for line in lines}
    kept = [line for line in lines if (line["pid"], line["iid"]) in pairs]
    place = {(line["iid"], line["pid"]): row for row, line in enumerate(kept)}
    return Meetings(
        event=np.array([int(line["wave"]) for line in kept]),
        person=np.array([int(line["iid"]) for line in kept]),
        columns=_columns(kept, pairs),
        yes=np.array([line["dec"] == 1 for line in kept]),
        other=np.array([place[line["pid"], line["iid"]] for line in kept]),
    )


def _numbers(line: dict[str, str]) -> Line:
    return {name: float(text) if text else np.nan for name, text in line.items()}


def _columns(lines: list[Line], pairs: dict[tuple[float, float], Line]) -> Floats:
    """Walk through each evening by round; what a round tells is known from the next round on."""
    received: dict[float, list[Line]] = defaultdict(list)
    given: dict[float, list[Line]] = defaultdict(list)
    waiting: list[Line] = []
    found = []
    for line in lines:
        if waiting and (waiting[0]["wave"], waiting[0]["order"]) != (line["wave"], line["order"]):
            _learn(waiting, received, given)
        waiting.append(line)
        other = pairs[line["pid"], line["iid"]]
        found.append(_row(line, other, given[line["iid"]], received[line["pid"]]))
    return np.array(found)


def _learn(
    waiting: list[Line], received: dict[float, list[Line]], given: dict[float, list[Line]]
) -> None:
    for line in waiting:
        received[line["pid"]].append(line)
        given[line["iid"]].append(line)
    waiting.clear()


def _row(line: Line, other: Line, given: list[Line], received: list[Line]) -> list[float]:
    opinions = {name: _mean([each[name] for each in received]) for name in RECEIVED}
    weights = [line[f"{name}1_1"] for name in _WEIGHTED]
    fit = np.nansum([w * opinions[n] for w, n in zip(weights, _WEIGHTED, strict=True)])
    return [
        _mean([each["dec"] for each in given]),
        float(len(given)),
        float(line["field_cd"] == other["field_cd"]),
        float(line["goal"] == other["goal"]),
        -other["go_out"],
        *opinions.values(),
        float(fit) / 100 if received else np.nan,
    ]


def _mean(values: list[float]) -> float:
    known = [value for value in values if value == value]
    return sum(known) / len(known) if known else np.nan
