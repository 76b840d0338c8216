"""`python -m disclosure convert FILE --from vsme|pact --to facts|answers`: read another format.

`facts` lists what the file states; `answers` what of it answers our questionnaires, how many facts
were taken, and each fact that was left with why.
"""

import argparse
import json
import warnings
from pathlib import Path

from disclosure.commands.files import InputError, say_line
from disclosure.commands.footprints import say_facts
from disclosure.exchange.vsme import read_vsme
from disclosure.exchange.vsme_answers import placed
from disclosure.exchange.workbook import WorkbookError


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "file", type=Path, help="a filled VSME workbook (xlsx), or a PACT v3 record (json)"
    )
    parser.add_argument("--from", dest="source", choices=("vsme", "pact"), required=True)
    parser.add_argument("--to", choices=("facts", "answers"), default="facts")


def run(given: argparse.Namespace) -> int:
    """Print JSON and return 0; raise InputError when the file cannot be read."""
    if given.source == "pact":
        if given.to != "facts":
            raise InputError("--to: a PACT record converts to facts")
        return say_facts(given)
    with warnings.catch_warnings():
        # openpyxl warns of drop-down lists it leaves out; we read values only.
        warnings.filterwarnings("ignore", module="openpyxl")
        try:
            report = read_vsme(given.file)
        except WorkbookError as error:
            raise InputError(f"{given.file.name}: {error} | {error.told.zh}") from None
    if given.to == "facts":
        made = {"facts": [fact.to_dict() for fact in report.facts]}
        say_line(json.dumps(made, ensure_ascii=False, indent=1))
    else:
        found = placed(report)
        made_answers = {
            "answers": {key: each.to_dict() for key, each in found.answers.items()},
            "taken": len(found.taken),
            "left": [
                {"concept": fact.concept, "dimensions": dict(fact.dimensions), "why": why}
                for fact, why in found.left
            ],
        }
        say_line(json.dumps(made_answers, ensure_ascii=False, indent=1))
    return 0
