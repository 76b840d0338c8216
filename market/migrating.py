"""`flask db`: Alembic is loaded when it is asked for; a web worker never needs its 13 MB."""

from pathlib import Path

import click
from flask import Flask, g
from flask.cli import ScriptInfo, with_appcontext

from market.extensions import db

_FOLDER = Path(__file__).parent / "migrations"


def bind(app: Flask) -> None:
    """Tell Flask-Migrate of the application, its database and the folder of migrations."""
    from flask_migrate import Migrate  # lazy: see above

    Migrate(app, db, directory=str(_FOLDER), render_as_batch=True, compare_type=True)


@with_appcontext
def _our_folder() -> None:
    """What Flask-Migrate's own group would read from its options: our folder, no extras."""
    g.directory, g.x_arg = None, ()


class MigrationCommands(click.Group):
    """Flask-Migrate's own commands, loaded with the first question for one."""

    def __init__(self) -> None:
        super().__init__("db", callback=_our_folder, help="Migrate the database.")

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        return _commands().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them, with the application bound."""
        bind(ctx.ensure_object(ScriptInfo).load_app())
        return _commands().get_command(ctx, cmd_name)


def _commands() -> click.Group:
    from flask_migrate.cli import db as commands  # lazy: see above

    assert isinstance(commands, click.Group)
    return commands
