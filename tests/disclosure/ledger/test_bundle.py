import os
from pathlib import Path
from typing import Any

import pytest

from disclosure.__main__ import main
from disclosure.facts import Disclosure
from disclosure.ledger.bundle import BundleError, make_bundle, verify_bundle
from disclosure.ledger.canonical import canonical, parse
from disclosure.ledger.checkpoint import Checkpoint, cosign
from disclosure.ledger.commitment import commit
from disclosure.ledger.entries import leaf_of, make_entry
from disclosure.ledger.note import COSIGNATURE, Signer, encode
from disclosure.ledger.tree import Tree, hash_leaf
from tests.disclosure.ledger.bare import run_bare
from tests.disclosure.samples import sample

LOG = Signer.from_seed("log.example/tanqiao", bytes(32))
WITNESS = Signer.from_seed("bank.example/w1", bytes([2]) * 32, COSIGNATURE)
KEYS = [LOG.verifier]
SALTS = {"FIN-03": bytes([7]) * 32, "EMS-09": bytes([8]) * 32}
PROVE = os.environ.get("PROVE") == "1"


def entry() -> dict[str, Any]:
    return make_entry(
        sample().to_dict(), kind="published", version=1, published_at="2026-04-12T08:00:00Z",
        salts=SALTS,
    )  # fmt: skip


def bundle(*, opened: bool = True, witnessed: bool = False) -> bytes:
    tree = Tree()
    tree.extend(hash_leaf(bytes([number])) for number in range(5))
    index = tree.append(leaf_of(entry()))
    tree.extend(hash_leaf(bytes([number])) for number in range(9, 14))
    note = Checkpoint(LOG.name, tree.size, tree.root()).signed(LOG)
    note = cosign(note, LOG.verifier, WITNESS, at=1_790_000_000) if witnessed else note
    answer = sample().to_dict()["answers"]["FIN-03"]
    openings = {"FIN-03": {"answer": answer, "salt": encode(SALTS["FIN-03"])}}
    return make_bundle(
        entry(), index=index, proof=tree.inclusion(index), checkpoint=note,
        openings=openings if opened else {},
    )  # fmt: skip


def test_bundle_proves_its_entry() -> None:
    proven = verify_bundle(bundle(), KEYS)
    assert (proven.index, proven.checkpoint.size, proven.opened) == (5, 11, ("FIN-03",))
    assert proven.entry == entry()


def test_private_answers_are_hidden_and_the_rest_is_a_disclosure() -> None:
    hidden = entry()
    assert set(hidden["private"]) == set(SALTS)
    kept = Disclosure.from_dict(hidden["disclosure"])
    assert set(sample().answers) - set(kept.answers) == set(SALTS)


def test_witnessed_bundle_needs_the_witness_key() -> None:
    assert len(verify_bundle(bundle(witnessed=True), [*KEYS, WITNESS.verifier]).signers) == 2
    with pytest.raises(BundleError, match=r"unknown key ID: bank.example/w1"):
        verify_bundle(bundle(witnessed=True), KEYS)


def test_without_a_key_the_signer_is_unknown() -> None:
    with pytest.raises(BundleError, match="signed by an unknown key ID"):
        verify_bundle(bundle(), [])


@pytest.mark.prove
def test_changed_byte_is_found() -> None:
    data = bundle(witnessed=True)
    keys = [*KEYS, WITNESS.verifier]
    positions = range(len(data)) if PROVE else range(0, len(data), 37)
    for position in positions:
        for flip in (1, 0x20, 0x80) if PROVE else (1,):
            changed = bytearray(data)
            changed[position] ^= flip
            with pytest.raises(BundleError):
                verify_bundle(bytes(changed), keys)


@pytest.mark.parametrize("change", [lambda d: d + b"\n", lambda d: b" " + d, lambda d: d[:-1]])
def test_other_byte_form_is_refused(change: Any) -> None:
    with pytest.raises(BundleError):
        verify_bundle(change(bundle()), KEYS)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", "tanqiao-bundle/2"),
        ("index", "5"),
        ("index", True),
        ("index", 4),
        ("index", -1),
        ("proof", {}),
        ("proof", [1]),
        ("proof", ["AB=="]),
        ("proof", []),
        ("checkpoint", 3),
        ("checkpoint", "x"),
        ("entry", {}),
        ("openings", []),
        ("openings", {"EMS-01": {}}),
        ("openings", {"FIN-03": {"answer": {}, "salt": "AA=="}}),
        ("openings", {"FIN-03": {"answer": {"state": "zero"}, "salt": encode(bytes([7]) * 32)}}),
        ("more", 1),
    ],
)
def test_changed_part_is_refused(key: str, value: object) -> None:
    changed = {**parse(bundle()), key: value}
    with pytest.raises(BundleError):
        verify_bundle(canonical(changed), KEYS)


def test_entry_kind_and_salt_are_checked() -> None:
    with pytest.raises(ValueError, match="kind"):
        make_entry({}, kind="forgotten", version=1, published_at="")
    with pytest.raises(ValueError, match="32"):
        commit("EMS-01", {}, b"short")


def test_same_answer_with_other_salt_is_another_commitment() -> None:
    assert commit("EMS-01", {"state": "zero"}, bytes(32)) != commit(
        "EMS-01", {"state": "zero"}, bytes([1]) * 32
    )


def test_command_says_what_is_proven(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, key = tmp_path / "bundle.json", tmp_path / "log.key"
    path.write_bytes(bundle(witnessed=True))
    key.write_text(LOG.verifier.text + "\n", "utf-8")
    command = ["verify", str(path), "--key", str(key), "--key", WITNESS.verifier.text]
    assert main(command) == 0
    said = capsys.readouterr().out
    assert "entry 5 of 11 in the log log.example/tanqiao" in said
    assert "1 opened, 1 committed to" in said
    assert "witnessed by: bank.example/w1" in said


def test_command_says_why_nothing_is_proven(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bundle.json"
    path.write_bytes(bundle())
    assert main(["verify", str(path)]) == 1
    assert "signed by an unknown key ID" in capsys.readouterr().out
    assert main(["verify", str(path), "--key", "a+b"]) == 2
    assert "key: a key is written" in capsys.readouterr().err


def test_command_says_where_a_missing_key_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bundle.json"
    path.write_bytes(bundle())
    assert main(["verify", str(path)]) == 1
    assert "--key" in capsys.readouterr().out
    assert main(["verify", str(path), "--key", WITNESS.verifier.text]) == 1
    assert "--key" not in capsys.readouterr().out


def test_verify_runs_with_standard_library_and_cryptography_alone(tmp_path: Path) -> None:
    (tmp_path / "bundle.json").write_bytes(bundle())
    key = LOG.verifier.text
    done = run_bare(tmp_path, "verify", str(tmp_path / "bundle.json"), "--key", key)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("verified: published disclosure of 示例")
