"""What is not public occurs nowhere outsiders look: each answer is planted and searched for."""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from disclosure.calculated import calculated
from disclosure.datapoints import Input
from disclosure.facts import Disclosure as Facts
from disclosure.facts import Quantity
from market.domain import disclosure_consents as consents
from market.domain import disclosures as verbs
from market.domain import log as transparency
from market.domain import visibilities
from market.extensions import db
from market.models import AuditRecord, Disclosure, LogLeaf, MailMessage, Membership, Notification
from market.moments import now
from tests.architecture.personas import bearer
from tests.clients import Browser
from tests.factories import disclosures as made
from tests.factories import needs, organisations, people, products

Clients = Callable[..., Browser]
_ABOUT = re.compile(
    r"disclos|organisation|/log|overview|market|need|product|attest|footprint|report"
)
_KEPT_WORDS = {"factor_id", "code"}
_SHORTEST = 4


@dataclass(frozen=True)
class Plant:
    """A published version with marks in every answer, and everyone who looks at it."""

    version: Disclosure
    owner: Membership
    asked: Membership
    former: Membership
    marks: frozenset[str]


def marked(key: str, answer: dict[str, Any], facts: Facts) -> dict[str, Any]:
    """The answer with a mark in its note and in each free text."""
    words = {c.id for c in facts.catalogue[key].columns if c.input in (Input.TEXT, Input.LONG_TEXT)}

    def of(parts: dict[str, Any]) -> dict[str, Any]:
        free = words & set(parts) - _KEPT_WORDS
        return {**parts, **{name: f"LEAK-{key}-{name}" for name in free}}

    told = {**answer, "note": f"LEAK-{key}-note"}
    told |= {"parts": of(answer["parts"])} if "parts" in answer else {}
    return told | ({"rows": [of(row) for row in answer["rows"]]} if "rows" in answer else {})


def amounts(facts: Facts) -> set[str]:
    """The stated amounts, as typed and as pages write them."""
    answers = facts.answers.values()
    values = [v for each in answers for parts in (each.parts, *each.rows) for v in parts.values()]
    found = [each.amount for each in values if isinstance(each, Quantity)]
    texts = {f"{each:f}" for each in found} | {f"{each:,f}" for each in found}
    return {each for each in texts if len(each.strip("0.,")) >= _SHORTEST}


def plant() -> Plant:
    """Sections alternate between consent and private; one consent was revoked, one is over."""
    owner, asked, former = (
        organisations.enterprise(), organisations.institution(), organisations.institution()
    )  # fmt: skip
    by = people.acting_for(owner)
    draft = made.filled(owner)
    facts = Facts.from_dict(draft.content)
    hidden = set(facts.answers) - visibilities.ALWAYS_PUBLIC
    given = {key: marked(key, draft.content["answers"][key], facts) for key in hidden}
    verbs.answer(draft, given, by=by)
    sections = [each.id for each in facts.catalogue.sections]
    levels = {each: ("consent", "private")[at % 2] for at, each in enumerate(sections)}
    visibilities.choose(draft, levels, by=by)
    version = verbs.publish(draft, by=by, explanations=made.explanations_for(draft))
    _consents(version, former, by)
    whole = Facts.from_dict(visibilities.whole_content(version))
    public = Facts.from_dict(version.content)
    open_to_all = {**calculated(public), **public.answers}
    known = amounts(Facts(whole.organisation, 2025, whole.period, open_to_all))
    marks = set(re.findall(r"LEAK-[A-Z0-9_a-z-]+", json.dumps(visibilities.whole_content(version))))
    return Plant(version, owner, asked, former, frozenset(marks | (amounts(whole) - known)))


def _consents(version: Disclosure, former: Membership, by: Any) -> None:
    data = {
        "institution_id": former.organisation_id,
        "disclosure_id": version.id,
        "sections": ["emissions", "energy", "general", "risk"],
        "purpose": "示例",
        "expires_on": now() + timedelta(days=9),
    }
    consents.revoke(consents.give(data, by=by).id, by=by)
    over = consents.give(data, by=by)
    over.expires_at = now() - timedelta(seconds=1)
    db.session.flush()


