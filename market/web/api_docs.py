"""The page that explains the API, drawn by Swagger UI from our own OpenAPI document."""

from flask import Blueprint, render_template

from market.permissions import ANYONE, guarded

api_docs = Blueprint("api_docs", __name__)


@api_docs.get("/api/docs")
@guarded(ANYONE)
def index() -> str:
    """Every operation, with its schema, to try out."""
    return render_template("api_docs/index.html")
