"""The market's side of the transparency log, measured on SQLite through its own verbs."""

import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import insert, select

from disclosure.ledger.canonical import canonical
from disclosure.ledger.tree import Tree, hash_leaf
from market import create_app
from market.domain import disclosures, log, log_proofs
from market.domain.queries import log as queries
from market.extensions import db
from market.models import Disclosure, LogLeaf
from market.moments import now
from market.sample.disclosing import publish_years
from market.sample.firms import draw_firms
from market.sample.parties import PASSWORD, Party, found_enterprises, mail_of, sample_operator
from market.settings import read_settings

_REPEATS, _PUBLICATIONS = 100, 15
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def measured(entries: int) -> dict[str, Any]:
    """Medians in milliseconds, of the processor for the tree, of the clock for publishing."""
    with tempfile.TemporaryDirectory() as folder, _market(Path(folder)) as app:
        party = _firm()
        published = _publications(app, party)
        return {**_tree(entries), **published}


@contextmanager
def _market(folder: Path) -> Iterator[Flask]:
    settings = read_settings({"TANQIAO_INSTANCE": str(folder), "TANQIAO_LOG_LEVEL": "ERROR"})
    app = create_app(settings)
    with app.app_context():
        upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


def _firm() -> Party:
    """The first sample enterprise with its years published and in the log."""
    firms = draw_firms(1, random.Random(167), last_year=now().year - 1)
    parties = found_enterprises(firms, operator=sample_operator())
    publish_years(zip(firms, parties, strict=True))
    log.append_all()
    db.session.commit()
    return parties[0]


def _publications(app: Flask, party: Party) -> dict[str, Any]:
    """Restate the newest year again and again; only the publishing request is timed."""
    client = app.test_client()
    page = client.get("/account/login").text
    login = {"email": mail_of("enterprise"), "password": PASSWORD, "csrf_token": _token(page)}
    client.post("/account/login", data=login)
    taken, checks = [], []
    for _ in range(_PUBLICATIONS):
        form, path = _prepared(party)
        page = client.get(path).text
        form["csrf_token"] = _token(page)
        checks.append(_milliseconds(partial(disclosures.review_of, _newest(party))))
        db.session.rollback()
        taken.append(_milliseconds(partial(_post, client, path, form)))
        log.append_waiting()
        db.session.commit()
    publish, baseline = statistics.median(taken), statistics.median(checks)
    return {
        "publish_ms": round(publish, 2),
        "publish_worst_ms": round(max(taken), 2),
        "publish_baseline": "checking and grading the same disclosure, nothing stored",
        "publish_baseline_ms": round(baseline, 2),
        "publish_ratio": round(publish / baseline, 2),
    }


def _post(client: FlaskClient, path: str, form: dict[str, str]) -> None:
    answer = client.post(path, data=form)
    if answer.status_code != 302:
        raise SystemExit(f"not published: {answer.status_code}")


def _prepared(party: Party) -> tuple[dict[str, str], str]:
    """A draft ready to be published: what its form sends, and where to."""
    published = _newest(party)
    draft = disclosures.restate(published, "示例：更正。", by=party.acting)
    warnings = disclosures.review_of(draft).warnings
    form = {"edit": str(draft.edit)}
    form |= {f"explain.{each['key']}": "示例说明。" for each in warnings}
    path = f"/disclosures/drafts/{draft.id}/publish"
    db.session.commit()
    return form, path


def _newest(party: Party) -> Disclosure:
    mine = select(Disclosure).filter_by(organisation_id=party.organisation.id, status="published")
    return db.session.scalars(mine.order_by(Disclosure.year.desc())).all()[0]


def _tree(entries: int) -> dict[str, Any]:
    """A log of so many entries; then one appended and one proven at a time."""
    about = db.session.scalars(select(Disclosure.id)).all()[0]
    size = log_proofs.commitment().size
    _queue(entries - size, about)
    whole = _milliseconds(_appended, time.process_time) / (entries - size)
    one = [_one(f"one{number}", about) for number in range(_REPEATS)]
    chance = random.Random(0)
    indices = [chance.randrange(entries) for _ in range(_REPEATS)]
    prove = [
        _milliseconds(partial(log_proofs.inclusion, index), time.process_time) for index in indices
    ]
    rebuild = _milliseconds(_rebuilt, time.process_time)
    figures = {
        "stored_append_ms": whole,
        "stored_append_one_ms": statistics.median(one),
        "stored_proof_ms": statistics.median(prove),
    }
    return {
        **{name: round(each, 4) for name, each in figures.items()},
        "stored_baseline": "read every leaf hash from the database and rebuild the tree",
        "stored_baseline_ms": round(rebuild, 1),
        "stored_ratio": {name: round(rebuild / each, 1) for name, each in figures.items()},
    }


def _queue(count: int, about: str) -> None:
    """Waiting entries in bulk: how they are queued is not what is measured."""
    rows = []
    for number in range(count):
        content = canonical({"kind": "published", "number": number})
        rows.append(
            {
                "kind": "published", "disclosure_id": about, "subject_id": f"q{number}",
                "entry": content, "leaf": hash_leaf(content), "added_at": now(),
            }
        )  # fmt: skip
    db.session.execute(insert(LogLeaf), rows)
    db.session.commit()


def _appended() -> None:
    """As the job does: a thousand entries and a signed checkpoint in each transaction."""
    while log.append_waiting():
        db.session.commit()


def _one(name: str, about: str) -> float:
    """Append and sign a single entry, as on a quiet day: six statements and a signature."""
    log.add({"kind": "published", "name": name}, disclosure_id=about, subject_id=name)
    taken = _milliseconds(log.append_waiting, time.process_time)
    db.session.commit()
    return taken


def _rebuilt() -> None:
    tree = Tree()
    tree.extend(queries.leaf_hashes())
    tree.root()


def _token(page: str) -> str:
    found = _TOKEN.search(page)
    if found is None:
        raise SystemExit("the form has no token")
    return found.group(1)


def _milliseconds(
    work: Callable[[], object], clock: Callable[[], float] = time.perf_counter
) -> float:
    started = clock()
    work()
    return (clock() - started) * 1000
