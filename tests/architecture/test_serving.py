"""A web worker ranks with numpy alone: the heavy libraries are never loaded by it."""

import subprocess
import sys

_SCRIPT = """
import sys
from market import create_app
from tests.databases import settings_for
from flask_migrate import upgrade
folder = sys.argv[1]
app = create_app(settings_for(f"sqlite:///{folder}/market.sqlite3", folder))
with app.app_context():
    upgrade()
from market.domain import ranking
from tests.factories import needs, organisations, people, products
from market.extensions import db
from tests.clients import Browser
app.test_client_class = Browser
with app.app_context():
    firm = organisations.enterprise()
    products.live()
    need = needs.posted(firm)
    browser = app.test_client().sign_in(people.db.session.get(people.Person, firm.person_id))
    address = f"/needs/{need.id}"
    answer = browser.get(address)
    assert answer.status_code == 200 and "score-line" in answer.text, answer.status_code
heavy = {"sklearn", "scipy", "ortools", "pysat", "numba", "openpyxl", "joblib", "skops"}
print(sorted(heavy & sys.modules.keys()))
"""


def test_no_heavy_library_is_loaded_by_a_ranking_request(tmp_path):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _SCRIPT, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.strip().splitlines()[-1:] == ["[]"], done.stderr[-800:]
