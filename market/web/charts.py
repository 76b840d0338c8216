"""Charts: plain data in, a plotly figure as JSON out. Titles and units arrive translated."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

Number = Decimal | float | int | None
Series = Mapping[str, Sequence[Number]]
Points = Sequence[tuple[str | int, Number]]

# Okabe and Ito's colours, told apart with every common colour blindness, on light and dark paper.
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
_PATTERNS = ("", "/", "", "x", ".", "\\")  # a second sign beside the colour
_PLAIN_NUMBERS = {"separatethousands": True, "exponentformat": "none"}
_MARGIN = {"l": 8, "r": 8, "t": 8, "b": 8}
_ROW, _FRAME = 38, 110  # pixels a lying bar takes, and what stands around them
_SHORTEST = 352  # the page leaves every chart this height; only longer ones say so


def bars(
    labels: Sequence[str | int],
    series: Series,
    *,
    x: str = "",
    y: str = "",
    stacked: bool = False,
    paths: Mapping[str, Points] | None = None,
) -> str:
    """Upright bars by label; `paths` are dashed lines over them, name -> (label, value)."""
    go = _plotly()
    traces: list[Any] = [
        go.Bar(x=list(labels), y=_floats(values), name=name, marker=_marker(index))
        for index, (name, values) in enumerate(series.items())
    ]
    for index, (name, points) in enumerate((paths or {}).items()):
        traces.append(
            go.Scatter(
                x=[label for label, _ in points],
                y=_floats([value for _, value in points]),
                name=name,
                mode="lines+markers",
                line={"color": PALETTE[-1 - index], "dash": "dash", "width": 3},
            )
        )
    layout = _layout(x, y, barmode="stack" if stacked else "group")
    if all(isinstance(label, int) for label in labels):
        layout["xaxis"] |= {"tickformat": "d", "nticks": 12}  # years keep their distances
    else:
        layout["xaxis"] |= {"type": "category"}
    return _json(traces, layout)


def horizontal_bars(
    labels: Sequence[str],
    series: Series,
    *,
    x: str = "",
    stacked: bool = False,
    most: float | None = None,
) -> str:
    """Lying bars for long labels, the first label on top; `most` fixes the axis, e.g. 100 %."""
    go = _plotly()
    traces = [
        go.Bar(
            y=list(labels),
            x=_floats(values),
            name=name,
            orientation="h",
            marker=_marker(index),
        )
        for index, (name, values) in enumerate(series.items())
    ]
    layout = _layout(x, "", barmode="stack" if stacked else "group")
    layout["yaxis"] |= {"autorange": "reversed", "type": "category", "ticksuffix": "  "}
    if _FRAME + _ROW * len(labels) > _SHORTEST:
        layout["height"] = _FRAME + _ROW * len(labels)
    if most is not None:
        layout["xaxis"]["range"] = [0, most]
    return _json(traces, layout)


def lines(series: Mapping[str, Points], *, x: str = "", y: str = "") -> str:
    """One line a name through (x, value) points."""
    go = _plotly()
    traces = [
        go.Scatter(
            x=[label for label, _ in points],
            y=_floats([value for _, value in points]),
            name=name,
            mode="lines+markers",
            line={"color": _colour(index), "width": 3, "dash": ("solid", "dot", "dash")[index % 3]},
        )
        for index, (name, points) in enumerate(series.items())
    ]
    return _json(traces, _layout(x, y))


def spread(
    values: Sequence[Number], *, name: str, marked: Mapping[str, Number], x: str = ""
) -> str:
    """How values lie along one axis (box and points), with named ones marked above it."""
    go = _plotly()
    traces: list[Any] = [
        go.Box(
            x=_floats(values),
            name=name,
            boxpoints="all",
            jitter=0.4,
            pointpos=0,
            hoverinfo="x",
            marker={"color": PALETTE[4], "size": 7},
            line={"color": PALETTE[0]},
            fillcolor="rgba(0,0,0,0)",
        )
    ]
    traces += [
        go.Scatter(
            x=_floats([value]),
            y=[name],
            name=label,
            mode="markers",
            marker={"color": PALETTE[5 - index], "size": 16, "symbol": "diamond"},
        )
        for index, (label, value) in enumerate(marked.items())
    ]
    layout = _layout(x, "")
    layout["yaxis"]["showticklabels"] = False
    return _json(traces, layout)


def _plotly() -> Any:
    """Imported at the first chart: 34 MB that workers which draw none need not hold."""
    import plotly.graph_objects

    return plotly.graph_objects


def _colour(index: int) -> str:
    return PALETTE[index % len(PALETTE)]


def _marker(index: int) -> dict[str, Any]:
    pattern = {
        "shape": _PATTERNS[index % len(_PATTERNS)],
        "fillmode": "overlay",
        "fgcolor": "rgba(255,255,255,.65)",
        "size": 6,
    }
    return {"color": _colour(index), "pattern": pattern}


def _layout(x: str, y: str, **more: Any) -> dict[str, Any]:
    return {
        "xaxis": {"title": {"text": x}, "automargin": True, **_PLAIN_NUMBERS},
        "yaxis": {
            "title": {"text": y},
            "automargin": True,
            "rangemode": "tozero",
            **_PLAIN_NUMBERS,
        },
        "legend": {
            "orientation": "h",
            "yanchor": "bottom",
            "y": 1.02,
            "x": 0,
            "traceorder": "normal",
        },
        "margin": _MARGIN,
        "template": _plotly().layout.Template(),  # the page's theme colours it; nothing inherited
        "separators": ".,",
        **more,
    }


def _json(traces: Sequence[Any], layout: Mapping[str, Any]) -> str:
    figure = _plotly().Figure(data=list(traces), layout=dict(layout))
    return str(figure.to_json())


def _floats(values: Sequence[Number]) -> list[float | None]:
    return [None if value is None else float(value) for value in values]
