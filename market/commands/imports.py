"""`flask import` and `flask template`: files in, templates out."""

import json
import sys
from pathlib import Path

import click
from flask import current_app

from market.errors import MarketError
from market.extensions import db
from market.texts import gettext, in_language

_NAMES = (
    "enterprises", "disclosures", "products", "needs", "technologies", "activity", "tw-disclosure",
    "sbti", "gbt4754", "districts", "vsme",
)  # fmt: skip
_TEMPLATES = _NAMES[:6]
_LANG = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", help="Language of the reasons."
)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "name", type=click.Choice(_NAMES), required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
@click.option(
    "--organisation", default="", metavar="ID",
    help="Registered id of the enterprise a vsme workbook is about; else the id in the workbook.",
)  # fmt: skip
@_LANG
def import_file(file: Path, name: str, *, organisation: str, as_json: bool, lang: str) -> None:
    """Import a file; rows that cannot be taken are listed with column and reason."""
    # openpyxl and the readers are heavy: no other command or page loads them.
    from market.work.imports import formats

    limit = current_app.config["SETTINGS"]["UPLOAD_LIMIT_MB"]
    with in_language(lang):
        try:
            report = formats.import_file(file, name, limit_mb=limit, organisation=organisation)
        except MarketError as fact:
            db.session.rollback()
            click.echo(str(fact), err=True)
            sys.exit(2)
        answer = report.to_json()
        if as_json:
            click.echo(json.dumps(answer, ensure_ascii=False))
        else:
            _print(answer)
        if answer["read"] == len(answer["skipped"]):
            click.echo(gettext("No row could be read; nothing was imported."), err=True)
            sys.exit(2)


def _print(answer: dict[str, object]) -> None:
    for key, value in answer.items():
        count = value if isinstance(value, int) else len(value)  # type: ignore[arg-type]  # a list
        click.echo(f"{key}: {count}")
    for key in ("skipped", "warnings"):
        for note in answer[key]:  # type: ignore[attr-defined]  # a list of remarks
            click.echo(f"{key} {note['row']} {note['column']}: {note['why']}")


@click.command("template")
@click.argument("name", type=click.Choice(_TEMPLATES))
@click.argument("file", type=click.Path(path_type=Path), required=False)
@_LANG
def write_template(name: str, file: Path | None, *, lang: str) -> None:
    """Write an empty template (.xlsx or .csv) with explanations and units."""
    # openpyxl is heavy: no other command or page loads it.
    from market.work.imports import formats, templates

    path = file or Path(f"{name}.xlsx")
    with in_language(lang):
        try:
            templates.write(path, formats.TEMPLATES[name]())
        except (MarketError, OSError) as error:
            click.echo(str(error), err=True)
            sys.exit(2)
    click.echo(str(path))
