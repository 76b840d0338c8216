"""`flask sample`: fill an empty database with the sample market, and show what it looks like."""

import sys
import time
from collections.abc import Callable, Iterable

import click
from flask import current_app
from flask.cli import AppGroup

from market.domain import ranking
from market.domain.queries import sample as queries
from market.errors import MarketError
from market.extensions import db
from market.texts import money
from scoring.ranking import RankOptions
from scoring.rows import RankedRow

sample = AppGroup("sample", help="The sample market (示例市场).")

_SHOWN = 5
_ACCOUNTS = ("enterprise", "institution", "provider", "organiser", "verifier", "operator")


@sample.command("build")
def build_sample() -> None:
    """Make the sample market in an empty database; where it stands already, leave it."""
    # Only this command needs the solver and the generator.
    from market import sample as market_sample

    if current_app.config["SETTINGS"]["ENV"] == "production":
        click.echo("the sample market is not for production", err=True)
        sys.exit(2)
    if queries.is_built():
        click.echo("the sample market is there already")
        return
    began = time.monotonic()
    try:
        made = market_sample.build(say=_stamped(began))
    except MarketError as fact:
        click.echo(str(fact), err=True)
        sys.exit(2)
    db.session.commit()
    click.echo(
        f"{made.enterprises} enterprises, {made.disclosures} disclosures, "
        f"{len(made.products)} products, {len(made.needs)} needs, "
        f"{len(made.technologies)} technologies, {len(made.scenarios)} scenarios, 2 events "
        f"in {time.monotonic() - began:.0f} s"
    )


def _stamped(began: float) -> Callable[[str], None]:
    return lambda step: click.echo(f"[{time.monotonic() - began:4.0f} s] {step}")


@sample.command("show")
def show_sample() -> None:
    """Print the ranked products of a need, the ranked needs of a product, and a timetable."""
    need = queries.first_need()
    if need is None:
        click.echo("no needs yet: run `flask sample build` first", err=True)
        sys.exit(2)
    options = RankOptions(top=_SHOWN, explained=0, moved=0)
    ranked = ranking.products_for(need.id, options=options)
    click.echo(f"\nProducts for need {need.id} · {need.title} · {money(need.amount)}")
    _print_rows(ranked.items, queries.product_names())
    _show_needs(ranked.items[0].id, options)
    _show_timetable()
    _show_accounts()


def _show_needs(product_id: str, options: RankOptions) -> None:
    click.echo(f"\nNeeds for product {product_id} · {queries.product_names()[product_id]}")
    titles = {n.id: f"{n.purpose} · {money(n.amount)}" for n in queries.needs()}
    _print_rows(ranking.needs_for(product_id, options=options).items, titles)


def _print_rows(rows: Iterable[RankedRow], names: dict[str, str]) -> None:
    for row in rows:
        click.echo(
            f"  {row.rank or '-':>3}  {row.eligibility:8}  score {row.score:+.3f}"
            f"  priority {row.priority:.2f}  order {row.order:+.3f}  {names.get(row.id, row.id)}"
        )


def _show_timetable() -> None:
    event = queries.first_scheduled_event()
    if event is None:
        return
    plan = event.certificate
    click.echo(f"\nTimetable of event {event.id} · {event.name_zh}")
    click.echo(f"  score {plan.get('score')} of at most {plan.get('bound')}, gap {plan.get('gap')}")
    meetings = queries.timetable(event.id)
    for line in meetings:
        pair = f"{line.offers} × {line.seeks}"
        click.echo(f"  slot {line.slot + 1:2}  table {line.table + 1:2}  {pair}")
    click.echo(f"  {len(meetings)} meetings")


def _show_accounts() -> None:
    from market.sample import PASSWORD
    from market.sample.parties import mail_of

    click.echo("\nSign in as (one login per role, all with the same password):")
    for account in _ACCOUNTS:
        click.echo(f"  {account:12} {mail_of(account)}")
    click.echo(f"  password     {PASSWORD}")
