"""The sample market's log: appended and signed, and cosigned by two of its sample banks."""

from collections.abc import Iterable

from disclosure.ledger.checkpoint import cosign
from disclosure.ledger.note import COSIGNATURE
from market.domain import log, log_keys, log_proofs, log_witnesses
from market.moments import now
from market.sample.parties import Party


def sign_log(banks: Iterable[Party]) -> int:
    """Append what was published and let the banks cosign once; returns how many entries.

    Their private keys are thrown away: a sample bank watches nothing afterwards.
    """
    appended = log.append_all()
    note = log_proofs.commitment().note
    for number, bank in enumerate(banks, start=1):
        key = log_keys.new_key(f"sample-bank-{number}.example/witness", COSIGNATURE)
        log_witnesses.register(key.verifier.text, by=bank.acting)
        signed = cosign(note, log_keys.signer().verifier, key, at=int(now().timestamp()))
        log_witnesses.cosign(signed, by=bank.acting)
    return appended
