"""The key of the log: from the setting, or made once by the demo and kept in the instance folder.

A key is one line `PRIVATE+KEY+name+keyid+base64`; its name is the log's name and never changes,
its type stands in the key id, so that a later key may be of another kind.
"""

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any

from flask import Flask, current_app

from disclosure.ledger.note import ED25519, NoteError, Signer
from market.settings import PREFIX, SettingsError

DEMO_NAME = "tanqiao.example/demo-log"
_FILE = "log-key"


def init_app(app: Flask) -> None:
    """Read the key before anything is served; a wrong one stops the start."""
    settings: dict[str, Any] = app.config["SETTINGS"]
    text = settings["LOG_KEY"] or _kept(Path(settings["INSTANCE"]) / _FILE)
    try:
        signer = Signer.from_text(text)
    except NoteError as error:
        raise SettingsError(
            f"{PREFIX}LOG_KEY: {error}; make one with `flask log new-key NAME`"
        ) from None
    if signer.kind != ED25519:
        raise SettingsError(f"{PREFIX}LOG_KEY: a log signs with a key of type 01, not a witness's")
    app.extensions["log_signer"] = signer


def signer() -> Signer:
    """Who signs checkpoints."""
    found: Signer = current_app.extensions["log_signer"]
    return found


def new_key(name: str, kind: int = ED25519) -> Signer:
    """A new key from the system's randomness."""
    return Signer.from_seed(name, secrets.token_bytes(32), kind)


def _kept(path: Path) -> str:
    """Several processes may start at once: the first complete file stays, all read that one."""
    if not path.exists():
        made = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        made.touch(mode=0o600)
        made.write_text(new_key(DEMO_NAME).text, "utf-8")
        with contextlib.suppress(FileExistsError):
            os.link(made, path)
        made.unlink()
    return path.read_text("utf-8")
