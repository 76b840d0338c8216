"""The commands of the market: `flask COMMAND`; each is named in docs/operations.md."""

import sys

import click
from flask import Flask
from flask.cli import AppGroup

from market import catalogues

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


def init_app(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(translations)
