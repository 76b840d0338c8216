"""The size budget of the house, and no import cycle in it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import grimp

from market.settings import ROOT

PACKAGES = ("disclosure", "scoring", "market")
_FUNCTION_MOST, _FUNCTION_P90 = 60, 20
_FILE_MOST, _FILE_P90 = 350, 220
_TEST_FILE_MOST = 400
_PARAMETERS_MOST, _PARAMETERS_P90 = 7, 4  # compiled loops take their arrays one by one
_SUPPRESSIONS_PER_KLOC = 0.5
_REASONED = re.compile(r"# (noqa: [A-Z0-9, ]+|type: ignore\[[\w, -]+\]) +[-#] \w")


def sources() -> list[Path]:
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


def lines(path: Path) -> int:
    return path.read_text().count("\n")


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            place = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
            yield place, (node.end_lineno or node.lineno) - node.lineno + 1


def p90(values: list[int]) -> int:
    return sorted(values)[round(0.9 * (len(values) - 1))]


def test_functions_are_short() -> None:
    sizes = dict(found for path in sources() for found in functions(path))
    assert {place: size for place, size in sizes.items() if size > _FUNCTION_MOST} == {}
    assert p90(list(sizes.values())) <= _FUNCTION_P90


def test_files_are_short() -> None:
    sizes = {str(path.relative_to(ROOT)): lines(path) for path in sources()}
    assert {path: size for path, size in sizes.items() if size > _FILE_MOST} == {}
    assert p90([size for size in sizes.values() if size]) <= _FILE_P90


def test_test_files_are_short() -> None:
    sizes = {str(path): lines(path) for path in (ROOT / "tests").rglob("*.py")}
    assert {path: size for path, size in sizes.items() if size > _TEST_FILE_MOST} == {}


def test_parameters_are_few_or_named() -> None:
    counts = {}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                given = [a.arg for a in node.args.posonlyargs + node.args.args]
                place = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
                counts[place] = len([a for a in given if a not in {"self", "cls"}])
    assert {place: n for place, n in counts.items() if n > _PARAMETERS_MOST} == {}
    assert p90(list(counts.values())) <= _PARAMETERS_P90


def test_modules_form_no_import_cycle() -> None:
    graph = grimp.build_graph(
        *PACKAGES, exclude_type_checking_imports=True, include_external_packages=False
    )
    cycles = []
    for module in sorted(graph.modules - {"market"}):  # the factory may import all
        for imported in graph.find_modules_directly_imported_by(module) - {"market"}:
            back = graph.find_shortest_chain(imported, module)
            if back is not None and "market" not in back:
                cycles.append((module, *back))
    assert cycles == []


def test_suppressions_are_rare_and_reasoned() -> None:
    marks, bare, total = 0, [], 0
    for path in sources():
        for number, line in enumerate(path.read_text().splitlines(), 1):
            total += 1
            mark = next((m for m in ("# noqa", "# type: ignore") if m in line), "")
            marks += bool(mark)
            if mark and not _REASONED.search(line):
                bare.append(f"{path.relative_to(ROOT)}:{number}")
    assert bare == []
    assert marks / (total / 1000) <= _SUPPRESSIONS_PER_KLOC


def test_nothing_is_left_to_do_later() -> None:
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
    left = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in sources()
        for word in words
        if f"{word}:" in path.read_text() or f"# {word}" in path.read_text()
    ]
    assert left == []


def test_no_registry_host_is_named_in_requirements() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        assert "://" not in path.read_text(), path.name
