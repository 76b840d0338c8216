"""The figures of an event's report."""

from market.domain.queries.timetables import Report
from market.texts import gettext
from market.web import charts


def of_report(report: Report) -> dict[str, str]:
    """Meetings per participant and stars, each as a figure's JSON."""
    spread, stars = report.spread(), range(1, 6)
    return {
        "spread": charts.bars(
            [number for number, _ in spread],
            {gettext("Participants"): [people for _, people in spread]},
            x=gettext("meetings"),
            y=gettext("participants"),
        ),
        "stars": charts.bars(
            list(stars),
            {gettext("Ratings"): [report.stars[star] for star in stars]},
            x=gettext("stars"),
            y=gettext("ratings"),
        ),
    }
