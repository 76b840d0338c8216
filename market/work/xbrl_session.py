"""One validation by Arelle in a process of its own; run as a script, it imports nothing of ours.

`python xbrl_session.py REPORT PACKAGE MEMORY_MB CPU_SECONDS [schemas-only]` limits itself,
validates offline and prints one JSON object. Arelle keeps global state and reads XML: neither
belongs into the market's own processes.
"""

import json
import re
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

_MOST = 50
_LEVELS = {"ERROR", "CRITICAL", "WARNING", "INCONSISTENCY"}
# A package of schemas only cannot tell which members an enumeration has: our own check does.
_NEEDS_LINKBASES = frozenset(
    {"enum2ie:InvalidEnumerationValue", "enum2ie:InvalidEnumerationSetValue"}
)


def validate(report: str, package: str, *, ignored: frozenset[str]) -> dict[str, object]:
    """Load and validate one report; errors and warnings as (code, message)."""
    from arelle.api.Session import Session  # lazy: the limits come first
    from arelle.RuntimeOptions import RuntimeOptions

    options = RuntimeOptions(
        entrypointFile=report,
        packages=[package],
        internetConnectivity="offline",
        internetRecheck="never",
        validate=True,
        keepOpen=True,
        logFormat="[%(messageCode)s] %(message)s",
        logFile="logToStructuredMessage",
        disablePersistentConfig=True,
    )
    with Session() as session:
        session.run(options)
        lines = [each for each in _told(session.get_logs("json")) if each[1] not in ignored]
        models = session.get_models()
        counts = [len(each.facts) for each in models]
    return {
        "facts": sum(counts),
        "errors": [line[1:] for line in lines if line[0] in {"ERROR", "CRITICAL"}][:_MOST],
        "warnings": [line[1:] for line in lines if line[0] in {"WARNING", "INCONSISTENCY"}][:_MOST],
    }


def _told(log: str) -> Iterator[tuple[str, str, str]]:
    for entry in json.loads(log)["log"]:
        level, code = str(entry["level"]).upper(), str(entry["code"])
        if level in _LEVELS:
            yield level, code, str(entry["message"]["text"])[:400]


def main(arguments: list[str]) -> None:
    """Limit memory and processor time, then validate and print."""
    report, package, memory, seconds = arguments[:4]
    most = int(memory) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ignored = _NEEDS_LINKBASES if "schemas-only" in arguments[4:] else frozenset()
    found = validate(report, package, ignored=ignored)
    found["peak_mb"] = _peak_mb()
    sys.stdout.write("\n" + json.dumps(found) + "\n")


def _peak_mb() -> int:
    """Our own peak; `getrusage` would tell that of the process we were started from as well."""
    status = Path("/proc/self/status").read_text()
    peak = re.search(r"VmHWM:\s+(\d+) kB", status)
    return round(int(peak[1]) / 1024) if peak else 0


if __name__ == "__main__":
    main(sys.argv[1:])
