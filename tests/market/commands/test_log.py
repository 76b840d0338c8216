"""`flask log`, and the key it needs."""

from pathlib import Path

import pytest
from flask import Flask

from disclosure.__main__ import main
from disclosure.ledger.note import COSIGNATURE, Signer
from market import create_app
from market.domain import log_keys
from market.extensions import db
from market.settings import SettingsError, read_settings
from tests import databases
from tests.factories import disclosures as made
from tests.factories import log as factory

NAME = "log.example/tanqiao"


def said(app: Flask, *command: str) -> tuple[int, str]:
    db.session.commit()
    told = app.test_cli_runner().invoke(args=["log", *command])
    return told.exit_code, told.output.strip()


def test_append_then_verify(app: Flask) -> None:
    made.third_party()
    assert said(app, "append") == (0, "1")
    assert said(app, "append") == (0, "0")
    assert said(app, "verify") == (0, "log and database agree")


def test_export_is_watched_by_the_monitor(
    app: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "log.json")
    assert said(app, "export", file)[0] == 2
    factory.imported()
    assert said(app, "export", file) == (0, "1 entries")
    key = log_keys.signer().verifier.text
    assert main(["monitor", file, "--state", str(tmp_path / "state"), "--key", key]) == 0
    assert "has 1 entries" in capsys.readouterr().out


def test_new_key_is_a_key_of_that_name(app: Flask) -> None:
    code, told = said(app, "new-key", NAME)
    private, public = (line.split(": ")[1] for line in told.splitlines())
    assert (code, Signer.from_text(private).verifier.text) == (0, public)
    assert said(app, "new-key", "two words")[0] == 2


def test_production_needs_a_key(tmp_path: Path) -> None:
    given = {"ENV": "production", "INSTANCE": str(tmp_path), "MAIL_SERVER": "mail.example"}
    given |= {"SECRET_KEY": "x" * 32, "PASSWORD_SALT": "x" * 16}
    with pytest.raises(SettingsError, match="TANQIAO_LOG_KEY"):
        read_settings({f"TANQIAO_{name}": value for name, value in given.items()})


@pytest.mark.parametrize(
    "key",
    [
        "nonsense",
        Signer.from_seed(NAME, bytes(32)).verifier.text,
        Signer.from_seed(NAME, bytes(32), COSIGNATURE).text,
        Signer.from_seed(NAME, bytes(32)).text.replace("log.example", "lag.example"),
    ],
)
def test_wrong_key_stops_the_start(tmp_path: Path, key: str) -> None:
    settings = databases.settings_for("sqlite://", tmp_path, LOG_KEY=key)
    with pytest.raises(SettingsError, match="TANQIAO_LOG_KEY"):
        create_app(settings)


def test_demo_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    settings = databases.settings_for("sqlite://", tmp_path)
    keys = [create_app(settings).extensions["log_signer"].verifier for _ in range(2)]
    assert keys[0] == keys[1]
    assert (tmp_path / "log-key").stat().st_mode & 0o777 == 0o600
