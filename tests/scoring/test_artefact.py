import hashlib
import os
import pickle

import numpy as np
import pytest
import skops.io

from scoring.artefact import ArtefactError, load, save, seal
from scoring.ranker import AdditiveRanker
from scoring.ranker_file import load_ranker, save_ranker
from scoring.scorecard import scorecard_model
from scoring.tables import Calibration, FusedTables, Head, PairTable

PROVE = os.environ.get("PROVE") == "1"


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


def mutants(data, places, seed=0):
    """Copies of the data, each with one byte changed at random."""
    rng = np.random.default_rng(seed)
    for place in places:
        mutated = bytearray(data)
        mutated[place] ^= int(rng.integers(1, 256))
        yield bytes(mutated)


def large_ranker():
    """The bytes of a fitted ranker, far above a hundred thousand."""
    rows = np.random.default_rng(0).normal(size=(400, 3))
    ranker = AdditiveRanker(max_iter=10, pairs=[(0, 1)]).fit(rows, rows[:, 0] > 0)
    return save_ranker(ranker)


@pytest.mark.prove
def test_mutated_archive_with_its_own_hash_never_alters_a_score(record_property):
    """A forger of the stored hash too meets the archive's own checksums: refused, or the same."""
    model = scorecard_model()
    data = save(model)
    places = range(0, len(data), 1 if PROVE else 50)
    record_property("count", len(places))
    refused = 0
    for mutated in mutants(data, places):
        try:
            back = load(mutated, sha256=sha(mutated))
        except ArtefactError:
            refused += 1
        else:
            assert save(back) == data
    assert refused > 0.8 * len(places)


@pytest.mark.prove
def test_thousand_mutated_bytes_of_a_ranker_are_refused(record_property):
    data, digest = large_ranker()
    assert len(data) > 100_000
    places = np.random.default_rng(1).choice(len(data), 1000 if PROVE else 100, replace=False)
    record_property("count", len(places))
    for mutated in mutants(data, places):
        with pytest.raises(ArtefactError, match="SHA-256"):
            load_ranker(mutated, sha256=digest)


@pytest.mark.prove
def test_mutated_ranker_with_its_own_hash_is_refused_or_scores_the_same(record_property):
    data, digest = large_ranker()
    probe = np.random.default_rng(2).normal(size=(50, 3))
    scores = load_ranker(data, sha256=digest).decision_function(probe)
    places = np.random.default_rng(3).choice(len(data), 1000 if PROVE else 60, replace=False)
    record_property("count", len(places))
    for mutated in mutants(data, places):
        try:
            back = load_ranker(mutated, sha256=sha(mutated))
        except ArtefactError:
            continue
        assert (back.decision_function(probe) == scores).all()


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


def test_archive_that_lacks_an_array_is_refused_even_with_its_hash(tmp_path):
    path = tmp_path / "model.npz"
    path.write_bytes(save(scorecard_model()))
    arrays = dict(np.load(path, allow_pickle=False))
    for missing in ("header", "finance.wants.pairs", "technology.accepts.base"):
        np.savez(path, **{name: array for name, array in arrays.items() if name != missing})
        data = path.read_bytes()
        with pytest.raises(ArtefactError, match=r"no header|not complete|is missing"):
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


class Foreign:
    """A type of somebody else; building one is noticed."""

    built = 0

    def __setstate__(self, state):
        Foreign.built += 1


def foreign_objects():
    """A foreign object alone, in a list, and inside a ranker that is sound otherwise."""
    rows = np.random.default_rng(0).normal(size=(60, 2))
    ranker = AdditiveRanker(max_iter=2).fit(rows, rows[:, 0] > 0)
    ranker.bins_ = Foreign()
    return [Foreign(), [Foreign()], ranker, FusedTables]


@pytest.mark.parametrize("place", range(4))
def test_foreign_type_is_never_built(place):
    data = skops.io.dumps(foreign_objects()[place])
    with pytest.raises(ArtefactError, match=r"hold no ranker|cannot be read"):
        load_ranker(data, sha256=sha(data))
    assert Foreign.built == 0


@pytest.mark.parametrize("thing", [AdditiveRanker().fit, {"a": 1}, None])
def test_pickle_and_other_bytes_hold_no_ranker(thing):
    data = pickle.dumps(thing)
    with pytest.raises(ArtefactError, match="cannot be read"):
        load_ranker(data, sha256=sha(data))
