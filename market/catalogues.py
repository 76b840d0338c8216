"""The Chinese texts: one .po file a noun, checked against the code and compiled into one .mo."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages import Catalog, pofile
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo

from market.settings import ROOT

LOCALE = "zh_Hans_CN"
FOLDER = Path(__file__).parent / "translations" / LOCALE / "LC_MESSAGES"
_METHODS = [("market/**.py", "python"), ("templates/**.*", "jinja2")]
_OPTIONS = {"templates/**.*": {"trimmed": "false", "silent": "false"}}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@dataclass
class Findings:
    """What is wrong with the translations; empty lists when nothing is."""

    missing: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    unequal: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """One line a finding: what, where, which text."""
        for name, told in vars(self).items():
            yield from (f"{name}: {line}" for line in told)


def used(root: Path = ROOT) -> dict[str, str]:
    """Every text of the code and the templates, and the first place it stands at."""
    places: dict[str, str] = {}
    for folder in ("market", "templates"):
        found = extract_from_dir(
            root / folder,
            [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in _METHODS],
            {pattern.removeprefix(f"{folder}/"): told for pattern, told in _OPTIONS.items()},
            keywords={"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)},
        )
        for name, line, message, _comments, _context in found:
            text = message if isinstance(message, str) else message[0]
            places.setdefault(text, f"{folder}/{name}:{line}")
    return places


def translated(folder: Path = FOLDER) -> tuple[Catalog, list[str]]:
    """All .po files as one catalogue, and the texts that stand in two of them."""
    merged, repeated = Catalog(locale=LOCALE), []
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            for message in pofile.read_po(file, locale=LOCALE, abort_invalid=True):
                if not message.id:
                    continue
                if message.id in merged:
                    repeated.append(f"{path.name}: {message.id!r}")
                merged[message.id] = message
    return merged, repeated


def examine() -> Findings:
    """Compare the texts of the code with the catalogue."""
    places = used()
    merged, repeated = translated()
    findings = Findings(repeated=repeated)
    known = {
        str(message.id): str(message.string) for message in merged if message.id and message.string
    }
    for text, place in sorted(places.items(), key=lambda pair: pair[1]):
        if text not in known:
            findings.missing.append(f"{place}: {text!r}")
        elif placeholders(text) != placeholders(known[text]):
            findings.unequal.append(f"{place}: {text!r} -> {known[text]!r}")
    findings.unused.extend(repr(text) for text in sorted(set(known) - set(places)))
    return findings


def placeholders(text: str) -> set[str]:
    """The names a text is filled with."""
    return set(_PLACEHOLDER.findall(text))


def compile_catalogue(folder: Path = FOLDER) -> Path:
    """Write messages.mo from all .po files; readers see the old file or the new one."""
    merged, _repeated = translated(folder)
    half, whole = folder / f"messages.{id(merged)}.part", folder / "messages.mo"
    with half.open("wb") as file:
        write_mo(file, merged)
    half.replace(whole)
    return whole
