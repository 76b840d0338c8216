"""A fitted ranker as bytes: skops with a fixed allow-list, so no foreign type is ever built."""

from __future__ import annotations

import hashlib
import zipfile
import zlib

import skops.io

from scoring.artefact import ArtefactError
from scoring.ranker import AdditiveRanker

TRUSTED = (
    "scoring.binning.Bins",
    "scoring.ranker.AdditiveRanker",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
)
"""Every type beyond those skops trusts by itself that a fitted ranker consists of."""


_BROKEN = (
    zipfile.BadZipFile, zlib.error, LookupError, TypeError, ValueError, AttributeError,
    ImportError, RuntimeError, OSError, EOFError,
)  # fmt: skip
"""What reading may raise on bytes that were tampered with."""


def save_ranker(ranker: AdditiveRanker) -> tuple[bytes, str]:
    """The ranker's bytes and their SHA-256."""
    data: bytes = skops.io.dumps(ranker)
    return data, hashlib.sha256(data).hexdigest()


def load_ranker(data: bytes, *, sha256: str) -> AdditiveRanker:
    """Read a ranker back; ArtefactError on a wrong hash or a type that is not on the list."""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ArtefactError("the ranker's bytes do not match its SHA-256; restore it or refit")
    try:
        found = skops.io.get_untrusted_types(data=data)
        ranker = None
        if set(found) <= set(TRUSTED):
            ranker = skops.io.loads(data, trusted=list(TRUSTED))
    except _BROKEN as error:
        raise ArtefactError(f"the ranker's bytes cannot be read: {error}") from error
    if not isinstance(ranker, AdditiveRanker):
        raise ArtefactError(f"the bytes hold no ranker but {sorted(found)}; restore it or refit")
    return ranker
