"""The commands of the market: `flask COMMAND`; each is named in docs/operations.md."""

import sys

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from market import catalogues, ticker
from market.commands.imports import import_file, write_template
from market.commands.log import log
from market.commands.models import model
from market.commands.ranking import need, rank, train
from market.commands.sample import sample
from market.domain import accounts, audits
from market.errors import MarketError
from market.extensions import db
from market.migrating import MigrationCommands

translations = AppGroup("translations", help="The Chinese texts of pages, messages and errors.")


@translations.command("compile")
def compile_translations() -> None:
    """Merge the .po files into the catalogue the application reads."""
    click.echo(catalogues.compile_catalogue())


@translations.command("missing")
def missing_translations() -> None:
    """List missing, unused, repeated and unequal texts; exit 1 when there are any."""
    lines = list(catalogues.examine().lines())
    for line in lines:
        click.echo(line)
    sys.exit(1 if lines else 0)


audit = AppGroup("audit", help="The audit trail.")


@audit.command("verify")
def verify_audit() -> None:
    """Compute the chain of hashes anew; exit 1 when a record was tampered with."""
    broken = audits.first_broken_record()
    click.echo("intact" if broken is None else f"record {broken} was changed, removed or moved")
    sys.exit(0 if broken is None else 1)


operator = AppGroup("operator", help="Who operates the platform.")


@operator.command("grant")
@click.argument("email")
def grant_operator(email: str) -> None:
    """Make the person with this mail address an operator."""
    _operate(email, grant=True)


@operator.command("revoke")
@click.argument("email")
def revoke_operator(email: str) -> None:
    """Take the operator's role away."""
    _operate(email, grant=False)


def _operate(email: str, *, grant: bool) -> None:
    try:
        accounts.set_operator(email, grant=grant)
    except MarketError as fact:
        click.echo(str(fact), err=True)
        sys.exit(2)
    db.session.commit()
    click.echo(f"{email}: {'granted' if grant else 'revoked'}")


@click.command("scheduler")
def scheduler() -> None:
    """Tick every half second and do what is due, until stopped; any number may run."""
    ticker.run(current_app._get_current_object())  # type: ignore[attr-defined]  # the proxy's app


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in (
        MigrationCommands(),
        translations,
        audit,
        operator,
        scheduler,
        log,
        sample,
        need,
        rank,
        train,
        model,
        import_file,
        write_template,
    ):
        app.cli.add_command(command)
