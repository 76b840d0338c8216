"""Form <-> schema: a page's form is drawn from, checked by and refilled through one schema."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import g, request
from marshmallow import Schema, ValidationError, fields
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import MultiDict

from market.errors import MarketError, fact_behind
from market.extensions import db
from market.schemas.fields import Choices, listed

T = TypeVar("T")


@dataclass
class FormField:
    """One field as the template draws it; `value` is what was typed, never what was parsed."""

    name: str
    label: str
    hint: str
    widget: str
    unit: str
    required: bool
    value: Any = ""
    options: list[tuple[str, str]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    bounds: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The HTML id; dots of nested names become dashes."""
        return "f-" + self.name.replace(".", "-")


class Form:
    """The state of one form: typed values, errors, and the status to answer with."""

    def __init__(self, schema: Schema, *, initial: object | None = None) -> None:
        self.schema = schema
        self.errors: list[str] = []
        self.status = 200
        self.typed = self._typed(initial)
        self.fields = list(_drawn(schema, self.typed))

    @property
    def is_posted(self) -> bool:
        """Whether the browser sent the form."""
        return request.method == "POST"

    @property
    def is_multipart(self) -> bool:
        """Whether the form carries files."""
        return any(f.widget == "file" for f in self.fields)

    def __getitem__(self, name: str) -> FormField:
        return next(f for f in self.fields if f.name == name)

    def attempt(self, verb: Callable[[dict[str, Any]], T]) -> T | None:
        """Validate, then call the verb with the data; None (and errors to show) when refused."""
        if not self.is_posted:
            return None
        try:
            data: dict[str, Any] = self.schema.load(_nested(self.schema, self.typed, request.files))
        except ValidationError as error:
            self._refuse_fields(error.normalized_messages())  # type: ignore[no-untyped-call]  # marshmallow leaves it bare
            return None
        try:
            return verb(data)
        except MarketError as fact:
            self.refuse(fact)
        except IntegrityError as error:  # a constraint spoke first: the same fact, at its field
            self.refuse(fact_behind(error, db.metadata))
        return None

    def refuse(self, fact: MarketError) -> None:
        """Show a business fact at its field, or above the form."""
        db.session.rollback()
        self.status = int(fact.status)
        drawn = next((f for f in self.fields if f.name == fact.field), None)
        (drawn.errors if drawn else self.errors).append(str(fact))

    def _refuse_fields(self, messages: Mapping[str, Any], prefix: str = "") -> None:
        self.status = 422
        for name, told in messages.items():
            if isinstance(told, Mapping) and not all(isinstance(key, int) for key in told):
                self._refuse_fields(told, f"{prefix}{name}.")
                continue
            lines = told if isinstance(told, list) else [m for ms in told.values() for m in ms]
            drawn = next((f for f in self.fields if f.name == prefix + str(name)), None)
            (drawn.errors if drawn else self.errors).extend(str(line) for line in lines)

    def _typed(self, initial: object | None) -> MultiDict[str, Any]:
        if self.is_posted:
            return request.form
        given_back = g.get("given_back")
        if given_back:
            return MultiDict(given_back)
        shown = self.schema.dump(initial) if initial is not None else {}
        return MultiDict(_flat(shown))


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, list):
            yield from ((prefix + name, item) for item in value)
        elif value is not None:
            yield prefix + name, value


def _drawn(schema: Schema, typed: MultiDict[str, Any], prefix: str = "") -> Iterator[FormField]:
    for name, described in schema.load_fields.items():
        if isinstance(described, fields.Nested):
            yield from _drawn(described.schema, typed, f"{prefix}{name}.")
            continue
        about = described.metadata
        many = isinstance(described, Choices)
        full = prefix + name
        yield FormField(
            name=full,
            label=str(about.get("label", name)),
            hint=str(about.get("hint", "")),
            widget=about.get("widget", "line"),
            unit=str(about.get("unit", "")),
            required=described.required,
            value=typed.getlist(full) if many else typed.get(full, ""),
            options=[(key, str(text)) for key, text in listed(about.get("options", ()))],
            bounds={key: about[key] for key in ("least", "most") if key in about},
        )


def _nested(
    schema: Schema, typed: MultiDict[str, Any], files: MultiDict[str, Any], prefix: str = ""
) -> dict[str, Any]:
    """The typed text in the shape the schema loads; an empty box is an absent value."""
    data: dict[str, Any] = {}
    for name, described in schema.load_fields.items():
        full = prefix + name
        if isinstance(described, fields.Nested):
            data[name] = _nested(described.schema, typed, files, f"{full}.")
        elif isinstance(described, Choices):
            data[name] = typed.getlist(full)
        elif described.metadata.get("widget") == "file":
            upload = files.get(full)
            if upload is not None and upload.filename:
                data[name] = upload
        elif typed.get(full, "") != "":
            data[name] = typed[full]
    return data
