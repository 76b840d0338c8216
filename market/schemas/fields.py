"""Our field types: bounded, NaN-free, with messages that name the remedy, and HTML hints.

`metadata` of a field: label, hint (lazy texts), unit, widget, options [(value, label)].
"""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from flask_babel import LazyString, lazy_gettext
from marshmallow import ValidationError, fields, validate
from werkzeug.datastructures import FileStorage

from market import files
from market.errors import MarketError
from market.texts import SHANGHAI

Told: TypeAlias = LazyString | str
Options = Iterable[tuple[str, Told]]
LARGEST = Decimal("999999999999.99")  # 元; fits Numeric(18, 2) with room for sums
_SUFFIXES = (
    ("亿元", Decimal(100_000_000)),
    ("万元", Decimal(10_000)),
    ("亿", Decimal(100_000_000)),
    ("万", Decimal(10_000)),
    ("元", Decimal(1)),
)
REQUIRED = lazy_gettext("Fill this in.")


def _metadata(label: Told, hint: Told, **more: Any) -> dict[str, Any]:
    return {"label": label, "hint": hint, **more}


def _no_control_characters(value: str) -> None:
    if any(ord(ch) < 32 and ch not in "\r\n\t" for ch in value):
        raise ValidationError(str(lazy_gettext("Remove the control characters.")))


class _Told:
    """Messages are lazy texts: said when they occur, in the reader's language."""

    def make_error(self, key: str, **kwargs: Any) -> ValidationError:
        """The error as plain text; marshmallow itself expects strings."""
        super().make_error(key, **kwargs)  # type: ignore[misc]  # refuses keys nobody declared
        return ValidationError(str(self.error_messages[key]))  # type: ignore[attr-defined]  # a field's


class _Length(validate.Length):
    def _format_error(self, value: Any, message: str) -> str:
        told = lazy_gettext("Between %(least)s and %(most)s characters, please.")
        return str(told) % {"least": self.min, "most": self.max}


class _Range(validate.Range):
    def _format_error(self, value: Any, message: str) -> str:
        told = lazy_gettext("Between %(least)s and %(most)s, please.")
        return str(told) % {"least": self.min, "most": self.max}


class Text(_Told, fields.String):
    """One line (or, with rows > 1, several) of at most `most` characters, stripped."""

    default_error_messages = {"required": REQUIRED, "null": REQUIRED, "invalid": REQUIRED}

    def __init__(
        self, label: Told, *, most: int = 120, rows: int = 1, hint: Told = "", **kw: Any
    ) -> None:
        least = 1 if kw.get("required") else 0
        checks = [
            _Length(least, most),
            _no_control_characters,
            *kw.pop("checks", []),
        ]
        super().__init__(
            validate=checks,
            metadata=_metadata(label, hint, widget="area" if rows > 1 else "line", most=most),
            **kw,
        )

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return str(super()._deserialize(value, attr, data, **kwargs)).strip()


class Amount(_Told, fields.Field[Decimal]):
    """A Decimal written as a string in JSON; forms also take 500万 and 0.05亿.

    Refuses NaN, infinities, floats, more than two decimals, and anything outside the bounds.
    """

    default_error_messages = {
        "required": REQUIRED,
        "null": REQUIRED,
        "invalid": lazy_gettext("Write a number such as 5000000 or 500万."),
        "range": lazy_gettext("Between %(least)s and %(most)s, please."),
    }

    def __init__(
        self,
        label: Told,
        *,
        least: Decimal | int = 0,
        most: Decimal | int = LARGEST,
        places: int = 2,
        unit: Told = "元",
        hint: Told = "",
        **kw: Any,
    ) -> None:
        self.least, self.most, self.places = Decimal(least), Decimal(most), places
        super().__init__(metadata=_metadata(label, hint, widget="amount", unit=unit), **kw)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else f"{Decimal(value):f}"

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Decimal:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        amount = self._parse(value)
        if not amount.is_finite() or amount != round(amount, self.places):
            raise self.make_error("invalid")
        if not self.least <= amount <= self.most:
            text = str(self.error_messages["range"])
            raise ValidationError(text % {"least": f"{self.least:,}", "most": f"{self.most:,}"})
        return round(amount, self.places)

    def _parse(self, value: str) -> Decimal:
        text = value.replace(",", "").replace("，", "").replace(" ", "")
        factor = Decimal(1)
        for suffix, times in _SUFFIXES:
            if text.endswith(suffix):
                text, factor = text.removesuffix(suffix), times
                break
        if not re.fullmatch(r"-?\d{1,15}(\.\d{1,10})?", text):
            raise self.make_error("invalid")
        try:
            return Decimal(text) * factor
        except InvalidOperation as error:
            raise self.make_error("invalid") from error


