"""Tanqiao 碳桥: the application. Its factory stands here and nothing else."""

import sys
from pathlib import Path
from typing import Any

from flask import Flask

from market import api, cli, extensions, migrating, web
from market.database import prepare_engine
from market.domain import log_keys
from market.headers import init_headers
from market.logs import init_logs
from market.settings import ROOT, from_environment
from market.texts import select_language
from market.transactions import init_transactions


def create_app(settings: dict[str, Any] | None = None) -> Flask:
    """Make an application from checked settings (by default those of the environment)."""
    settings = from_environment() if settings is None else settings
    templates = ROOT / "templates"
    app = Flask(
        "market",
        static_folder=None,  # web/assets.py serves them, under names that change with the content
        root_path=str(Path(__file__).parent),
        template_folder=str(templates if templates.is_dir() else "_templates"),
        instance_path=str(Path(settings["INSTANCE"]).resolve()),
    )
    app.config.update(_flask_config(settings), SETTINGS=settings)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    init_logs(app, level=settings["LOG_LEVEL"], as_json=settings["LOG_FORMAT"] == "json")
    init_transactions(app)
    init_headers(app, https=settings["BASE_URL"].startswith("https://"))
    _bind_extensions(app)
    if "flask_migrate" in sys.modules:  # else the command `flask db` binds it when it is asked for
        migrating.bind(app)
    log_keys.init_app(app)
    web.init_app(app)
    api.init_app(app)
    cli.init_app(app)
    return app


def _bind_extensions(app: Flask) -> None:
    extensions.db.init_app(app)
    with app.app_context():
        prepare_engine(extensions.db.engine)
    extensions.babel.init_app(app, locale_selector=select_language)
    extensions.csrf.init_app(app)
    extensions.compress.init_app(app)
    extensions.limiter.init_app(app)
    extensions.limiter.enabled = app.config["SETTINGS"]["ENV"] != "test"
    extensions.mail.init_app(app)


def _flask_config(settings: dict[str, Any]) -> dict[str, Any]:
    https = settings["BASE_URL"].startswith("https://")
    upload = settings["UPLOAD_LIMIT_MB"] * 1024 * 1024
    return {
        "TESTING": settings["ENV"] == "test",
        "SECRET_KEY": settings["SECRET_KEY"],
        "BASE_URL": settings["BASE_URL"],
        "MAX_CONTENT_LENGTH": upload + 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_FORM_PARTS": 2000,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": https,
        "REMEMBER_COOKIE_SECURE": https,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "SEND_FILE_MAX_AGE_DEFAULT": 31536000,
        "SQLALCHEMY_DATABASE_URI": settings["DATABASE_URL"],
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True},
        "BABEL_DEFAULT_LOCALE": "zh_Hans_CN",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
        "COMPRESS_MIMETYPES": ["text/html", "application/json"],
        "COMPRESS_ALGORITHM": ["gzip"],
        "COMPRESS_LEVEL": 5,
        "COMPRESS_MIN_SIZE": 1500,
        "RATELIMIT_STORAGE_URI": settings["LIMITS_URL"],
        "RATELIMIT_HEADERS_ENABLED": False,
        "WTF_CSRF_CHECK_DEFAULT": False,  # checked by web/edge.py, after the login was looked at
        "WTF_CSRF_TIME_LIMIT": None,
        **_mail_config(settings),
    }


def _mail_config(settings: dict[str, Any]) -> dict[str, Any]:
    """SMTP where a server is named; the demo prints mails to the console."""
    backend = "smtp" if settings["MAIL_SERVER"] else "console"
    return {
        "MAIL_BACKEND": backend,
        "MAIL_SERVER": settings["MAIL_SERVER"] or "localhost",
        "MAIL_PORT": settings["MAIL_PORT"],
        "MAIL_USERNAME": settings["MAIL_USERNAME"],
        "MAIL_PASSWORD": settings["MAIL_PASSWORD"],
        "MAIL_USE_TLS": settings["MAIL_USE_TLS"],
        "MAIL_TIMEOUT": 20,
        "MAIL_DEFAULT_SENDER": settings["MAIL_SENDER"],
    }
