"""Structured logs: one line a request, with the request id that audit records carry too."""

import logging
import sys
import time
import uuid
from typing import Any

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger("tanqiao")
_ID_LENGTH = 36


def request_id() -> str:
    """The id of the current request, made here or taken from the proxy's X-Request-ID."""
    return str(g.get("request_id", ""))


def init_logs(app: Flask, *, level: str, as_json: bool) -> None:
    """Configure structlog and time every request."""
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    given = request.headers.get("X-Request-ID", "")
    safe = given if given.replace("-", "").isalnum() and len(given) <= _ID_LENGTH else ""
    g.request_id = safe or str(uuid.uuid4())
    g.started = time.perf_counter()


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = request_id()
    if request.endpoint != "assets.asset":
        log.info(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            ms=round((time.perf_counter() - g.started) * 1000, 1),
            id=request_id(),
        )
    return response
