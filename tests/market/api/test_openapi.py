"""The API as its own document describes it, tried with generated requests: never a server error."""

import os
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from market.domain import api_tokens
from market.extensions import db
from market.models import Membership
from market.permissions import Acting
from tests.factories import organisations

pytestmark = pytest.mark.slow

_EXAMPLES = 300 if os.environ.get("PROVE") == "1" else 8
_KINDS = ("enterprise", "institution", "provider", "organiser")


@pytest.fixture
def token(app: Flask, acting_for: Callable[[Membership], Acting]) -> str:
    """A token of someone whose organisation is everything at once, so that all doors open."""
    member = organisations.owner_of(*_KINDS)
    _row, secret = api_tokens.create("generated requests", by=acting_for(member))
    db.session.commit()
    return secret


def test_no_generated_request_breaks_the_server(app: Flask, token: str) -> None:
    """Operation by operation: any answer but a 5xx, and of the shape the document says."""
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    for found in document.get_all_operations():
        operation: Any = found
        _try(operation.ok(), token)


def _try(operation: Any, token: str) -> None:
    @settings(max_examples=_EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def requests(case: Any) -> None:
        case.call_and_validate(
            headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"},
            checks=[not_a_server_error, response_schema_conformance],
        )

    requests()


def test_the_document_is_openapi_3_1_and_names_every_operation(app: Flask) -> None:
    document = app.test_client().get("/api/v1/openapi.json").get_json()
    assert document["openapi"] == "3.1.0"
    served = {
        rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api-")
    } - {"/api/v1/openapi.json"}
    assert len(document["paths"]) == len(served)
