"""The charts of model card, model reports and fairness report, each with its table."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext

from market.schemas.sectors import SECTORS
from market.texts import gettext, number
from market.web import charts
from market.web.disclosure_charts import Chart
from scoring.tables import FusedTables

_MOST = 15
SOURCES = {
    "published disclosure": lazy_gettext("published disclosure"),
    "disclosures of the sector": lazy_gettext("disclosures of the sector"),
    "need as posted": lazy_gettext("need as posted"),
    "listing": lazy_gettext("listing"),
    "need and listing": lazy_gettext("need and listing"),
    "organisation": lazy_gettext("register of the organisation"),
}
"""Where the features come from, by the word the feature table uses."""


def _bilingual(feature: Any, *, en: bool) -> str:
    return str(feature.name_en if en else feature.name_zh)


def spans(tables: FusedTables, *, en: bool) -> Chart:
    """How far each feature can move a score: the span of its table, in log-odds."""
    found = [
        (_bilingual(feature, en=en), float(table.max() - table.min()))
        for feature, table in zip(tables.table.features, tables.fused.tables, strict=True)
    ]
    rows = sorted(found, key=lambda each: -each[1])[:_MOST]
    head = gettext("Span, log-odds")
    return Chart(
        title=gettext("How far each feature can move a score"),
        figure=charts.horizontal_bars(
            [name for name, _ in rows], {head: [round(span, 3) for _, span in rows]}, x=head
        ),
        head=[gettext("Feature"), head],
        rows=[[name, number(round(span, 3), 3)] for name, span in rows],
    )


def earned(comparison: Mapping[str, Any]) -> Chart:
    """What the serving model and the candidate would have earned, by four estimators."""
    names = {
        "doubly_robust": gettext("doubly robust"),
        "snips": gettext("self-normalised (SNIPS)"),
        "ips": gettext("inverse propensity (IPS)"),
        "direct": gettext("direct"),
    }
    sides = {"champion": gettext("Serves now"), "challenger": gettext("Candidate")}
    values = {
        text: [round(comparison[side][key], 5) for key in names] for side, text in sides.items()
    }
    return Chart(
        title=gettext("Choices per row that each order would have earned"),
        figure=charts.bars(list(names.values()), values, y=gettext("choices per row")),
        head=[gettext("Estimator"), *sides.values()],
        rows=[
            [text, *(number(comparison[side][key], 5) for side in sides)]
            for key, text in names.items()
        ],
    )


def drift(rows: Sequence[Mapping[str, Any]]) -> Chart:
    """The population stability index of the features that moved most."""
    shown = rows[:_MOST]
    head = gettext("Stability index (PSI)")
    states = {"steady": gettext("steady"), "warn": gettext("warning"), "block": gettext("blocks")}
    return Chart(
        title=gettext("Drift since the earlier half of what was shown"),
        figure=charts.horizontal_bars(
            [each["feature"] for each in shown], {head: [each["psi"] for each in shown]}, x=head
        ),
        head=[gettext("Feature"), head, gettext("State")],
        rows=[[e["feature"], number(e["psi"], 4), states[e["state"]]] for e in shown],
    )


def shares(name: str, rows: Sequence[Mapping[str, Any]]) -> Chart:
    """Exposure over merit by group; 1 is served exactly as deserved."""
    sectors = {str(code): str(text) for code, text in SECTORS}
    words = {"small": gettext("micro and small"), "large": gettext("medium and large"),
             "?": gettext("not stated")} | sectors  # fmt: skip
    titles = {
        "enterprises by size": gettext("Enterprises by size"),
        "enterprises by sector": gettext("Enterprises by sector"),
        "institutions by size": gettext("Institutions by size"),
    }
    groups = [words.get(each["group"], each["group"]) for each in rows]
    head = gettext("Exposure over merit")
    return Chart(
        title=titles.get(name, name),
        figure=charts.horizontal_bars(groups, {head: [each["ratio"] for each in rows]}, x=head),
        head=[
            gettext("Group"), gettext("Exposure"), gettext("Merit"), head, gettext("In the band"),
        ],
        rows=[
            [group, number(each["exposure"] * 100, 1) + " %", number(each["merit"] * 100, 1) + " %",
             number(each["ratio"], 3), gettext("yes") if each["fair"] else gettext("no")]
            for group, each in zip(groups, rows, strict=True)
        ],
    )  # fmt: skip
