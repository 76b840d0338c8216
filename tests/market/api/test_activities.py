"""Lines and factors in the API: pushed in bulk, each taken or told, read back with arithmetic."""

from tests.architecture.personas import bearer
from tests.factories import activities as made
from tests.factories import disclosures, organisations

PATH = f"/api/v1/activities/{disclosures.YEAR}"
LINE = {"source": "electricity", "item": "electricity", "amount": "100", "unit": "MWh"}


def test_pushed_lines_are_taken_or_told_and_read_back(client):
    member = organisations.enterprise()
    head = bearer(member)
    lines = [{**LINE, "key": "a"}, {**LINE, "key": "b", "amount": 5.5}, {**LINE, "key": "a"}]
    first = client.post(PATH, json={"lines": lines}, headers=head).json
    assert (first["imported"], [(r["row"], r["column"]) for r in first["skipped"]]) == (
        1, [(2, "amount"), (3, "key")],
    )  # fmt: skip
    again = client.post(PATH, json={"lines": lines[:1]}, headers=head).json
    assert again["unchanged"] == 1
    item = client.get(PATH, headers=head).json["items"][0]
    assert (item["tonnes"], item["factor_version"]) == ("58.49", "cn-2026.2")
    assert item["arithmetic"] == "100 MWh (100000 kWh) × 0.5849 kgCO2/kWh"


def test_totals_are_exact_strings(client):
    member = organisations.enterprise()
    made.line(member)
    made.line(member, **made.GAS)
    found = client.get(f"{PATH}/totals", headers=bearer(member)).json
    assert (found["scope_1"], found["scope_2_location"], found["lines"]) == ("216.22", "58.49", 2)


def test_push_is_bounded_and_unknown_names_are_told(client):
    head = bearer(organisations.enterprise())
    many = [{**LINE, "key": f"k{n}"} for n in range(1001)]
    assert client.post(PATH, json={"lines": many}, headers=head).status_code == 422
    told = client.post(PATH, json={"lines": [{**LINE, "key": "a", "colour": "red"}]}, headers=head)
    assert told.json["skipped"][0]["column"] == "colour"
    assert (
        client.post("/api/v1/activities/2999", json={"lines": many[:1]}, headers=head).status_code
        == 404
    )


def test_line_is_removed_by_its_owner_only(client):
    member = organisations.enterprise()
    path = f"/api/v1/activities/lines/{made.line(member).id}"
    assert client.delete(path, headers=bearer(organisations.enterprise())).status_code == 404
    assert client.delete(path, headers=bearer(member)).status_code == 204


def test_factors_are_listed_with_their_purpose(client):
    page = client.get("/api/v1/factors?q=上海&purpose=ets&item=electricity").json
    assert [(each["id"], each["value"], each["unit"]) for each in page["items"]] == [
        ("cn-grid-shanghai-ets-2022", "4.2", "tCO2/万kWh")
    ]
    assert client.get("/api/v1/factors").json["next"]
