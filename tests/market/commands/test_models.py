"""`flask model`: an operator decides by name; everybody else is refused in one line."""

import pytest
from click.testing import Result
from flask import Flask

from market.commands.models import model
from market.domain.queries import models as queries
from market.extensions import db
from tests.factories import models, people


def run(app: Flask, *arguments: str) -> Result:
    db.session.commit()
    return app.test_cli_runner().invoke(model, list(arguments))


def test_the_newest_model_is_promoted_and_again_changes_nothing(app: Flask) -> None:
    operator, artefact = people.operator(), models.stored()
    wanted = ("promote", "newest", "--as", operator.email, "--reason", "示例")
    for _ in "12":
        done = run(app, *wanted)
        assert (done.exit_code, done.output.strip()) == (0, artefact.digest)
    assert len(queries.decisions()) == 1


@pytest.mark.parametrize("arguments", [("promote", "newest"), ("rollback",)])
def test_nobody_but_an_operator_decides(app: Flask, arguments: tuple[str, ...]) -> None:
    models.stored()
    someone = people.person()
    done = run(app, *arguments, "--as", someone.email, "--reason", "示例")
    assert done.exit_code == 2
    assert f"{someone.email} 不是平台运营方账户" in done.output
    assert queries.serving_digest() == ""


def test_without_a_model_the_command_says_what_to_do(app: Flask) -> None:
    done = run(app, "promote", "newest", "--as", people.operator().email, "--reason", "示例")
    assert done.exit_code == 2
    assert "flask train" in done.output
