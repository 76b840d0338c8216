"""The monitor believes what it saw before, not what it is told now."""

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from disclosure.__main__ import main
from disclosure.ledger.checkpoint import Checkpoint, read_checkpoint
from disclosure.ledger.note import COSIGNATURE, Signer, Verifier, encode
from disclosure.ledger.tree import Tree, hash_leaf

LOG = Signer.from_seed("log.example/tanqiao", bytes(32))
ROTATED = Signer.from_seed("log.example/tanqiao", bytes([9]) * 32)


def leaves(size: int, *, changed: int | None = None) -> list[bytes]:
    return [hash_leaf(b"changed" if each == changed else bytes([each])) for each in range(size)]


def export(hashes: list[bytes], *, signer: Signer = LOG) -> dict[str, Any]:
    tree = Tree()
    tree.extend(hashes)
    note = Checkpoint(signer.name, tree.size, tree.root()).signed(signer)
    told = [encode(each) for each in hashes]
    return {"format": "tanqiao-log/1", "checkpoint": note, "leaves": told}


class Monitor:
    """One monitor with its state; looks at one export after another."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.file, self.state, self.capsys = folder / "log.json", folder / "state", capsys

    def look(self, told: Any, *more: str, keys: tuple[Signer, ...] = (LOG,)) -> tuple[int, str]:
        self.file.write_text(told if isinstance(told, str) else json.dumps(told), "utf-8")
        return self.run(str(self.file), *more, keys=keys)

    def run(self, source: str, *more: str, keys: tuple[Signer, ...] = (LOG,)) -> tuple[int, str]:
        given = [part for key in keys for part in ("--key", key.verifier.text)]
        code = main(["monitor", source, "--state", str(self.state), *given, *more])
        said = self.capsys.readouterr()
        return code, said.out + said.err


@pytest.fixture
def monitor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Monitor:
    return Monitor(tmp_path, capsys)


def test_growing_log_is_consistent(monitor: Monitor) -> None:
    assert monitor.look(export(leaves(3)))[1].startswith("first look")
    assert monitor.look(export(leaves(3)))[1].startswith("unchanged")
    code, said = monitor.look(export(leaves(8)))
    assert (code, said.split(":")[0]) == (0, "consistent")


@pytest.mark.parametrize(
    ("then", "word"),
    [
        (leaves(8, changed=1), "rewritten"),
        (leaves(5, changed=4), "split"),
        (leaves(4), "shrunk"),
    ],
)
def test_other_history_is_noticed_and_the_old_one_kept(
    monitor: Monitor, then: list[bytes], word: str
) -> None:
    monitor.look(export(leaves(5)))
    kept = monitor.state.read_text("utf-8")
    for _ in range(2):
        code, said = monitor.look(export(then))
        assert (code, word in said) == (1, True)
    assert monitor.state.read_text("utf-8") == kept


def test_export_that_is_not_what_was_signed_is_noticed(monitor: Monitor) -> None:
    told = {**export(leaves(5)), "leaves": export(leaves(5, changed=2))["leaves"]}
    assert "not those that were signed" in monitor.look(told)[1]
    assert monitor.look({**told, "leaves": told["leaves"][:3]})[0] == 1


def test_checkpoint_of_another_key_is_not_the_logs(monitor: Monitor) -> None:
    code, said = monitor.look(export(leaves(3), signer=ROTATED))
    assert (code, "unknown key ID" in said) == (1, True)
    assert not monitor.state.exists()


def test_new_key_continues_the_same_log(monitor: Monitor) -> None:
    monitor.look(export(leaves(3)))
    code, said = monitor.look(export(leaves(6), signer=ROTATED), keys=(LOG, ROTATED))
    assert (code, said.split(":")[0]) == (0, "consistent")


def test_another_log_is_not_compared(monitor: Monitor) -> None:
    other = Signer.from_seed("other.example/log", bytes(32))
    monitor.look(export(leaves(3)))
    assert "another log" in monitor.look(export(leaves(3), signer=other), keys=(other,))[1]


def test_cosigned_checkpoint_carries_the_witness(monitor: Monitor, tmp_path: Path) -> None:
    key = tmp_path / "witness.key"
    assert main(["monitor", "--new-key", "bank.example/w1", str(key)]) == 0
    public = Verifier.from_text(monitor.capsys.readouterr().out)
    assert (public.kind, key.stat().st_mode & 0o777) == (COSIGNATURE, 0o600)
    _code, said = monitor.look(export(leaves(3)), "--cosign", str(key))
    signers = read_checkpoint(json.loads(said)["note"], [LOG.verifier, public])[1]
    assert [each.name for each in signers] == [LOG.name, "bank.example/w1"]


def test_rewritten_history_is_not_cosigned(monitor: Monitor, tmp_path: Path) -> None:
    key = tmp_path / "witness.key"
    main(["monitor", "--new-key", "bank.example/w1", str(key)])
    monitor.look(export(leaves(5)))
    code, said = monitor.look(export(leaves(8, changed=1)), "--cosign", str(key))
    assert (code, "note" in said) == (1, False)


def test_key_file_is_never_overwritten(monitor: Monitor, tmp_path: Path) -> None:
    key = tmp_path / "witness.key"
    key.write_text("mine", "utf-8")
    assert main(["monitor", "--new-key", "bank.example/w1", str(key)]) == 2
    assert key.read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    "told", ["", "[]", '{"format": "x"}', '{"format": "tanqiao-log/1"}',
             '{"format": "tanqiao-log/1", "checkpoint": "x", "leaves": [1]}'],
)  # fmt: skip
def test_unreadable_export_is_one_line_and_exit_2(monitor: Monitor, told: str) -> None:
    code, said = monitor.look(told)
    assert (code, said.count("\n")) == (2, 1)


def test_unreadable_state_is_one_line_and_exit_2(monitor: Monitor) -> None:
    monitor.state.write_text("nonsense", "utf-8")
    code, said = monitor.look(export(leaves(3)))
    assert (code, "not a checkpoint kept" in said) == (2, True)


class Online(http.server.BaseHTTPRequestHandler):
    """A log on the loopback interface; `size` and `tree` say what it shows."""

    size = 4
    tree = Tree()

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path.endswith("/checkpoint"):
            root = self.tree.root(self.size)
            told: Any = {"note": Checkpoint(LOG.name, self.size, root).signed(LOG)}
        else:
            proof = self.tree.consistency(int(query["from"][0]), int(query["to"][0]))
            told = {"proof": [encode(each) for each in proof]}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    Online.size, Online.tree = 4, Tree()
    Online.tree.extend(leaves(9))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Online) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api/v1/log"
        server.shutdown()


@pytest.mark.network
def test_log_is_watched_over_http(monitor: Monitor, address: str) -> None:
    assert monitor.run(address)[0] == 0
    Online.size = 9
    assert monitor.run(address)[1].startswith("consistent")
    Online.tree = Tree()
    Online.tree.extend(leaves(12, changed=0))
    Online.size = 12
    assert "rewritten" in monitor.run(address)[1]


@pytest.mark.network
def test_unreachable_log_is_one_line_and_exit_2(monitor: Monitor) -> None:
    code, said = monitor.run("http://127.0.0.1:9")
    assert (code, said.count("\n")) == (2, 1)
