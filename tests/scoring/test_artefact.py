import hashlib

import numpy as np
import pytest

from scoring.artefact import ArtefactError, load, save, seal
from scoring.ranker import AdditiveRanker
from scoring.ranker_file import load_ranker, save_ranker
from scoring.scorecard import scorecard_model
from scoring.tables import Calibration, FusedTables, Head, PairTable


def sha(data):
    return hashlib.sha256(data).hexdigest()


def rich_model():
    """The scorecard with a pair and a calibration added."""
    plain = scorecard_model()
    table = plain.finance.table
    pair = PairTable(0, 2, np.arange(np.prod(table.n_codes[0:3:2]), dtype=float).reshape(
        table.n_codes[0], table.n_codes[2]
    ))  # fmt: skip
    knots = Calibration(np.array([-2.0, 0.0, 3.0]), np.array([0.1, 0.4, 0.9]))
    wants = Head(0.5, plain.finance.wants.tables, (pair.rebased(table.reference),), knots)
    finance = FusedTables(table, wants, plain.finance.accepts, 0.4)
    return seal(finance, plain.technology, origin="test")


def test_saved_model_reads_back_the_same():
    model = rich_model()
    data = save(model)
    back = load(data, sha256=model.sha256)
    codes = np.array(model.finance.table.reference) + 1
    codes = np.minimum(codes, np.array(model.finance.table.n_codes) - 1)
    assert back.finance.fused.log_odds(codes) == model.finance.fused.log_odds(codes)
    assert back.finance.mutual(codes) == model.finance.mutual(codes)
    assert (back.sha256, back.origin, save(back)) == (model.sha256, "test", data)


def test_every_mutated_byte_is_refused():
    model = scorecard_model()
    data = save(model)
    rng = np.random.default_rng(0)
    for place in range(len(data)):
        mutated = bytearray(data)
        mutated[place] ^= int(rng.integers(1, 256))
        with pytest.raises(ArtefactError, match="SHA-256"):
            load(bytes(mutated), sha256=model.sha256)


def test_shortened_or_lengthened_bytes_are_refused():
    model = scorecard_model()
    data = save(model)
    for changed in (data[:-1], data + b"x", data[1:], b"x" + data):
        with pytest.raises(ArtefactError, match="SHA-256"):
            load(changed, sha256=model.sha256)


@pytest.mark.parametrize("place", [0, 30, 200, 1500, -40, -1])
def test_mutated_archive_with_its_own_hash_never_breaks_the_reader(place):
    """A forger who can also change the stored hash still gets a refusal or a sound model."""
    data = bytearray(save(scorecard_model()))
    data[place] ^= 0xFF
    try:
        model = load(bytes(data), sha256=sha(bytes(data)))
    except ArtefactError:
        return
    assert np.isfinite(model.finance.fused.base)


@pytest.mark.parametrize("data", [b"", b"PK", b"\x93NUMPY", b"not an archive"])
def test_foreign_bytes_are_refused_even_with_their_hash(data):
    with pytest.raises(ArtefactError):
        load(data, sha256=sha(data))


def test_pickled_array_is_refused_even_with_its_hash(tmp_path):
    path = tmp_path / "evil.npz"
    np.savez(path, header=np.array([{"a": 1}], dtype=object))
    data = path.read_bytes()
    with pytest.raises(ArtefactError, match="not a table archive"):
        load(data, sha256=sha(data))


def test_value_that_is_not_finite_is_refused():
    plain = scorecard_model()
    broken = tuple(t.copy() for t in plain.finance.wants.tables)
    broken[0][0] = np.nan
    finance = FusedTables(plain.finance.table, Head(0.0, broken), plain.finance.accepts)
    model = seal(finance, plain.technology, origin="broken")
    with pytest.raises(ArtefactError, match="not finite"):
        load(save(model), sha256=model.sha256)


def test_ranker_reads_back_bit_for_bit():
    rows = np.random.default_rng(0).normal(size=(400, 3))
    ranker = AdditiveRanker(max_iter=10, pairs=[(0, 1)]).fit(rows, rows[:, 0] > 0)
    data, digest = save_ranker(ranker)
    back = load_ranker(data, sha256=digest)
    assert (back.decision_function(rows) == ranker.decision_function(rows)).all()
    with pytest.raises(ArtefactError, match="SHA-256"):
        load_ranker(data[:-1] + b"x", sha256=digest)


def test_foreign_type_is_never_built():
    import skops.io

    data = skops.io.dumps(FusedTables)
    with pytest.raises(ArtefactError):
        load_ranker(data, sha256=sha(data))
