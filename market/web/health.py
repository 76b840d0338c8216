"""For the load balancer: alive, and ready to serve."""

from flask import Blueprint
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from market.extensions import db
from market.permissions import ANYONE, guarded

health = Blueprint("health", __name__)


@health.get("/healthz")
@guarded(ANYONE)
def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@health.get("/readyz")
@guarded(ANYONE)
def ready() -> tuple[dict[str, str], int]:
    """The database answers and is migrated."""
    try:
        version = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        db.session.rollback()
        return {"status": "no database", "schema": ""}, 503
    return {"status": "ok", "schema": str(version)}, 200
