"""`flask model`: what was trained, and an operator's decision to let a model rank."""

import json
import sys
from typing import NoReturn

import click

from market.domain import accounts
from market.domain import model_promotions as verbs
from market.domain.queries import models as queries
from market.errors import MarketError
from market.extensions import db

OPERATOR_OPTION = click.option(
    "--as", "email", required=True, help="the operator who decides, by e-mail"
)
REASON_OPTION = click.option("--reason", required=True, help="published on the model card")


@click.group("model")
def model() -> None:
    """Models of the ranking: list, promote, roll back."""


@model.command("list")
def list_models() -> None:
    """Print each model with its report, newest first, as JSON lines."""
    serving = queries.serving_digest()
    for each in queries.models():
        line = {"model": each.digest, "serves": each.digest == serving, "report": each.report}
        click.echo(json.dumps(line, ensure_ascii=False))


@model.command("promote")
@click.argument("digest", metavar="MODEL|newest")
@OPERATOR_OPTION
@REASON_OPTION
def promote(digest: str, email: str, reason: str) -> None:
    """Let MODEL rank from now on."""
    try:
        by = accounts.operator_acting(email)
        digest = _newest() if digest == "newest" else digest
        verbs.promote(digest, reason, by=by)
    except verbs.ServesAlready:
        pass  # asked for again: what is wanted is so
    except MarketError as fact:
        _refuse(str(fact))
    db.session.commit()
    click.echo(digest)


@model.command("rollback")
@OPERATOR_OPTION
@REASON_OPTION
def rollback(email: str, reason: str) -> None:
    """Let the model rank again that the latest decision replaced."""
    try:
        promotion = verbs.roll_back(reason, by=accounts.operator_acting(email))
    except MarketError as fact:
        _refuse(str(fact))
    db.session.commit()
    click.echo(promotion.digest)


def _newest() -> str:
    stored = queries.models()
    if not stored:
        _refuse("no model was trained yet: flask train")
    return stored[0].digest


def _refuse(why: str) -> NoReturn:
    click.echo(" ".join(why.split()), err=True)
    sys.exit(2)
