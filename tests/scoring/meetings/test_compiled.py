"""The compiled extra changes the speed of a timetable and nothing else."""

import os
import subprocess
import sys

import pytest

PLAN = """
import hashlib
from benchmarks.meetings_instances import generate
from scoring.meetings import timetable
plans = [timetable(generate("small", name, 0), seconds=0.2) for name in ("tight", "windows")]
print(hashlib.sha256(repr(plans).encode()).hexdigest())
"""


def plans_hash(switched_off):
    environment = os.environ | {"NUMBA_DISABLE_JIT": switched_off, "PYTHONPATH": "."}
    command = [sys.executable, "-c", PLAN]
    return subprocess.run(command, env=environment, check=True, capture_output=True).stdout


@pytest.mark.slow
def test_plans_are_the_same_with_and_without_the_compiler():
    assert plans_hash("0") == plans_hash("1") != b""
