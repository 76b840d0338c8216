"""The figures of an event's report."""

from market.domain.queries.timetables import Report
from market.texts import gettext
from market.web import charts


def of_report(report: Report) -> dict[str, str]:
    """Meetings per participant and stars, each as a figure's JSON."""
    spread, stars = report.spread(), range(1, 6)
    return {
        "spread": charts.bars(
            [gettext("%(number)s meetings", number=number) for number, _ in spread],
            {gettext("Participants"): [people for _, people in spread]},
            y=gettext("participants"),
        ),
        "stars": charts.bars(
            ["★" * star for star in stars],
            {gettext("Ratings"): [report.stars[star] for star in stars]},
            y=gettext("ratings"),
        ),
    }
