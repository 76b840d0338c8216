"""A Python with the standard library and `cryptography`, and nothing else to import."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

_ROOT = Path(__file__).parents[3]


def run_bare(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m disclosure …` there; `folder` is scratch space."""
    only, own = folder / "only", folder / "source"
    only.mkdir(exist_ok=True)
    own.mkdir(exist_ok=True)
    for name in ("cryptography", "cffi", "_cffi_backend"):
        if (spec := find_spec(name)) and spec.origin:
            path = Path(spec.origin)
            _link(path.parent if path.name == "__init__.py" else path, only)
    _link(_ROOT / "disclosure", own)  # alone: the market beside it cannot be imported either
    return subprocess.run(
        [sys.executable, "-S", "-m", "disclosure", *command],
        capture_output=True,
        text=True,
        check=False,
        cwd=own,
        env={"PYTHONPATH": f"{own}:{only}", "PYTHONDONTWRITEBYTECODE": "1"},
    )


def _link(target: Path, folder: Path) -> None:
    link = folder / target.name
    if not link.exists():
        link.symlink_to(target)
