"""For each check a case that passes, one that does not, and one on the border.

A border case lies on the last value that is still right, or on the first that is not.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from disclosure.answers import State
from disclosure.checks import Result
from disclosure.footprint import Geography
from tests.disclosure.checks.case_builders import (
    BARE,
    BASE,
    FAIL,
    NO_LINES,
    OK,
    ONE,
    QUIET,
    TWO,
    WARN,
    case,
    category,
    claiming,
    copied,
    elsewhere,
    excluded,
    last_year,
    lasting,
    market,
    numbered,
    of_filing,
    of_footprint,
    peers,
    rated,
    scope_1_of,
    target,
    tonnes,
    verified,
    with_credits,
    with_line,
)
from tests.disclosure.footprint_samples import footprint
from tests.disclosure.samples import giving, q, sample, stating, tabling, without

case("DQ-01", "passing", "check characters fit", sample(), OK)
case("DQ-01", "failing", "one digit off", numbered("91110000600037342L"), FAIL)
case("DQ-01", "border", "no number given", numbered(""), {Result.NOT_RUN})
case("DQ-02", "passing", "a calendar year", sample(), OK)
case("DQ-02", "failing", "359 days", lasting(date(2025, 12, 25)), FAIL)
case("DQ-02", "border", "360 days", lasting(date(2025, 12, 26)), OK)
case("DQ-03", "passing", "tonnes for emissions", sample(), OK)
case(
    "DQ-03",
    "failing",
    "energy for emissions",
    stating(sample(), "EMS-01", value=q("5", "MWh")),
    FAIL,
)
case(
    "DQ-03",
    "border",
    "another unit of energy",
    stating(sample(), "ENE-01", value=q("2410", "tce")),
    OK,
)
case("DQ-04", "passing", "all shares below 100", sample(), OK)
case("DQ-04", "failing", "100.01 %", stating(sample(), "VCH-02", value=q("100.01", "%")), FAIL)
case("DQ-04", "border", "100 %", stating(sample(), "VCH-02", value=q("100", "%")), OK)
case("DQ-05", "passing", "like last year", QUIET, OK, **last_year("EMS-01", "1600"))
case("DQ-05", "failing", "a thousandfold", QUIET, WARN, **last_year("EMS-01", "1.53"))
case(
    "DQ-05",
    "border",
    "11 times last year",
    tonnes("EMS-01", "1100", QUIET),
    WARN,
    **last_year("EMS-01", "100"),
)
case("DQ-07", "passing", "all required answers", sample(), OK)
case("DQ-07", "failing", "no scope 2", without(sample(), "EMS-05"), FAIL)
case("DQ-07", "border", "a reason for none", giving(sample(), "EMS-09", State.NOT_AVAILABLE), OK)
case("DQ-08", "passing", "each gas once", sample(), OK)
case("DQ-08", "failing", "two values of a gas", tabling(sample(), "EMS-02", ONE, TWO), FAIL)
case("DQ-08", "border", "the same row twice", tabling(sample(), "EMS-02", ONE, ONE), WARN)
case("DQ-09", "passing", "sources add up", scope_1_of("40.0"), OK)
case("DQ-09", "failing", "0.3 t too much", scope_1_of("40.3"), FAIL)
case("DQ-09", "border", "0.2 t: the rounding", scope_1_of("40.2"), OK)
case("DQ-10", "passing", "total adds up", sample(), OK)
case(
    "DQ-10",
    "failing",
    "beyond the rounding",
    stating(sample(), "EMS-07", location=q("7964.15", "tCO2e")),
    FAIL,
)
case(
    "DQ-10",
    "border",
    "the rounding",
    stating(sample(), "EMS-07", location=q("7964.1", "tCO2e")),
    OK,
)
case("DQ-11", "passing", "categories add up", sample(), OK)
case("DQ-11", "failing", "2 t too much", category("41202"), FAIL)
case("DQ-11", "border", "1 t: the rounding", category("41201"), OK)
case("DQ-12", "passing", "intensity as computed", BARE, OK)
case(
    "DQ-12",
    "failing",
    "another quotient",
    stating(BARE, "EMS-11", location=q("0.0922", "tCO2e/万元")),
    FAIL,
)
case(
    "DQ-12",
    "border",
    "rounded to two places",
    stating(BARE, "EMS-11", location=q("0.09", "tCO2e/万元")),
    OK,
)
case("DQ-13", "passing", "energy adds up", sample(), OK)
case(
    "DQ-13",
    "failing",
    "4 MWh too much",
    stating(sample(), "ENE-01", value=q("19624", "MWh")),
    {Result.PASS, Result.FAIL},
)
case(
    "DQ-13",
    "border",
    "3 MWh: the rounding",
    stating(sample(), "ENE-01", value=q("19623", "MWh")),
    OK,
)
case("DQ-14", "passing", "amount times factor", with_line(), OK)
case("DQ-14", "failing", "0.52 % off", with_line(emissions=q("587.9", "tCO2e")), FAIL)
case("DQ-14", "border", "0.5 % off", with_line(emissions=q("587.8", "tCO2e")), OK)
case("DQ-15", "passing", "scope 2 from power", tonnes("EMS-05", "6433.9", NO_LINES), OK)
case("DQ-15", "failing", "beyond 5 %", tonnes("EMS-05", "6755.7", NO_LINES), WARN)
case("DQ-15", "border", "5 % off", tonnes("EMS-05", "6755.5", NO_LINES), OK)
case("DQ-16", "passing", "a disclosure factor", with_line(), OK)
case(
    "DQ-16",
    "failing",
    "a trading factor",
    with_line(factor_id="cn-grid-shanghai-ets-2022", factor=q("4.2", "tCO2/万kWh")),
    FAIL,
)
case("DQ-16", "border", "the factor rounded", with_line(factor=q("0.58", "tCO2/MWh")), OK)
case("DQ-17", "passing", "the newest factor", with_line(), OK)
case("DQ-17", "failing", "a newer one is known", with_line(factor_id="cn-grid-shanghai-2021"), WARN)
case(
    "DQ-17",
    "border",
    "two years old",
    replace(with_line(factor_id="cn-grid-shanghai-2021"), year=2023),
    OK,
)
case(
    "DQ-18", "passing", "certificates nobody used", market(), OK, certificates=frozenset({"GEC-9"})
)
case(
    "DQ-18",
    "failing",
    "another firm's",
    market(certificates="GEC-1\ngec- 9"),
    FAIL,
    certificates=frozenset({"GEC-9"}),
)
case(
    "DQ-18",
    "border",
    "all power covered",
    market(electricity=q("11000", "MWh")),
    OK,
    certificates=frozenset(),
)
case("DQ-19", "passing", "below with instruments", sample(), OK)
case(
    "DQ-19",
    "failing",
    "below without",
    stating(sample(), "EMS-06", emissions=q("6433.9", "tCO2e")),
    FAIL,
)
case(
    "DQ-19",
    "border",
    "equal without",
    stating(sample(), "EMS-06", emissions=q("6434.0", "tCO2e")),
    OK,
)
case("DQ-20", "passing", "a target to come", sample(), OK)
case("DQ-20", "failing", "base year is this year", target(base_year=2025), FAIL)
case("DQ-20", "border", "due this year", target(target_year=2025), OK)
case("DQ-21", "passing", "like last year", QUIET, OK, **last_year("EMS-01", "1530"))
case("DQ-21", "failing", "25.01 % more", QUIET, WARN, **last_year("EMS-01", "1223.9"))
case("DQ-21", "border", "25 % more", QUIET, OK, **last_year("EMS-01", "1224"))
case("DQ-22", "passing", "as published", sample(), OK, earlier=(tonnes("EMS-01", "3416.0", BASE),))
case("DQ-22", "failing", "0.2 t off", sample(), FAIL, earlier=(tonnes("EMS-01", "3416.2", BASE),))
case("DQ-22", "border", "the rounding", sample(), OK, earlier=(tonnes("EMS-01", "3416.1", BASE),))
case("DQ-23", "passing", "among its peers", sample(), OK, **peers("1"))
case("DQ-23", "failing", "a hundred times theirs", sample(), WARN, **peers("0.01"))
case("DQ-23", "border", "the last distance allowed", sample(), OK, **peers("0.1914"))
case("DQ-24", "passing", "electricity and gas", sample(), OK)
case(
    "DQ-24",
    "failing",
    "more than fuels emit",
    stating(sample(), "ENE-01", value=q("1131.9", "tce")),
    WARN,
)
case("DQ-24", "border", "7 t a tce", stating(sample(), "ENE-01", value=q("1132", "tce")), OK)
case("DQ-25", "passing", "power and scope 2", sample(), OK)
case("DQ-25", "failing", "power without scope 2", giving(sample(), "EMS-05", State.ZERO, ""), FAIL)
case("DQ-25", "border", "the least scope 2", tonnes("EMS-05", "0.1"), OK)
THREE = copied("EMS-01", "EMS-05", "ENE-01")
case(
    "DQ-26",
    "passing",
    "new figures",
    tonnes("EMS-01", "1531", THREE),
    OK,
    earlier=(replace(tonnes("EMS-05", "6400", THREE), year=2024),),
)
case("DQ-26", "failing", "three copied", THREE, WARN, earlier=(replace(THREE, year=2024),))
case(
    "DQ-26",
    "border",
    "two copied",
    THREE,
    OK,
    earlier=(replace(copied("EMS-01", "EMS-05"), year=2024),),
)
case("DQ-27", "passing", "the same elsewhere", sample(), OK, **elsewhere("1530"))
case("DQ-27", "failing", "5.03 % less here", sample(), WARN, **elsewhere("1611"))
case("DQ-27", "border", "5 % less here", sample(), OK, **elsewhere("1610.526"))
case("DQ-28", "passing", "statement after the year", verified(), OK)
case("DQ-28", "failing", "on its last day", verified(date=date(2025, 12, 31)), FAIL)
case("DQ-28", "border", "the day after", verified(date=date(2026, 1, 1)), OK)
case("DQ-29", "passing", "nothing excluded", sample(), OK)
case("DQ-29", "failing", "5.01 %", excluded("2", "3.01"), WARN)
case("DQ-29", "border", "5 %", excluded("2", "3"), OK)
LEAN = {"parts": {"fossil": Decimal("100.00"), "fossil_carbon": Decimal(0)}, "lines": ()}
NOT_RUN = {Result.NOT_RUN}
of_footprint("DQ-30", "passing", "parts add up", OK)
of_footprint(
    "DQ-30",
    "failing",
    "2 % off",
    {Result.FAIL, Result.NOT_RUN},
    **LEAN,
    excluding=Decimal(102),
    including=Decimal(102),
)
of_footprint(
    "DQ-30",
    "border",
    "1 % and the rounding",
    NOT_RUN,
    **LEAN,
    excluding=Decimal("101.01"),
    including=Decimal("101.01"),
)
of_footprint("DQ-31", "passing", "a sound record", OK)
of_footprint(
    "DQ-31",
    "failing",
    "two places",
    {Result.FAIL},
    geography=Geography(country="CN", subdivision="CN-SH"),
)
of_footprint(
    "DQ-31",
    "failing",
    "a day over three years",
    {Result.FAIL},
    valid_until=footprint().ends + timedelta(days=1),
)
of_footprint("DQ-31", "border", "three years to the day", OK, valid_until=footprint().ends)
case("DQ-32", "passing", "rated data", sample(), OK)
case("DQ-32", "failing", "no ratings", without(sample(), "PCF-03"), WARN)
case(
    "DQ-32",
    "border",
    "the best rating",
    stating(sample(), "PCF-03", primary_data=q("100", "%"), quality=q("1", "1")),
    OK,
)
case("DQ-33", "passing", "grade of K", rated("0.7", 2), OK)
case("DQ-33", "failing", "a better grade", rated("2.01", 4), FAIL)
case("DQ-33", "border", "K of 0.6 is grade 1", rated("0.6", 1), OK)
case("DQ-34", "passing", "credits apart", with_credits("7964.0"), OK)
case("DQ-34", "failing", "credits deducted", with_credits("7464.0"), FAIL)
case("DQ-34", "border", "1 % beside the deduction", with_credits("7469.1"), OK)
case("DQ-35", "passing", "no claim", claiming("节能改造"), OK)
case("DQ-35", "failing", "a claim without evidence", claiming("本厂已实现碳中和"), WARN)
case("DQ-35", "border", "a goal is no claim", claiming("目标是碳中和"), OK)
of_filing("passing", "as exported", lambda data: data, OK)
of_filing(
    "failing",
    "a concept nobody knows",
    lambda data: data.replace(b"vsme:TotalEnergyConsumption", b"vsme:TotalEnergyConfusion"),
    FAIL,
)
of_filing("border", "white space only", lambda data: data + b"\n", OK)
