"""What `check` and `convert` do with a product footprint: our own record or a PACT v3 one."""

import argparse
import json
from datetime import UTC, datetime
from typing import Any

from disclosure.checks.footprints import check_footprint
from disclosure.commands.files import InputError, read_json, say_line
from disclosure.exchange.footprints import FORMAT, read_footprint
from disclosure.exchange.pact import read_pact
from disclosure.footprint import Footprint
from disclosure.footprint_terms import PARTS
from disclosure.texts import say
from disclosure.values import FactError

_TOTALS = {"pcfExcludingBiogenicUptake": "excluding", "pcfIncludingBiogenicUptake": "including"}


def is_footprint(raw: Any) -> bool:
    """Tell whether a file holds a footprint and no disclosure."""
    return isinstance(raw, dict) and (raw.get("format") == FORMAT or "pcf" in raw)


def say_checked(given: argparse.Namespace, raw: Any) -> int:
    """Print the findings of a footprint; there is no grade."""
    try:
        made = read_footprint(raw)
    except FactError as error:
        raise InputError(f"{given.file}: {error}") from None
    findings = check_footprint(made, today=given.today or datetime.now(UTC).date())
    if given.json:
        report = {"findings": [each.to_dict() for each in findings]}
        say_line(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        lines = [f"{each.code} {each.result:8} {say(each.text, 'en')}" for each in findings]
        say_line("\n".join(lines))
    return 0


def say_facts(given: argparse.Namespace) -> int:
    """Print what a PACT v3 record states, fact by fact."""
    try:
        made = read_pact(read_json(given.file))
    except FactError as error:
        raise InputError(f"{given.file.name}: {error}") from None
    say_line(json.dumps({"facts": _facts(made)}, ensure_ascii=False, indent=1))
    return 0


def _facts(made: Footprint) -> list[dict[str, Any]]:
    period = f"{made.start.date()}/{made.end.date()}"
    per = {"declaredUnit": f"{made.amount:f} {made.unit}"}
    stated = [(name, f"{getattr(made, own):f}", "kgCO2e") for name, own in _TOTALS.items()]
    stated += [
        (part.pact, f"{made.parts[name]:f}", part.unit)
        for name, part in PARTS.items()
        if name in made.parts
    ]
    return [
        {"concept": name, "value": value, "unit": unit, "period": period, "dimensions": per}
        for name, value, unit in stated
    ]
