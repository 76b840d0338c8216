"""Pages that set two versions, or two years, of one enterprise side by side."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from disclosure.datapoints import QUANTITIES
from market.domain.disclosure_comparisons import PRIVATE, Line, compare
from market.domain.disclosure_reviews import grade_now
from market.domain.queries import disclosures as queries
from market.errors import NotFound
from market.permissions import ANYONE, guarded
from market.texts import gettext, number
from market.web import disclosure_texts
from market.web.disclosure_texts import in_short, say, shown, unit_name
from market.web.downloads import csv_file

if TYPE_CHECKING:
    from market.models import Disclosure

disclosure_comparisons = Blueprint("disclosure_comparisons", __name__, url_prefix="/disclosures")
_MOST_LINES = 400  # a page holds no more; the download has all


@disclosure_comparisons.context_processor
def _words() -> dict[str, Any]:
    return {**disclosure_texts.for_templates(), "grade_now": grade_now}


@dataclass(frozen=True)
class Shown:
    """A line in words: which figure, both values, unit and change in percent ("" where none)."""

    datapoint: str
    question: str
    what: str
    old: str
    new: str
    unit: str
    change: str


@disclosure_comparisons.get("/<disclosure_id>/compare")
@guarded(ANYONE)
def against(disclosure_id: str) -> str:
    """What differs; `all=1` shows what stayed the same as well."""
    version, older, newer, history = _pair(disclosure_id)
    lines = compare(older, newer) if older and newer else []
    wanted = [each for each in lines if request.args.get("all") or not each.same]
    return render_template(
        "disclosures/compare.html",
        version=newer or version,
        older=older,
        newer=newer,
        history=history,
        lines=[_shown(each) for each in wanted[:_MOST_LINES]],
        left_out=max(len(wanted) - _MOST_LINES, 0),
        same=sum(each.same for each in lines),
        everything=bool(request.args.get("all")),
    )


@disclosure_comparisons.get("/<disclosure_id>/compare.csv")
@guarded(ANYONE)
def download(disclosure_id: str) -> Response:
    """Every line of the comparison as CSV, numbers without separators."""
    _version, older, newer, _history = _pair(disclosure_id)
    if older is None or newer is None:
        raise NotFound
    head = [gettext("Datapoint"), gettext("Question"), gettext("Detail")]
    head += [_named(older), _named(newer), gettext("Unit"), gettext("Change in percent")]
    rows = [_cells(each) for each in compare(older, newer)]
    head.append(gettext("Reason of the restatement"))
    reason = newer.restatement_reason if older.year == newer.year else ""
    name = f"disclosure-{_file_name(older)}-{_file_name(newer)}"
    return csv_file(name, head, [[*row, reason] for row in rows])


def _pair(
    disclosure_id: str,
) -> tuple["Disclosure", "Disclosure | None", "Disclosure | None", list["Disclosure"]]:
    """The version asked for, the two compared, the older first, and the enterprise's history.

    Without a `with`, the version before of the year, else the newest of an earlier year; the very
    first version is set beside the one that followed it.
    """
    version = queries.public(disclosure_id)
    history = queries.history(version.organisation_id)
    known = [each.id for each in history]
    other_id = request.args.get("with") or _beside(version, history)
    if other_id and other_id not in known:
        raise NotFound
    if not other_id or other_id == version.id:
        return version, None, None, history
    pair = sorted((version, queries.public(other_id)), key=lambda each: (each.year, each.version))
    return version, pair[0], pair[1], history


def _beside(version: "Disclosure", history: list["Disclosure"]) -> str:
    """The one before it; beside the first of all, the one after it; "" beside the only one."""
    here = (version.year, version.version)
    earlier = [v for v in history if (v.year, v.version) < here]
    later = [v for v in history if (v.year, v.version) > here]
    if earlier:
        return max(earlier, key=lambda each: (each.year, each.version)).id
    return min(later, key=lambda each: (each.year, each.version)).id if later else ""


def _named(version: "Disclosure") -> str:
    return gettext("%(year)s, version %(number)s", year=version.year, number=version.version)


def _file_name(version: "Disclosure") -> str:
    return f"{version.year}-v{version.version}"


def _shown(line: Line) -> Shown:
    old, unit = _value(line, line.old)
    new, new_unit = _value(line, line.new)
    if unit and new_unit and unit != new_unit:  # two currencies: each keeps its own
        old, new, unit, new_unit = f"{old} {unit}", f"{new} {new_unit}", "", ""
    change = "" if line.change is None else f"{number(line.change, 1)}%"
    change = f"+{change}" if line.change and line.change > 0 else change
    return Shown(line.asked.id, say(line.asked.question), _what(line), old, new,
                 new_unit or unit, change)  # fmt: skip


def _what(line: Line) -> str:
    """Which part, and of which row."""
    if line.part == "note":
        return gettext("Remark")
    labels = {each.id: each for each in line.asked.columns}
    row = " · ".join(shown(labels[key], value) for key, value in line.row)
    alone = len(line.asked.columns) == 1 or not line.part
    part = "" if alone else say(labels[line.part].label)
    return " – ".join(each for each in (row, part) if each)


def _value(line: Line, value: Any) -> tuple[str, str]:
    """A value in words and its unit apart."""
    if line.part == "" and value and value["state"] == PRIVATE:
        return gettext("not public"), ""
    if line.part == "":
        return in_short(line.asked, value), ""
    if value is None:
        return "–", ""
    if line.part == "note":
        return str(value), ""
    column = line.asked.column(line.part)
    if column.input in QUANTITIES:
        return number(Decimal(value["amount"]), 6), unit_name(value["unit"])
    return shown(column, value), ""


def _cells(line: Line) -> list[str]:
    """A line for the download: amounts as they are stated."""
    told = _shown(line)
    exact = [
        each["amount"] if isinstance(each, dict) and "amount" in each else text
        for each, text in ((line.old, told.old), (line.new, told.new))
    ]
    change = "" if line.change is None else f"{line.change:.1f}"
    return [told.datapoint, told.question, told.what, *exact, told.unit, change]
