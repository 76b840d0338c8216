"""Validating inline XBRL with Arelle: in a child process, offline, bounded in memory and time."""

import json
import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from flask import current_app

from disclosure.exchange.xbrl_received import Processed
from market.work import taxonomy

MEMORY_MB = 1500  # address space; Arelle itself needs about 90 MB resident
CPU_SECONDS = 60
WALL_SECONDS = 90
_SESSION = Path(__file__).with_name("xbrl_session.py")


def validated(report: bytes) -> Processed:
    """Return what Arelle says of a page or report package, or why it did not run."""
    if find_spec("arelle") is None:
        return Processed(why="no_arelle")
    settings = current_app.config["SETTINGS"]
    named = settings["VSME_PACKAGE"]
    kept = Path(current_app.instance_path) / "taxonomies"
    package = taxonomy.package(Path(settings["REAL_DATA"]), named, kept)
    if package is None:
        return Processed(why="no_package")
    return run(report, package, schemas_only=not named)


def run(
    report: bytes, package: Path, *, schemas_only: bool, memory_mb: int = MEMORY_MB,
    seconds: int = CPU_SECONDS,
) -> Processed:  # fmt: skip
    """Run one validation; a killed or failed process is told, never an answer."""
    with tempfile.TemporaryDirectory(prefix="tanqiao-xbrl-") as folder:
        name = "report.zip" if report.startswith(b"PK\x03\x04") else "report.xhtml"
        path = Path(folder) / name
        path.write_bytes(report)
        given = [str(path), str(package.resolve()), str(memory_mb), str(seconds)]
        given += ["schemas-only"] if schemas_only else []
        try:
            done = subprocess.run(  # noqa: S603 - our own script, our own arguments
                [sys.executable, "-I", str(_SESSION), *given],
                cwd=folder,
                env=_environment(folder),
                capture_output=True,
                timeout=min(WALL_SECONDS, seconds + 30),
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Processed(why="too_long")
        return _read(done)


def _environment(folder: str) -> dict[str, str]:
    """Nothing of ours reaches the child: no settings, no secrets, no home folder."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {**kept, "HOME": folder, "XDG_CONFIG_HOME": folder, "TMPDIR": folder}


def _read(done: "subprocess.CompletedProcess[bytes]") -> Processed:
    lines = done.stdout.decode("utf-8", "replace").strip().splitlines()
    if done.returncode != 0 or not lines:
        return Processed(why="killed" if done.returncode < 0 else "failed")
    found = json.loads(lines[-1])
    return Processed(
        ran=True,
        facts=int(found["facts"]),
        errors=tuple((code, text) for code, text in found["errors"]),
        warnings=tuple((code, text) for code, text in found["warnings"]),
        peak_mb=int(found["peak_mb"]),
    )
