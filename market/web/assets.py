"""Static files of libraries and our own, with names that change when the content does."""

import gzip
import hashlib
from functools import cache
from importlib.resources import files as resources
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request, url_for

from market.permissions import ANYONE, guarded

assets = Blueprint("assets", __name__)

_OWN = Path(__file__).parent.parent / "static"
# Each library's file comes from its installed package; nothing is copied into the repository.
_LIBRARIES = {
    "bootstrap.min.css": ("flask_bootstrap", "static/bootstrap5/css/bootstrap.min.css"),
    "htmx.min.js": ("js_lib_htmx", "static/htmx/htmx.min.js"),
    "plotly.min.js": ("plotly", "package_data/plotly.min.js"),
    "swagger-ui.css": ("flask_swagger_ui", "dist/swagger-ui.css"),
    "swagger-ui-bundle.js": ("flask_swagger_ui", "dist/swagger-ui-bundle.js"),
}
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def _path(name: str) -> Path | None:
    if name in _LIBRARIES:
        package, inside = _LIBRARIES[name]
        return Path(str(resources(package))) / inside
    path = (_OWN / name).resolve()
    return path if path.is_relative_to(_OWN) and path.is_file() else None


@cache
def _fingerprint(name: str) -> str:
    path = _path(name)
    if path is None:
        raise LookupError(f"no asset {name}")
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def asset_url(name: str) -> str:
    """The address of an asset; it may be cached for ever."""
    return url_for("assets.asset", fingerprint=_fingerprint(name), name=name)


def _compressed(name: str, path: Path) -> Path:
    """A gzip copy beside the instance, made once: compressing 4.8 MB per request costs 0.3 s."""
    kept = Path(current_app.instance_path) / "assets" / f"{_fingerprint(name)}.gz"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        half = kept.with_suffix(f".{id(request)}.part")
        half.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
        half.replace(kept)
    return kept


@assets.get("/assets/<fingerprint>/<path:name>")
@guarded(ANYONE)
def asset(fingerprint: str, name: str) -> Response:
    """One static file, precompressed, immutable."""
    path = _path(name)
    if path is None or _fingerprint(name) != fingerprint:
        abort(404)
    squeeze = "gzip" in request.headers.get("Accept-Encoding", "")
    body = (_compressed(name, path) if squeeze else path).read_bytes()
    response = Response(body, content_type=f"{_TYPES[path.suffix]}; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Vary"] = "Accept-Encoding"
    if squeeze:
        response.headers["Content-Encoding"] = "gzip"
    return response
