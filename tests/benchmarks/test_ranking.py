import json

import numpy as np
import pytest

from benchmarks.ranking import main, ndcg, read


def written(path, *, queries=12, rows=8, qid=True, seed=0):
    """A small LETOR file whose first feature tells the relevance."""
    rng = np.random.default_rng(seed)
    lines = []
    for query in range(queries):
        for _ in range(rows):
            label = int(rng.integers(0, 4))
            head = f"{label} qid:{query}" if qid else f"{label}"
            lines.append(f"{head} 1:{label + rng.normal() / 4:.3f} 3:{rng.random():.3f} 4:1.0")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


def test_ndcg_is_one_for_the_best_order_and_falls_for_worse():
    labels = np.array([2.0, 0.0, 1.0])
    assert ndcg(labels, np.array([3.0, 1.0, 2.0])) == pytest.approx(1.0)
    worst = (0 + 1 / np.log2(3) + 3 / 2) / (3 + 1 / np.log2(3))
    assert ndcg(labels, np.array([1.0, 3.0, 2.0])) == pytest.approx(worst)
    assert np.isnan(ndcg(np.ones(3), np.arange(3.0)))


def test_constant_columns_are_dropped_and_queries_kept(tmp_path):
    data = read([written(tmp_path / "a.txt")], ["qid"])
    assert data.features.shape == (96, 2)
    assert data.n_queries == 12


def test_group_files_equal_qids(tmp_path):
    by_qid = read([written(tmp_path / "a.txt")], ["qid"])
    (tmp_path / "b.query").write_text("8\n" * 12)
    by_file = read([written(tmp_path / "b.txt", qid=False)], [str(tmp_path / "b.query")])
    assert (by_file.query == by_qid.query).all()
    assert (by_file.features == by_qid.features).all()


def test_answer_compares_models_on_the_same_folds(tmp_path, capsys):
    file = written(tmp_path / "a.txt", queries=20)
    arguments = [
        file,
        "--query-column",
        "qid",
        "--json",
        "--seeds",
        "1",
        "--models",
        "ours",
        "ridge",
    ]
    assert main(arguments) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["ndcg@10"].keys() == {"ours", "ridge"}
    assert answer["ndcg@10"]["ridge"] > 0.9
    assert set(answer["ours_against"]["ridge"]) == {"ratio", "paired_t"}


@pytest.mark.parametrize(
    ("text", "queries", "message"),
    [
        ("hello world\n", ["qid"], "not an SVMlight file"),
        ("1 1:0.5\n0 1:0.2\n", ["qid"], "carry no qid"),
        ("1 qid:1 1:2\n0 qid:2 1:1\n1 qid:1 1:3\n", ["qid"], "must stand together"),
        ("-1 qid:1 1:2\n", ["qid"], "whole numbers from 0 to 30"),
        ("1 qid:1 1:nan\n", ["qid"], "not finite"),
        ("1 qid:1 1:2\n0 qid:1 1:1\n", ["qid"], "at least 10 queries"),
        ("1 1:2\n", ["absent.query"], "absent.query"),
        ("1 1:2\n", ["a.query", "b.query"], "one group file per FILE"),
    ],
)
def test_bad_file_is_named_in_one_line(tmp_path, capsys, text, queries, message):
    path = tmp_path / "a.txt"
    path.write_text(text)
    assert main([str(path), "--query-column", *queries]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_absent_file_is_named(capsys):
    assert main(["nowhere.txt", "--query-column", "qid"]) == 2
    assert "nowhere.txt: no such file" in capsys.readouterr().err
