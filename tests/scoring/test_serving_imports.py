import subprocess
import sys

SCRIPT = """
import sys
import scoring.ranking, scoring.products, scoring.scorecard, scoring.artefact
scoring.scorecard.scorecard_model()
heavy = {"sklearn", "scipy", "skops", "joblib", "pandas", "numba", "ortools"} & set(sys.modules)
print(sorted(heavy))
"""


def test_serving_leaves_the_workshop_libraries_out():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
