"""One activity line, as forms, files and the API give it."""

from flask_babel import lazy_gettext
from marshmallow import RAISE, Schema, fields, validate

from market.schemas.activity_fields import (
    Figure,
    ItemName,
    Named,
    Spreadsheet,
    activity_units,
    categories,
    instruments,
    places,
    sources,
)
from market.schemas.fields import Choice, Day, Document, Text, Whole

MOST_ROWS = 1000


class UploadSchema(Schema):
    """A file of lines."""

    file = Spreadsheet(
        lazy_gettext("File of lines (xlsx or csv)"),
        required=True,
        hint=lazy_gettext("With the columns of the template; at most 20,000 rows and 20 MB."),
    )


class ActivitySchema(Schema):
    """A line as the form asks for it."""

    source = Named(lazy_gettext("Source"), kind="source", options=sources, required=True)
    category = Named(
        lazy_gettext("Scope 3 category"),
        kind="category",
        options=categories,
        load_default="",
        hint=lazy_gettext("For scope 3 activities only."),
    )
    item = ItemName(
        lazy_gettext("What was used"),
        most=40,
        required=True,
        hint=lazy_gettext("A fuel, electricity, heat, a gas, or the item of an own factor."),
    )
    label = Text(lazy_gettext("Your name for it"), most=120, load_default="")
    amount = Figure(lazy_gettext("Quantity"), required=True)
    unit = Named(
        lazy_gettext("Unit"),
        kind="unit",
        options=lambda: [(each, each) for each in activity_units()],
        required=True,
    )
    region = Named(
        lazy_gettext("Region of the site"),
        kind="region",
        options=places,
        load_default="",
        hint=lazy_gettext("Decides the electricity factor. Empty: where the firm is registered."),
    )
    site = Text(lazy_gettext("Site"), most=80, load_default="")
    period_start = Day(lazy_gettext("From"), load_default=None, allow_none=True)
    period_end = Day(lazy_gettext("Up to and including"), load_default=None, allow_none=True)
    factor_id = Text(
        lazy_gettext("Emission factor"),
        most=80,
        load_default="",
        hint=lazy_gettext("Empty: the best one for the region and year is taken."),
    )
    green = Figure(
        lazy_gettext("Of it green electricity"),
        unit="MWh",
        load_default=None,
        hint=lazy_gettext("Covered by certificates or green power contracts."),
    )
    instrument = Named(
        lazy_gettext("Instrument"), kind="instrument", options=instruments, load_default=""
    )
    certificates = Text(
        lazy_gettext("Certificate numbers"),
        most=1000,
        rows=3,
        load_default="",
        hint=lazy_gettext("One a line; none can be used twice."),
    )
    vintage = Whole(
        lazy_gettext("Year of generation"),
        least=1990,
        most=2100,
        load_default=None,
        allow_none=True,
    )
    evidence = Text(
        lazy_gettext("Evidence number"),
        most=120,
        load_default="",
        hint=lazy_gettext("Invoice, meter reading, contract."),
    )
    evidence_file = Document(lazy_gettext("Evidence file"), load_default=None)
    note = Text(lazy_gettext("Note"), most=400, load_default="")


class ActivityRowSchema(ActivitySchema):
    """A line of a file or push: known by its key, without a file."""

    class Meta:
        """A misspelt name is told, not dropped; files are added on the page."""

        unknown = RAISE
        exclude = ("evidence_file",)

    key = Text(
        lazy_gettext("Key"),
        most=60,
        required=True,
        hint=lazy_gettext("Your name of the line, unique in the year: it is updated by it."),
    )


class PushSchema(Schema):
    """Lines pushed by another system; each is checked by itself."""

    lines = fields.List(
        fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True)),
        required=True,
        validate=validate.Length(1, MOST_ROWS),
        metadata={"description": "each as the line schema has it; amounts are strings"},
    )


class LinesQuery(Schema):
    """The filters of a list of lines."""

    source = Choice(lazy_gettext("Source"), options=sources, load_default="")
    after = Text("", most=64, load_default="")


class TakeOverSchema(Schema):
    """Which figures are taken over; `mark` is that of the page they were shown on."""

    chosen = fields.List(fields.String(), load_default=list)
    mark = Text("", most=64, load_default="")
