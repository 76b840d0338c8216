"""Long work dies with the scheduler that began it, even with one that is killed."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

SCHEDULER = """
import time
from market.ticker import start_apart

if __name__ == "__main__":
    print(start_apart(time.sleep, 600).pid, flush=True)
    time.sleep(600)
"""


def is_running(pid: int) -> bool:
    """Whether the process is there and no zombie that nobody has buried yet."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("after", [0.0, 2.0])
def test_a_killed_scheduler_leaves_no_child_behind(tmp_path: Path, after: float) -> None:
    script = tmp_path / "scheduler.py"
    script.write_text(SCHEDULER)
    env = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        time.sleep(after)
        assert is_running(child)
        parent.kill()
    end = time.monotonic() + 60
    while is_running(child) and time.monotonic() < end:
        time.sleep(0.1)
    assert not is_running(child)
