"""Both languages say everything, filled with the same values."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from market import catalogues
from market.settings import ROOT

TEXTS = sorted(
    path.parent
    for package in ("disclosure", "scoring")
    for path in (ROOT / package).rglob("zh.toml")
)
_PLACEHOLDER = re.compile(r"\{([a-z_0-9]+)(?::[^{}]*)?\}")


def test_market_is_translated_completely() -> None:
    assert "\n".join(catalogues.examine().lines()) == ""


def flat(tree: dict[str, Any], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in tree.items():
        name = f"{prefix}{key}"
        found.update(flat(value, f"{name}.") if isinstance(value, dict) else {name: str(value)})
    return found


def read(path: Path) -> dict[str, str]:
    return flat(tomllib.loads(path.read_text()))


@pytest.mark.parametrize("folder", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_sentences_of_the_pair_match(folder: Path) -> None:
    zh, en = read(folder / "zh.toml"), read(folder / "en.toml")
    assert set(zh) == set(en)
    unequal = {
        key
        for key in zh
        if set(_PLACEHOLDER.findall(zh[key])) != set(_PLACEHOLDER.findall(en[key]))
    }
    assert unequal == set()
    assert [key for key in zh if not zh[key].strip() or not en[key].strip()] == []


def test_findings_are_found(tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text('msgid "Save"\nmsgstr "保存"\n')
    (tmp_path / "b.po").write_text('msgid "Save"\nmsgstr "存"\n')
    _merged, repeated = catalogues.translated(tmp_path)
    assert repeated == ["b.po: 'Save'"]
    assert catalogues.placeholders("%(a)s of %(b)d") == {"a", "b"}
    assert catalogues.compile_catalogue(tmp_path).read_bytes()[:4] == b"\xde\x12\x04\x95"
