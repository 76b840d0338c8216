"""The table of routes as the application has it: endpoint, methods, address, guard.

`python -m tests.architecture.routes` writes routes.txt; a reviewer reads its difference.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.routing import BaseConverter, Rule
from werkzeug.routing.converters import AnyConverter, IntegerConverter

from market.permissions import guard_of

TABLE = Path(__file__).parent / "routes.txt"
_IMPLIED = frozenset({"HEAD", "OPTIONS"})
NO_SUCH_ID = "zzzzzzzzzzzzz"


@dataclass(frozen=True)
class Route:
    """One method of one address."""

    endpoint: str
    method: str
    address: str
    guard: str
    path: str  # the address with parameters that exist nowhere

    @property
    def is_api(self) -> bool:
        """Whether it speaks JSON by token."""
        return self.address.startswith("/api/v1/")

    @property
    def changes(self) -> bool:
        """Whether the method may write."""
        return self.method != "GET"


def routes(app: Flask) -> list[Route]:
    """Every route of the application."""
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
    return [route for rule in rules for route in _of(app, rule)]


def _of(app: Flask, rule: Rule) -> Iterator[Route]:
    view = app.view_functions[rule.endpoint]
    for method in sorted((rule.methods or set()) - _IMPLIED):
        guard = guard_of(view, method)
        name = guard.name if guard is not None else "NONE"
        yield Route(rule.endpoint, method, rule.rule, name, _filled(rule))


def _filled(rule: Rule) -> str:
    values = {name: _value(converter) for name, converter in rule._converters.items()}
    built = rule.build(values, append_unknown=False)
    assert built is not None, rule
    return built[1]


def _value(converter: BaseConverter) -> object:
    if isinstance(converter, AnyConverter):
        return sorted(converter.items)[0]
    return 1 if isinstance(converter, IntegerConverter) else NO_SUCH_ID


def table(app: Flask) -> str:
    """The text under version control."""
    lines = [
        f"{route.address:<58} {route.method:<6} {route.guard:<14} {route.endpoint}"
        for route in routes(app)
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the table anew."""
    from market import create_app  # here: importing this module makes no application
    from tests import databases

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/routes.sqlite3"
        TABLE.write_text(table(create_app(databases.settings_for(url, Path(folder)))))


if __name__ == "__main__":
    main()
