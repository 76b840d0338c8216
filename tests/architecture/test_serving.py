"""A web worker ranks with numpy alone: the heavy libraries are never loaded by it."""

import json
import os
import subprocess
import sys

import pytest

from benchmarks.servers import serving

HEAVY = frozenset({
    "sklearn", "scipy", "ortools", "pysat", "numba", "openpyxl", "joblib", "skops", "pandas",
    "lightgbm", "weasyprint", "arelle", "dask", "distributed",
})  # fmt: skip
MOST_MB = 150

_PREPARE = """
import json, sys
from market import create_app
from tests.databases import settings_for
from flask_migrate import upgrade
folder = sys.argv[1]
app = create_app(settings_for(f"sqlite:///{folder}/tanqiao.sqlite3", folder))
with app.app_context():
    upgrade()
from tests.factories import needs, organisations, people, products
from tests.clients import Browser
app.test_client_class = Browser
with app.app_context():
    firm = organisations.enterprise()
    products.live()
    need = needs.posted(firm)
    browser = app.test_client().sign_in(people.db.session.get(people.Person, firm.person_id))
    print(json.dumps([f"/needs/{need.id}", browser.get_cookie("session").value]))
"""

_TELLING = """
import json, sys
def post_request(worker, req, environ, resp):
    with open({place!r}, "w") as file:
        json.dump(sorted(sys.modules), file)
"""


@pytest.fixture(scope="module")
def posted(tmp_path_factory):
    """A folder with a market, the page of a need in it, and the session of its owner."""
    folder = tmp_path_factory.mktemp("served")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _PREPARE, str(folder)],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-800:]
    return folder, *json.loads(done.stdout.splitlines()[-1])


@pytest.mark.network
def test_worker_that_ranked_holds_no_heavy_library_and_little_memory(posted, record_property):
    folder, address, session = posted
    told = folder / "modules.json"
    (folder / "telling.py").write_text(_TELLING.format(place=str(told)))
    environment = {
        "TANQIAO_INSTANCE": str(folder),
        "TANQIAO_LOG_LEVEL": "ERROR",
        "GUNICORN_CMD_ARGS": f"--config {folder}/telling.py",
    }
    with serving("wsgi:app", environment) as server:
        for _ in range(5):
            status, body = server.get(address, {"Cookie": f"session={session}"})
            assert (status, b"score-line" in body) == (200, True)
        memory = server.worker_rss_mb()
    modules = set(json.loads(told.read_text()))
    record_property("worker_rss_mb", round(memory, 1))
    print(f"resident memory of the worker: {memory:.1f} MB")
    assert {"market.domain.ranking", "numpy"} <= modules
    assert not {name.split(".")[0] for name in modules} & HEAVY
    assert memory <= MOST_MB