def addresses(app: Flask, planted: Plant, more: dict[str, str]) -> Iterator[str]:
    """Every page and file one may ask for about disclosures, with the ids filled in."""
    ids = {
        "disclosure_id": planted.version.id,
        "organisation_id": planted.owner.organisation_id,
        "index": "0",
        "key": "energy",
        **more,
    }
    for rule in app.url_map.iter_rules():
        reads = "GET" in (rule.methods or ()) and _ABOUT.search(rule.rule)
        if reads and rule.arguments <= set(ids):
            yield re.sub(r"<(?:\w+:)?(\w+)>", lambda found: ids[found[1]], rule.rule)


def text_of(data: bytes) -> str:
    """What an answer says; of a package everything inside it."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return "".join(text_of(package.read(name)) for name in package.namelist())
    return data.decode("utf-8", "replace")


def leaked(text: str, marks: frozenset[str]) -> set[str]:
    numbers = {each for each in marks if each in text}
    return {each for each in numbers if re.search(rf"(?<![\d.,]){re.escape(each)}(?!\d)", text)}


@pytest.mark.slow
@pytest.mark.parametrize("who", ["stranger", "enterprise", "asked", "former"])
def test_nothing_that_is_not_public_is_found_anywhere(
    app: Flask, client: Browser, client_of: Clients, who: str
) -> None:
    planted = plant()
    need = needs.posted(planted.owner)
    visitors: dict[str, Callable[[], Membership | None]] = {
        "stranger": lambda: None,
        "enterprise": organisations.enterprise,
        "asked": lambda: planted.asked,
        "former": lambda: planted.former,
    }
    visitor = visitors[who]()
    product = products.live(planted.asked)
    made.third_party()  # noise: figures of another enterprise
    browser = client if visitor is None else client_of(visitor)
    token = bearer(visitor) if visitor else {}
    found, seen = {}, 0
    for path in addresses(app, planted, {"need_id": need.id, "product_id": product.id}):
        headers = token if path.startswith("/api/") else {}
        answer = browser.get(path, headers=headers)
        seen += answer.status_code == 200
        if marks := leaked(text_of(answer.data), planted.marks):
            found[path] = sorted(marks)
    assert found == {}
    assert seen >= 20
    assert len(planted.marks) >= 60


def test_neither_trail_nor_mail_nor_log_quotes_it(app: Flask) -> None:
    planted = plant()
    transparency.append_all()
    rows = [
        *(str(each.before) + str(each.after) for each in db.session.query(AuditRecord)),
        *(str(each.values) for each in db.session.query(Notification)),
        *(each.subject + each.body for each in db.session.query(MailMessage)),
        *(str(each.entry) for each in db.session.query(LogLeaf)),
    ]
    assert [leaked(text, planted.marks) for text in rows if leaked(text, planted.marks)] == []


def test_the_owner_sees_every_mark(app: Flask, client_of: Clients) -> None:
    planted = plant()
    page = client_of(planted.owner).get(f"/disclosures/{planted.version.id}").text
    words = {each for each in planted.marks if each.startswith("LEAK")}
    assert words - {each for each in words if each in page} == set()


def test_consent_shows_its_sections_and_logs_the_reading(app: Flask, client_of: Clients) -> None:
    planted = plant()
    data: dict[str, Any] = {
        "institution_id": planted.asked.organisation_id,
        "disclosure_id": planted.version.id,
        "sections": ["energy", "emissions", "general"],
        "purpose": "示例",
        "expires_on": now() + timedelta(days=9),
    }
    consents.give(data, by=people.acting_for(planted.owner))
    chosen = visibilities.by_level(planted.version)["consent"]
    page = client_of(planted.asked).post(f"/disclosure-consents/read/{planted.version.id}").text
    catalogue = visibilities.catalogue_of(planted.version)
    may = set(chosen) & set(data["sections"])
    assert may
    shown = {each.split("-note")[0][5:] for each in re.findall(r"LEAK-[A-Z]+-\d+-note", page)}
    assert {catalogue[key].section for key in shown} == may
    reading = client_of(planted.owner).get("/disclosure-consents/mine").text
    assert "在页面上" in reading
