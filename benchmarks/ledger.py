"""The transparency log at 100,000 entries: `python -m benchmarks.ledger [--entries N]`.

Prints one JSON object: processor milliseconds to append an entry, to prove one, and to sign a
checkpoint, each against rebuilding the whole tree for it (the named baseline), with the ratio; in
memory (the pure tree) and `stored`, through the market's verbs on SQLite; and the milliseconds a
publishing request takes from the browser's side, the log's entry included.
"""

import argparse
import json
import random
import time
from collections.abc import Callable

from benchmarks.ledger_market import measured
from disclosure.ledger.checkpoint import Checkpoint
from disclosure.ledger.note import Signer
from disclosure.ledger.proofs import verify_inclusion
from disclosure.ledger.tree import Tree, hash_leaf

REPEATS = 500


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    entries = parser.parse_args().entries
    contents = [f"entry {number}".encode() for number in range(entries)]
    leaves = [hash_leaf(content) for content in contents]
    tree = Tree()
    append = _milliseconds(lambda: tree.extend(leaves)) / entries
    rebuild = _milliseconds(lambda: _rebuilt(leaves).root())
    signer = Signer.from_seed("log.example/benchmark", bytes(32))
    indices = random.Random(0).sample(range(entries), REPEATS)
    prove = _milliseconds(lambda: [tree.inclusion(index) for index in indices]) / REPEATS
    root = tree.root()
    proofs = {index: tree.inclusion(index) for index in indices}

    def verify_all() -> None:
        for index, proof in proofs.items():
            verify_inclusion(index, entries, leaf=leaves[index], proof=proof, root=root)

    check = _milliseconds(verify_all)
    sign = _milliseconds(
        lambda: [Checkpoint(signer.name, entries, tree.root()).signed(signer) for _ in indices]
    )
    figures = {"append_ms": append, "proof_ms": prove, "checkpoint_ms": sign / REPEATS}
    print(
        json.dumps(
            {
                "benchmark": "ledger",
                "entries": entries,
                **{name: round(each, 5) for name, each in figures.items()},
                "verify_ms": round(check / REPEATS, 5),
                "baseline": "rebuild the tree from its leaf hashes",
                "baseline_ms": round(rebuild, 3),
                "ratio": {name: round(rebuild / each, 1) for name, each in figures.items()},
                "proof_hashes": max(len(proof) for proof in proofs.values()),
                **measured(entries),
            }
        )
    )


def _rebuilt(leaves: list[bytes]) -> Tree:
    tree = Tree()
    tree.extend(leaves)
    return tree


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


if __name__ == "__main__":
    main()
