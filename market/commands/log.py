"""`flask log`: append at once, verify, export for monitors, make a key."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from disclosure.commands.monitor import EXPORT_FORMAT
from disclosure.ledger.canonical import canonical
from disclosure.ledger.note import NoteError, encode
from market.domain import log as verbs
from market.domain import log_agreement, log_keys, log_proofs
from market.domain.queries import log as queries
from market.errors import MarketError
from market.extensions import db

log = AppGroup("log", help="The transparency log.")


@log.command("append")
def append_log() -> None:
    """Append what waits now, as the scheduler does every two seconds."""
    try:
        appended = verbs.append_all()
    except MarketError as fact:
        click.echo(str(fact), err=True)
        sys.exit(2)
    db.session.commit()
    click.echo(appended)


@log.command("verify")
def verify_log() -> None:
    """Compute every hash anew; exit 1 and what is wrong when log and database disagree."""
    found = log_agreement.disagreements()
    for line in found:
        click.echo(line)
    if not found:
        click.echo("log and database agree")
    sys.exit(1 if found else 0)


@log.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export_log(file: Path) -> None:
    """Write checkpoint and leaf hashes for `python -m disclosure monitor FILE`."""
    note = log_proofs.commitment().note
    if not note:
        click.echo("the log has signed nothing yet", err=True)
        sys.exit(2)
    leaves = [encode(each) for each in queries.leaf_hashes()]
    content = {"format": EXPORT_FORMAT, "checkpoint": note, "leaves": leaves}
    try:
        file.write_bytes(canonical(content))
    except OSError as error:
        click.echo(f"{file}: {error.strerror}", err=True)
        sys.exit(2)
    click.echo(f"{len(leaves)} entries")


@log.command("new-key")
@click.argument("name")
def new_key(name: str) -> None:
    """Print a new private key for TANQIAO_LOG_KEY, and its public half."""
    try:
        made = log_keys.new_key(name)
    except NoteError as error:
        click.echo(f"{name}: {error}", err=True)
        sys.exit(2)
    click.echo(f"private (TANQIAO_LOG_KEY): {made.text}")
    click.echo(f"public: {made.verifier.text}")