class Whole(_Told, fields.Integer):
    """An integer within bounds (every integer is bounded)."""

    default_error_messages = {
        "required": REQUIRED,
        "null": REQUIRED,
        "invalid": lazy_gettext("Write a whole number."),
        "too_large": lazy_gettext("Write a smaller whole number."),
    }

    def __init__(
        self, label: Told, *, least: int, most: int, unit: Told = "", hint: Told = "", **kw: Any
    ) -> None:
        check = _Range(least, most)
        metadata = _metadata(label, hint, widget="whole", unit=unit, least=least, most=most)
        super().__init__(strict=False, validate=check, metadata=metadata, **kw)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
            raise self.make_error("invalid")
        if isinstance(value, str) and not re.fullmatch(r"\s*-?\d{1,10}\s*", value):
            raise self.make_error("invalid")
        return super()._deserialize(value, attr, data, **kwargs)


class Choice(_Told, fields.String):
    """One of a closed list; radio buttons where few, a list where many."""

    default_error_messages = {"required": REQUIRED, "null": REQUIRED, "invalid": REQUIRED}

    def __init__(
        self, label: Told, *, options: Callable[[], Options] | Options, hint: Told = "", **kw: Any
    ) -> None:
        self.options = options
        super().__init__(
            validate=self._one_of,
            metadata=_metadata(label, hint, widget="choice", options=options),
            **kw,
        )

    def _one_of(self, value: str) -> None:
        if value not in {key for key, _ in listed(self.options)}:
            raise ValidationError(str(lazy_gettext("Choose one of the list.")))


class Choices(_Told, fields.List[str]):
    """Any of a closed list; in forms a group of check boxes."""

    default_error_messages = {"required": REQUIRED, "null": REQUIRED, "invalid": REQUIRED}

    def __init__(
        self,
        label: Told,
        *,
        options: Callable[[], Options] | Options,
        least: int = 0,
        hint: Told = "",
        **kw: Any,
    ) -> None:
        self.options, self.least = options, least
        super().__init__(
            fields.String(),
            validate=self._any_of,
            metadata=_metadata(label, hint, widget="choices", options=options),
            **kw,
        )

    def _any_of(self, values: list[str]) -> None:
        known = {key for key, _ in listed(self.options)}
        if not set(values) <= known or len(set(values)) != len(values):
            raise ValidationError(str(lazy_gettext("Choose from the list.")))
        if len(values) < self.least:
            raise ValidationError(str(lazy_gettext("Choose at least one.")))


class Day(_Told, fields.Date):
    """A calendar day, ISO 8601."""

    default_error_messages = {
        "required": REQUIRED,
        "null": REQUIRED,
        "invalid": lazy_gettext("Write a date such as 2026-12-31."),
    }

    def __init__(self, label: Told, *, hint: Told = "", **kw: Any) -> None:
        super().__init__(format="iso", metadata=_metadata(label, hint, widget="day"), **kw)


class Moment(_Told, fields.NaiveDateTime):
    """A time as people in Shanghai write it (2026-12-31T09:30); aware in UTC inside."""

    default_error_messages = {
        "required": REQUIRED,
        "null": REQUIRED,
        "invalid": lazy_gettext("Write a time such as 2026-12-31T09:30 (Shanghai)."),
    }

    def __init__(self, label: Told, *, hint: Told = "", **kw: Any) -> None:
        super().__init__(format="iso", metadata=_metadata(label, hint, widget="moment"), **kw)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        naive = super()._deserialize(value, attr, data, **kwargs)
        return naive.replace(tzinfo=SHANGHAI)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else value.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M")


def _is_mail_address(value: str) -> None:
    try:
        validate.Email()(value)
    except ValidationError as error:
        told = lazy_gettext("Write a mail address such as name@firm.cn.")
        raise ValidationError(str(told)) from error


class Email(_Told, fields.String):
    """A mail address."""

    default_error_messages = {"required": REQUIRED, "null": REQUIRED, "invalid": REQUIRED}

    def __init__(self, label: Told, *, hint: Told = "", **kw: Any) -> None:
        super().__init__(
            validate=[validate.Length(3, 255), _is_mail_address],
            metadata=_metadata(label, hint, widget="email", most=255),
            **kw,
        )


class Yes(_Told, fields.Boolean):
    """A check box; absent means no, unless it must be ticked (required)."""

    def __init__(self, label: Told, *, hint: Told = "", **kw: Any) -> None:
        if not kw.get("required"):  # a default is never validated: a box one must tick has none
            kw["load_default"] = False
        super().__init__(metadata=_metadata(label, hint, widget="yes"), **kw)


class Document(_Told, fields.Field[files.Upload]):
    """An uploaded PDF, PNG or JPEG, believed only by its bytes; forms only."""

    def __init__(self, label: Any, *, limit_mb: int = 20, hint: Any = "", **kw: Any) -> None:
        self.limit_mb = limit_mb
        super().__init__(metadata={"label": label, "hint": hint, "widget": "file"}, **kw)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> files.Upload:
        if not isinstance(value, FileStorage):
            raise self.make_error("invalid")
        body = value.stream.read(self.limit_mb * 1024 * 1024 + 1)
        try:
            return files.checked(value.filename or "", body, limit_mb=self.limit_mb)
        except MarketError as fact:
            raise ValidationError(str(fact)) from fact


def listed(options: Callable[[], Options] | Options) -> list[tuple[str, Told]]:
    """The options of a choice, whether given as data or as a function of the request."""
    return list(options() if callable(options) else options)
