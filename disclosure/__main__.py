"""The command line: `python -m disclosure check | convert | verify | monitor`."""

import argparse
import importlib
import sys

from disclosure.commands.files import InputError

_COMMANDS = {
    "check": "run the checks and grade a disclosure",
    "convert": "read another format into facts or answers",
    "verify": "check that a bundle's disclosure stands in the log",
    "monitor": "notice when a log's history was rewritten; cosign its checkpoints",
}


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code: 2 for input that cannot be read."""
    words = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="python -m disclosure", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, purpose in _COMMANDS.items():
        command = commands.add_parser(name, help=purpose)
        if words[:1] == [name]:
            # Loaded on demand: `verify` must run where only `cryptography` is installed.
            module = importlib.import_module(f"disclosure.commands.{name}")
            module.arguments(command)
            command.set_defaults(run=module.run)
    given = parser.parse_args(words)
    try:
        return int(given.run(given))
    except InputError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
