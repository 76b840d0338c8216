"""Settings: read from the environment, checked by one schema, told in docs/operations.md."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

PREFIX = "TANQIAO_"
ROOT = Path(__file__).resolve().parent.parent


class SettingsSchema(Schema):
    """Every setting the product knows; the environment name is TANQIAO_ + the field's name."""

    class Meta:
        """Unknown variables with our prefix are left to other tools."""

        unknown = EXCLUDE

    ENV = fields.Str(load_default="demo", validate=validate.OneOf(["demo", "production", "test"]))
    INSTANCE = fields.Str(load_default=str(ROOT / "instance"))
    DATABASE_URL = fields.Str(load_default=None, allow_none=True)
    SECRET_KEY = fields.Str(load_default=None, allow_none=True, validate=validate.Length(min=32))
    PASSWORD_SALT = fields.Str(load_default=None, allow_none=True, validate=validate.Length(min=16))
    LOG_KEY = fields.Str(load_default=None, allow_none=True)
    BASE_URL = fields.Url(load_default="http://127.0.0.1:8000", require_tld=False)
    REAL_DATA = fields.Str(load_default=str(ROOT.parent / "shared" / "data"))
    VSME_PACKAGE = fields.Str(load_default=None, allow_none=True)
    WORKERS = fields.Int(load_default=1, validate=validate.Range(1, 64))
    LIMITS_URL = fields.Str(load_default="memory://")
    MAIL_SERVER = fields.Str(load_default=None, allow_none=True)
    MAIL_PORT = fields.Int(load_default=587, validate=validate.Range(1, 65535))
    MAIL_USERNAME = fields.Str(load_default=None, allow_none=True)
    MAIL_PASSWORD = fields.Str(load_default=None, allow_none=True)
    MAIL_USE_TLS = fields.Bool(load_default=True)
    MAIL_SENDER = fields.Email(load_default="no-reply@tanqiao.example")
    UPLOAD_LIMIT_MB = fields.Int(load_default=20, validate=validate.Range(1, 200))
    LOG_LEVEL = fields.Str(
        load_default="INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"])
    )
    LOG_FORMAT = fields.Str(load_default="text", validate=validate.OneOf(["text", "json"]))


class SettingsError(RuntimeError):
    """The environment is not fit to start with; the message names the variable and the remedy."""


def read_settings(environ: Mapping[str, str]) -> dict[str, Any]:
    """Load and check the settings; DATABASE_URL is also read without our prefix."""
    given = {k.removeprefix(PREFIX): v for k, v in environ.items() if k.startswith(PREFIX)}
    given.setdefault("DATABASE_URL", environ.get("DATABASE_URL", "") or "")
    try:
        settings: dict[str, Any] = SettingsSchema().load({k: v or None for k, v in given.items()})
    except ValidationError as error:
        told: Any = error.messages_dict
        lines = [f"{PREFIX}{name}: {'; '.join(lines)}" for name, lines in told.items()]
        raise SettingsError("; ".join(lines)) from error
    _complete(settings)
    return settings


def _complete(settings: dict[str, Any]) -> None:
    instance = Path(settings["INSTANCE"])
    instance.mkdir(parents=True, exist_ok=True)
    if settings["ENV"] == "production":
        _refuse_unfit_production(settings)
    settings["DATABASE_URL"] = _database_url(settings["DATABASE_URL"], instance)
    for name, file in (("SECRET_KEY", "secret-key"), ("PASSWORD_SALT", "password-salt")):
        settings[name] = settings[name] or _kept_secret(instance / file)


def _refuse_unfit_production(settings: dict[str, Any]) -> None:
    needed = ("SECRET_KEY", "PASSWORD_SALT", "LOG_KEY", "MAIL_SERVER")
    missing = [name for name in needed if not settings[name]]
    if missing:
        names = ", ".join(PREFIX + name for name in missing)
        raise SettingsError(f"production needs {names}: set them in the environment")
    if settings["WORKERS"] > 1 and settings["LIMITS_URL"].startswith("memory:"):
        raise SettingsError(
            f"{PREFIX}LIMITS_URL: more than one worker needs a shared store, e.g. redis://"
        )


def _database_url(url: str | None, instance: Path) -> str:
    if not url:
        return f"sqlite:///{instance / 'tanqiao.sqlite3'}"
    for bare in ("postgres://", "postgresql://"):
        if url.startswith(bare):
            return "postgresql+psycopg://" + url.removeprefix(bare)
    return url


def _kept_secret(path: Path) -> str:
    """The demo's secrets are made once and kept in the instance folder, readable by us only."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def from_environment() -> dict[str, Any]:
    """The settings of this process."""
    return read_settings(os.environ)
