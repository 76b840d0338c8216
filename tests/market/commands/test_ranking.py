"""`flask need` and `flask rank`: the stable JSON, one-line refusals, exit codes."""

import json

import pytest

from market.commands.ranking import need, rank
from market.domain import invitations
from market.extensions import db
from tests.factories import needs, organisations, people, products

KEYS = {
    "id", "rank", "eligibility", "missing", "score", "priority", "order", "mutual",
    "contributions", "moves",
}  # fmt: skip


@pytest.fixture
def run(app):
    """Run a command; what was written before is committed."""

    def runner(command, *arguments):
        db.session.commit()
        return app.test_cli_runner().invoke(command, list(arguments))

    return runner


def test_a_posted_need_is_ranked(run):
    firm, product = organisations.enterprise(), products.live()
    name = people.acting_for(firm).organisation_name_zh
    posted = run(need, name, "--amount", "500万", "--tenor", "24", "--purpose", "transition")
    answer = json.loads(run(rank, posted.output.strip(), "--json").output)
    assert set(answer) == {"model", "as_of", "direction", "base", "items", "by_date"}
    assert set(answer["items"][0]) == KEYS
    assert answer["items"][0]["id"] == product.id
    assert answer["as_of"].endswith("Z")


def test_all_lists_the_ineligible_without_a_rank(run):
    made = needs.posted()
    narrow = products.live(criteria={"purposes": ["risk_cover"]})
    assert json.loads(run(rank, made.id, "--json").output)["items"] == []
    row = json.loads(run(rank, made.id, "--all", "--json").output)["items"][0]
    assert (row["id"], row["rank"], row["eligibility"]) == (narrow.id, None, "no")
    assert row["missing"][0]["zh"]


def test_needs_of_a_product_are_teasers_until_consent(run):
    bank, firm = organisations.institution(), organisations.enterprise()
    product, made = products.live(bank), needs.posted(firm)
    before = run(rank, "--product", product.id, "--json").output
    assert firm.organisation_id not in before
    sent = invitations.invite(product.id, made.id, "", by=people.acting_for(bank))
    invitations.accept(sent.id, by=people.acting_for(firm))
    after = json.loads(run(rank, "--product", product.id, "--json").output)
    assert after["items"][0]["enterprise"]["id"] == firm.organisation_id


def test_an_enterprise_appears_once_with_its_best_need(run):
    firm, product = organisations.enterprise(), products.live()
    for tenor in (24, 36):
        needs.posted(firm, tenor_months=tenor)
    assert len(json.loads(run(rank, "--product", product.id, "--json").output)["items"]) == 1


@pytest.mark.parametrize(
    "arguments",
    [[], ["nope"], ["--product", "nope"], ["--scenario", "nope"], ["a", "--product", "b"]],
)
def test_what_cannot_be_ranked_is_refused_in_one_line(run, arguments):
    answer = run(rank, *arguments)
    assert answer.exit_code == 2
    assert answer.stderr.count("\n") == 1
    assert answer.stdout == ""


@pytest.mark.parametrize(
    ("amount", "tenor", "purpose"),
    [("NaN", "12", "transition"), ("5万", "-3", "transition"), ("5万", "12", "holidays")],
)
def test_a_wrong_need_is_refused_naming_the_field(run, amount, tenor, purpose):
    firm = organisations.enterprise()
    given = ("--amount", amount, f"--tenor={tenor}", "--purpose", purpose)
    answer = run(need, firm.organisation_id, *given)
    assert answer.exit_code == 2
    assert any(name in answer.stderr for name in ("amount", "tenor_months", "purpose"))
    assert answer.stderr.count("\n") == 1


def test_an_unknown_enterprise_is_refused(run):
    answer = run(need, "没有", "--amount", "5万", "--tenor", "12", "--purpose", "transition")
    assert answer.exit_code == 2
