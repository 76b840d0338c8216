"""`flask need`, `flask rank`, `flask train`: post a need, see a ranking, fit the model."""

import json
import sys
from typing import Any, NoReturn

import click
from marshmallow import ValidationError

from market.database import read_only
from market.domain import needs
from market.domain.queries import needs as need_queries
from market.domain.queries import rankings
from market.domain.ranking import RankOptions
from market.errors import MarketError, NotFound
from market.extensions import db
from market.schemas.needs import NeedSchema, NeedView


@click.command("need")
@click.argument("enterprise")
@click.option("--amount", required=True, help="in 元; 500万 and 0.05亿 are understood")
@click.option("--tenor", required=True, help="months")
@click.option("--purpose", required=True, help="e.g. energy_saving, transition, working_capital")
@click.option("--collateral", multiple=True, help="e.g. equipment; may be repeated")
@click.option("--title", default="", help="what the need is called")
@click.option("--project-investment", default="", help="in 元")
@click.option("--project-reduction", default="", help="tCO2e a year")
@click.option("--confirmed", is_flag=True, help="the amount is right, though far above revenue")
@click.option("--json", "as_json", is_flag=True, help="print the need as JSON")
def need(enterprise: str, *, as_json: bool, **given: Any) -> None:
    """Post a need for ENTERPRISE, named by its id, its registered id or its Chinese name."""
    body = {
        "title": given["title"] or f"{given['purpose']} {given['amount']}",
        "amount": given["amount"],
        "amount_confirmed": given["confirmed"],
        "tenor_months": given["tenor"],
        "purpose": given["purpose"],
        "collateral": list(given["collateral"]),
    }
    for name in ("project_investment", "project_reduction"):
        if given[name]:
            body[name] = given[name]
    try:
        posted = needs.post_for(need_queries.enterprise(enterprise), NeedSchema().load(body))
    except ValidationError as error:
        _refuse_fields(error)
    except needs.AmountFarAboveRevenue as fact:
        _refuse(f"{fact} (--confirmed)")
    except MarketError as fact:
        _refuse(str(fact))
    db.session.commit()
    shown = NeedView().dump(posted)
    click.echo(json.dumps(shown, ensure_ascii=False) if as_json else posted.id)


@click.command("rank")
@click.argument("need_id", metavar="NEED", required=False)
@click.option("--product", help="the ranked needs of this product instead")
@click.option("--scenario", help="the ranked technologies of this scenario instead")
@click.option("--top", type=click.IntRange(1, 5000), default=10, help="how many (default 10)")
@click.option("--all", "everything", is_flag=True, help="the ineligible too, and why")
@click.option("--json", "as_json", is_flag=True, help="print JSON")
def rank(
    *,
    need_id: str | None,
    product: str | None,
    scenario: str | None,
    top: int,
    everything: bool,
    as_json: bool,
) -> None:
    """Rank the products for NEED, or the other directions."""
    asked = [each for each in (need_id, product, scenario) if each]
    if len(asked) != 1:
        _refuse("name one: NEED, --product P or --scenario S")
    options = RankOptions(top=top, everything=everything, moved=top)
    try:
        with read_only():
            db.session.rollback()  # a transaction begun earlier could write
            answer = _ranked(need_id, product, scenario, options=options)
    except NotFound:
        _refuse(f"{asked[0]} is not on the market: no open need or scenario, no live product")
    finally:
        db.session.rollback()
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else _told(answer))


@click.command("train")
@click.option("--seed", type=click.IntRange(0), default=0, help="of the prior's imagined pairs")
def train(seed: int) -> None:
    """Fit the ranking anew; what comes of it is a candidate for an operator to promote."""
    from market.work import training  # lazy: only this command needs scikit-learn

    report = training.train(seed=seed)
    db.session.commit()
    click.echo(json.dumps(report, ensure_ascii=False))


def _ranked(
    need_id: str | None, product: str | None, scenario: str | None, *, options: RankOptions
) -> dict[str, Any]:
    if need_id:
        return rankings.products_json(need_id, options=options)
    if product:
        return rankings.needs_json(product, options=options)
    return rankings.technologies_json(str(scenario), options=options)


def _told(answer: dict[str, Any]) -> str:
    """A line for each row: rank, order, eligibility, id, and what is missing."""
    lines = [f"model {answer['model'][:12]}, {answer['direction']}, as of {answer['as_of']}"]
    for row in answer["items"]:
        missing = "; ".join(reason["zh"] for reason in row["missing"])
        rank_shown = row["rank"] if row["rank"] is not None else "–"
        line = f"{rank_shown:>4}  {row['order']:8.4f}  {row['eligibility']:<8}  {row['id']}"
        lines.append(f"{line}  {missing}".rstrip())
    if not answer["items"]:
        lines.append("nothing fits")
    lines += [f"   by date  {each}" for each in answer["by_date"]]
    return "\n".join(lines)


def _refuse_fields(error: ValidationError) -> NoReturn:
    told: Any = error.messages_dict
    _refuse("; ".join(f"{name}: {' '.join(map(str, lines))}" for name, lines in told.items()))


def _refuse(why: str) -> NoReturn:
    click.echo(" ".join(why.split()), err=True)
    sys.exit(2)
