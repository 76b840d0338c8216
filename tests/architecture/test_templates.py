"""Templates: nothing inline that the content policy forbids, nothing imported in vain."""

import re
from pathlib import Path

import pytest

from market.settings import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_IMPORT = re.compile(r"{%-?\s*from\s+[\"'][^\"']+[\"']\s+import\s+(.+?)\s*-?%}")
_MOST_LINES = 150


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_inline(path: Path) -> None:
    text = re.sub(r"{#.*?#}", "", path.read_text(), flags=re.DOTALL)
    bare = re.sub(r"{{.*?}}|{%.*?%}", "", text, flags=re.DOTALL)
    assert not re.search(r"<script(?![^>]*\bsrc=)", bare), "inline script"
    assert not re.search(r"<style\b", bare), "inline style element"
    handlers = [tag for tag in _TAG.findall(bare) if re.search(r"\s(on\w+|style)\s*=", tag)]
    assert handlers == []
    assert "javascript:" not in bare
    assert "hx-on" not in bare


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_import_is_used(path: Path) -> None:
    text = path.read_text()
    rest = _IMPORT.sub("", text)
    names = [n.split(" as ")[-1].strip() for got in _IMPORT.findall(text) for n in got.split(",")]
    names = [n.removesuffix("with context").strip() for n in names]
    assert [n for n in names if not re.search(rf"\b{n}\b", rest)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template_is_short(path: Path) -> None:
    assert path.read_text().count("\n") <= _MOST_LINES


def test_every_post_form_carries_the_csrf_token() -> None:
    for path in TEMPLATES:
        forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", path.read_text(), re.DOTALL)
        for form in forms:
            assert "csrf" in form or "hidden_tag" in form, name(path)
