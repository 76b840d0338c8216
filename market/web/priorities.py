"""The operator's look at what another priority rule would do; nothing changes by looking."""

from typing import Any

from flask import Blueprint, render_template, request
from marshmallow import ValidationError

from market.domain.queries import priority_changes as queries
from market.permissions import OPERATOR, guarded
from market.schemas.organisations import SIZES
from market.schemas.priorities import WEIGHTS, RuleSchema
from market.texts import gettext, local, number
from market.web import charts
from market.web.disclosure_charts import Chart
from market.web.forms import Form
from scoring.priority import DEFAULT_RULE, PriorityRule

priorities = Blueprint("priorities", __name__)


@priorities.get("/operation/priority")
@guarded(OPERATOR)
def show() -> tuple[str, int]:
    """The rule in force, another one to try, and who would gain and lose by it."""
    schema = RuleSchema()
    typed = {name: text for name, text in request.args.items() if name in schema.fields}
    form = Form(schema, initial=None if typed else _in_force())
    rule = _asked(form, schema, typed) if typed else None
    found = queries.simulated(rule) if rule else None
    page = render_template(
        "priorities/show.html",
        form=form,
        found=found,
        drawn=[_moves(found), _sizes(found)] if found and any(found.counts) else [],
    )
    return page, form.status


def _in_force() -> dict[str, object]:
    weights = {name: int(getattr(DEFAULT_RULE, name)) for name in WEIGHTS}
    return {**weights, "beta": str(DEFAULT_RULE.beta), "cap": str(DEFAULT_RULE.cap)}


def _asked(form: Form, schema: RuleSchema, typed: dict[str, str]) -> PriorityRule | None:
    """The rule the address names, or None and the errors at their fields."""
    for field in form.fields:
        field.value = typed.get(field.name, "")
    try:
        data = schema.load({name: text for name, text in typed.items() if text})
    except ValidationError as error:
        form.status = 422
        for name, told in error.normalized_messages().items():  # type: ignore[no-untyped-call]  # marshmallow leaves it bare
            form[name].errors.extend(told)
        return None
    numbers: dict[str, Any] = {name: float(value) for name, value in data.items()}
    return PriorityRule(**numbers)


def _moves(found: queries.Simulated) -> Chart:
    """The enterprises that gain and lose most, in mean places over the products."""
    rows = [*found.gaining, *reversed(found.losing)]
    names = [local(found.names[each.enterprise_id]) for each in rows]
    head = gettext("Places gained on average")
    return Chart(
        title=gettext("Who gains, who loses"),
        figure=charts.horizontal_bars(names, {head: [round(e.gained, 2) for e in rows]}, x=head),
        head=[gettext("Enterprise"), gettext("Mean rank now"), gettext("Mean rank then"), head],
        rows=[
            [name, number(each.rank_before, 2), number(each.rank_after, 2),
             f"{each.gained:+.2f}"]
            for name, each in zip(names, rows, strict=True)
        ],
    )  # fmt: skip


def _sizes(found: queries.Simulated) -> Chart:
    words = {str(code): str(text) for code, text in SIZES}
    names = [words.get(size, gettext("not stated")) for size in found.by_size]
    head = gettext("Places gained on average")
    values = list(found.by_size.values())
    return Chart(
        title=gettext("By size of the enterprise"),
        figure=charts.horizontal_bars(names, {head: [round(v, 3) for v in values]}, x=head),
        head=[gettext("Size"), head],
        rows=[[name, f"{value:+.3f}"] for name, value in zip(names, values, strict=True)],
    )
