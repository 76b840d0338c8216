"""Compiled tables as bytes: npz without pickles, a SHA-256, and refusal of everything else."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from scoring.coding import FeatureTable
from scoring.features import FINANCE
from scoring.tables import Calibration, Floats, FusedTables, Head, MarketModel, PairTable
from scoring.technology_features import TECHNOLOGY

TABLE_VERSION = 1
"""Raised when the meaning of stored tables changes; older artefacts are then refused."""
_MARKETS: Mapping[str, FeatureTable] = {"finance": FINANCE, "technology": TECHNOLOGY}
_HEADS = ("wants", "accepts")
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)

Arrays = dict[str, np.ndarray[Any, np.dtype[Any]]]


class ArtefactError(ValueError):
    """The bytes are not an artefact this version serves; the message says why."""


def seal(finance: FusedTables, technology: FusedTables, *, origin: str) -> MarketModel:
    """Name a model by the hash of its bytes; `origin` says where it came from."""
    data = _pack(finance, technology, origin)
    return MarketModel(finance, technology, origin, hashlib.sha256(data).hexdigest())


def save(model: MarketModel) -> bytes:
    """The model's bytes: the same model always gives the same bytes."""
    return _pack(model.finance, model.technology, model.origin)


def load(data: bytes, *, sha256: str) -> MarketModel:
    """Read a model back; ArtefactError on a wrong hash, version, column or array."""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ArtefactError("the model's bytes do not match its SHA-256; restore it or refit")
    arrays = _arrays(data)
    head = _header(arrays)
    try:
        markets = {name: _unpack(name, arrays, head["w"][name]) for name in _MARKETS}
    except (LookupError, TypeError) as error:
        raise ArtefactError(f"the model's arrays are not complete: {error!r}") from error
    return MarketModel(markets["finance"], markets["technology"], head["origin"], sha256)


def _arrays(data: bytes) -> Arrays:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {
                name.removesuffix(".npy"): np.lib.format.read_array(
                    io.BytesIO(archive.read(name)), allow_pickle=False
                )
                for name in archive.namelist()
            }
    except (
        ValueError, EOFError, OSError, RuntimeError, zipfile.BadZipFile, zlib.error
    ) as error:  # fmt: skip
        raise ArtefactError(f"the model's bytes are not a table archive: {error}") from error


def _header(arrays: Arrays) -> dict[str, Any]:
    if "header" not in arrays or arrays["header"].dtype != np.uint8:
        raise ArtefactError("the model has no header")
    try:
        head: dict[str, Any] = json.loads(arrays["header"].tobytes())
        _ = head["version"], head["origin"], head["w"].keys(), head["columns"].keys()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArtefactError(f"the model's header cannot be read: {error!r}") from error
    if head["version"] != TABLE_VERSION:
        raise ArtefactError(f"the model has table version {head['version']}, not {TABLE_VERSION}")
    for name, table in _MARKETS.items():
        if head["columns"].get(name) != list(table.names):
            raise ArtefactError(f"the model's {name} columns are not those of this version; refit")
    return head


def _pack(finance: FusedTables, technology: FusedTables, origin: str) -> bytes:
    markets = {"finance": finance, "technology": technology}
    header = {
        "version": TABLE_VERSION,
        "origin": origin,
        "w": {name: tables.w for name, tables in markets.items()},
        "columns": {name: list(tables.table.names) for name, tables in markets.items()},
    }
    text = json.dumps(header, sort_keys=True, ensure_ascii=True).encode()
    arrays: Arrays = {"header": np.frombuffer(text, dtype=np.uint8)}
    for name, tables in markets.items():
        for side in _HEADS:
            arrays.update(_head_arrays(f"{name}.{side}", getattr(tables, side)))
    return _archive(arrays)


def _archive(arrays: Arrays) -> bytes:
    """A npz whose members carry a fixed time, so that equal models have equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, array in sorted(arrays.items()):
            member = io.BytesIO()
            np.lib.format.write_array(member, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _FIXED_TIME), member.getvalue())
    return buffer.getvalue()


def _head_arrays(prefix: str, head: Head) -> Arrays:
    arrays: Arrays = {
        f"{prefix}.base": np.array([head.base]),
        f"{prefix}.tables": np.concatenate(head.tables),
        f"{prefix}.pairs": np.array(
            [(p.first, p.second) for p in head.pairs], dtype=np.int64
        ).reshape(-1, 2),
    }
    for position, pair in enumerate(head.pairs):
        arrays[f"{prefix}.pair{position}"] = pair.values
    if head.calibration is not None:
        arrays[f"{prefix}.calibration"] = np.stack(
            [head.calibration.log_odds, head.calibration.chance]
        )
    return arrays


def _unpack(name: str, arrays: Arrays, w: float) -> FusedTables:
    if not 0.0 <= w <= 1.0:
        raise ArtefactError(f"the weight of {name} lies outside 0-1")
    table = _MARKETS[name]
    wants, accepts = (_read_head(f"{name}.{side}", arrays, table) for side in _HEADS)
    return FusedTables(table, wants, accepts, w)


def _read_head(prefix: str, arrays: Arrays, table: FeatureTable) -> Head:
    sizes = table.n_codes
    flat = _floats(arrays, f"{prefix}.tables", (sum(sizes),))
    tables = tuple(np.split(flat, np.cumsum(sizes)[:-1]))
    pairs = []
    for position, (first, second) in enumerate(arrays[f"{prefix}.pairs"].tolist()):
        shape = (sizes[first], sizes[second])
        pairs.append(PairTable(first, second, _floats(arrays, f"{prefix}.pair{position}", shape)))
    return Head(
        float(_floats(arrays, f"{prefix}.base", (1,))[0]),
        tables,
        tuple(pairs),
        _calibration(arrays.get(f"{prefix}.calibration")),
    )


def _calibration(knots: Floats | None) -> Calibration | None:
    if knots is None:
        return None
    if knots.ndim != 2 or len(knots) != 2 or (np.diff(knots) < 0).any():
        raise ArtefactError("a calibration must be two rising rows of knots")
    return Calibration(knots[0], knots[1])


def _floats(arrays: Arrays, name: str, shape: tuple[int, ...]) -> Floats:
    array = arrays.get(name)
    if array is None or array.dtype != np.float64 or array.shape != shape:
        raise ArtefactError(f"the model's array {name} is missing or has the wrong form")
    if not np.isfinite(array).all():
        raise ArtefactError(f"the model's array {name} holds a value that is not finite")
    return array
