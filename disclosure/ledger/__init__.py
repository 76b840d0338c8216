"""Tamper evidence an outsider can check: canonical JSON, Merkle tree, signed notes, bundles.

Standard library and `cryptography` only, so that a bank can run it on a bare machine.
Sources: RFC 8785, RFC 6962 / 9162, C2SP signed-note, tlog-checkpoint and tlog-cosignature.
"""
