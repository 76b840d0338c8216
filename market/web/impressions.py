"""Where a browser says what it has shown; the answers are empty."""

from typing import Any

from flask import Blueprint

from market.domain import impressions as verbs
from market.permissions import MARKET_MEMBER, acting, guarded
from market.schemas.impressions import OpeningSchema, ShownSchema
from market.web.forms import Form

impressions = Blueprint("impressions", __name__, url_prefix="/impressions")


@impressions.post("/shown")
@guarded(MARKET_MEMBER)
def shown() -> tuple[str, int]:
    """A ranked list was shown."""
    return _noted(Form(ShownSchema()), lambda data: verbs.record(data["note"], by=acting()))


@impressions.post("/opened")
@guarded(MARKET_MEMBER)
def opened() -> tuple[str, int]:
    """A row of it was opened."""
    return _noted(
        Form(OpeningSchema()),
        lambda data: verbs.opened(data["impression"], data["listed"], by=acting()),
    )


def _noted(form: Form, verb: Any) -> tuple[str, int]:
    form.attempt(lambda data: verb(data) or True)
    return "", form.status if form.status >= 400 else 204
