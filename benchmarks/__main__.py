"""`python -m benchmarks`: every figure against its baseline, one JSON object a line.

Each line is what its own command prints; what cannot run here says why on stderr.
"""

import subprocess
import sys

COMMANDS = (
    ("benchmarks.pages",),
    ("benchmarks.activities",),
    ("benchmarks.serving", "--quick"),
    ("benchmarks.ledger",),
    ("benchmarks.findings",),
    ("benchmarks.grades",),
    ("benchmarks.meetings", "--quick"),
    ("benchmarks.meetings_changes", "--quick"),
    ("benchmarks.learning", "--seeds", "1"),
    ("benchmarks.loans",),
    ("benchmarks.event_decisions",),
    ("benchmarks.refit",),
)


def main() -> int:
    """Run them one after another; the exit code is that of the worst."""
    worst = 0
    for module, *arguments in COMMANDS:
        print(f"# python -m {' '.join([module, *arguments])}", file=sys.stderr)
        worst = max(worst, subprocess.run([sys.executable, "-m", module, *arguments]).returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main())
