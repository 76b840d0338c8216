"""The log in the API: proofs that hold, cosignatures that are checked before they count."""

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from disclosure.ledger.bundle import BundleError, verify_bundle
from disclosure.ledger.canonical import canonical
from disclosure.ledger.checkpoint import Checkpoint, cosign
from disclosure.ledger.note import COSIGNATURE, Signer, decode
from disclosure.ledger.proofs import verify_consistency, verify_inclusion
from disclosure.ledger.tree import hash_leaf
from market.domain import log, log_keys, log_witnesses
from market.extensions import db
from market.moments import now
from tests.architecture.personas import bearer
from tests.factories import disclosures as made
from tests.factories import footprints, organisations, people
from tests.factories import log as factory

URL = "/api/v1/log"


@pytest.fixture
def witness(app: Flask) -> dict[str, str]:
    """The token of a bank whose witness key is registered; one entry is in the log."""
    factory.logged()
    bank = organisations.institution()
    log_witnesses.register(factory.WITNESS.verifier.text, by=people.acting_for(bank))
    return bearer(bank)


def cosigned(at: int = 0, *, signer: Signer = factory.WITNESS) -> str:
    at = at or int(now().timestamp())
    return cosign(factory.checkpoint().note, log_keys.signer().verifier, signer, at=at)


def test_empty_log_has_an_unsigned_checkpoint(client: FlaskClient) -> None:
    told: Any = client.get(f"{URL}/checkpoint").json
    assert (told["size"], told["note"]) == (0, "")


def test_proofs_hold(client: FlaskClient) -> None:
    factory.waiting(count=4)
    log.append_all()
    old: Any = client.get(f"{URL}/checkpoint").json
    factory.waiting(count=3)
    log.append_all()
    new: Any = client.get(f"{URL}/checkpoint").json
    told: Any = client.get(f"{URL}/proof?index=2").json
    verify_inclusion(
        2, 7, leaf=decode(told["leaf"]), root=decode(new["root"]),
        proof=[decode(each) for each in told["proof"]],
    )  # fmt: skip
    between: Any = client.get(f"{URL}/consistency?from=4").json
    verify_consistency(
        4, 7, old_root=decode(old["root"]), new_root=decode(new["root"]),
        proof=[decode(each) for each in between["proof"]],
    )  # fmt: skip


@pytest.mark.parametrize(
    "query",
    ["proof?index=9", "proof?index=0&size=9", "proof?index=-1", "consistency?from=0",
     "consistency?from=3&to=2", "consistency?from=1&to=99", "consistency", "proof?index=x"],
)  # fmt: skip
def test_impossible_proof_is_a_clear_refusal(client: FlaskClient, query: str) -> None:
    factory.waiting(count=4)
    log.append_all()
    answer = client.get(f"{URL}/{query}")
    assert answer.status_code == 422
    assert answer.json


def test_entries_are_paged_in_order_and_hash_to_their_leaf(client: FlaskClient) -> None:
    factory.logged()
    factory.logged()
    rows: Any = client.get(f"{URL}/entries").json
    assert [each["index"] for each in rows["items"]] == [0, 1]
    after: Any = client.get(f"{URL}/entries?after=0").json
    assert [each["index"] for each in after["items"]] == [1]
    told: Any = client.get(f"{URL}/entries/1").json
    assert hash_leaf(canonical(told["entry"])).hex() == told["leaf"]


def test_bundle_is_pending_then_proven(client: FlaskClient) -> None:
    version = made.published()
    waiting = client.get(f"{URL}/bundles/{version.id}")
    assert (waiting.status_code, waiting.headers["Retry-After"]) == (409, "5")
    log.append_all()
    data = client.get(f"{URL}/bundles/{version.id}").data
    assert verify_bundle(data, [log_keys.signer().verifier]).index == 0


def test_a_label_has_its_bundle_too(client: FlaskClient) -> None:
    row = footprints.published(certificate="TQ-API-1")
    assert client.get(f"{URL}/bundles/labels/TQ-API-1").headers["Retry-After"] == "5"
    log.append_all()
    db.session.commit()
    data = client.get(f"{URL}/bundles/labels/tq-api-1").data
    assert verify_bundle(data, [log_keys.signer().verifier]).entry["record"] == row.record
    listed: Any = client.get(f"{URL}/entries").json
    [told] = listed["items"]
    assert (told["disclosure_id"], told["footprint_id"]) == (None, row.id)
    assert "TQ-API-1" in client.get("/log/entries/0").text
    assert "碳足迹发布" in client.get("/log").text


def test_cosignature_counts_and_travels_with_the_bundle(
    client: FlaskClient, witness: dict[str, str]
) -> None:
    answer = client.post(f"{URL}/cosignatures", json={"note": cosigned()}, headers=witness)
    assert answer.status_code == 201
    told: Any = client.get(f"{URL}/witnesses").json
    assert [(each["name"], each["size"]) for each in told] == [("bank.example/w1", 1)]
    data = client.get("/log/entries/0/bundle.json?witnesses=1").data
    keys = [log_keys.signer().verifier, factory.WITNESS.verifier]
    assert len(verify_bundle(data, keys).signers) == 2
    with pytest.raises(BundleError, match="unknown key"):
        verify_bundle(data, keys[:1])
    assert len(verify_bundle(client.get("/log/entries/0/bundle.json").data, keys).signers) == 1


def test_cosigning_twice_is_cosigning_once(client: FlaskClient, witness: dict[str, str]) -> None:
    answers: list[Any] = [
        client.post(f"{URL}/cosignatures", json={"note": cosigned()}, headers=witness).json
        for _ in range(2)
    ]
    assert answers[0] == answers[1]


def other_root() -> str:
    signer = log_keys.signer()
    note = Checkpoint(signer.name, 1, bytes(32)).signed(signer)
    return cosign(note, signer.verifier, factory.WITNESS, at=int(now().timestamp()))


WRONG = {
    "NotACheckpoint": lambda: "x",
    "UnknownCheckpoint": other_root,
    "NotYourKey": lambda: cosigned(
        signer=Signer.from_seed("bank.example/w1", bytes([3]) * 32, COSIGNATURE)
    ),
    "WrongCosignature": lambda: cosigned()[:-9] + "AAAAAAA=\n",
    "WrongTime": lambda: cosigned(int(now().timestamp()) + 900),
}


@pytest.mark.parametrize("code", WRONG)
def test_wrong_cosignature_is_refused_with_the_reason(
    client: FlaskClient, witness: dict[str, str], code: str
) -> None:
    answer = client.post(f"{URL}/cosignatures", json={"note": WRONG[code]()}, headers=witness)
    told: Any = answer.json
    assert (answer.status_code // 100, told["status"]) == (4, code)
    assert json.dumps(client.get(f"{URL}/witnesses").json).count('"size": null') == 1


def test_nobody_cosigns_for_another_institution(
    client: FlaskClient, witness: dict[str, str]
) -> None:
    other = bearer(organisations.institution())
    answer: Any = client.post(f"{URL}/cosignatures", json={"note": cosigned()}, headers=other)
    assert (answer.status_code, answer.json["status"]) == (422, "NotYourKey")
