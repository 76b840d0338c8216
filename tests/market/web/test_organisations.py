"""Pages of organisations."""

from collections.abc import Callable

from flask.testing import FlaskClient

from market.domain import organisations
from market.extensions import db
from market.models import Organisation
from tests.factories import organisations as made
from tests.factories import people

Clients = Callable[..., FlaskClient]


def typed(**given: str) -> dict[str, object]:
    """What a founder types."""
    data = {k: v for k, v in made.details("enterprise").items() if v is not None}
    return {**data, **given}


def test_founding_saves_and_goes_to_the_desk(client_of: Clients) -> None:
    answer = client_of(people.person()).post("/organisations/new", data=typed())
    assert (answer.status_code, answer.location) == (302, "/home")
    assert db.session.query(Organisation).count() == 1


def test_wrong_code_is_told_at_its_field_and_nothing_is_lost(client_of: Clients) -> None:
    bad = typed(id_value="91310115MA1K00001X", name_zh="示例甲公司")
    answer = client_of(people.person()).post("/organisations/new", data=bad)
    assert answer.status_code == 422
    assert 'id="f-id_value-error"' in answer.text
    assert "示例甲公司" in answer.text


def test_stranger_is_asked_to_sign_in(client: FlaskClient) -> None:
    answer = client.get("/organisations/mine")
    assert answer.status_code == 302
    assert answer.location == "/account/login?next=/organisations/mine"


def test_foreign_pending_organisation_is_not_found(client_of: Clients) -> None:
    foreign = made.founded("enterprise")
    answer = client_of(made.enterprise()).get(f"/organisations/{foreign.organisation_id}")
    assert answer.status_code == 404


def test_viewer_may_not_change_the_organisation(client_of: Clients) -> None:
    viewer = made.colleague_of(made.enterprise(), "viewer")
    assert client_of(viewer).post("/organisations/mine/edit", data=typed()).status_code == 403
    assert organisations.own(people.acting_for(viewer)).name_zh.startswith("示例机构")
