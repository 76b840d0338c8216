"""The public list: searched, filtered, paged; drafts never in it."""

from datetime import date

import pytest
from flask import Flask

from market.domain.queries import disclosures as queries
from market.domain.queries.disclosures import Wanted
from market.extensions import db
from market.models import Disclosure
from tests.factories import disclosures as made
from tests.factories import organisations
from tests.statements import counted_statements

ON = date(2026, 6, 1)


def found(**wanted: object) -> list[str]:
    page = queries.published(Wanted(**wanted), on=ON)  # type: ignore[arg-type]  # mixed values
    return [row.id for row in page.rows]


def named(name: str, **given: object) -> Disclosure:
    return made.third_party(organisations.unclaimed(name_zh=name, **given))


@pytest.mark.parametrize("words", ["臺灣積體", "台湾积体", "SEMI", "semi 积体"])
def test_traditional_simplified_and_english_find_the_same(app: Flask, words: str) -> None:
    wanted = named("示例台灣積體電路", name_en="Sample Semi Co")
    named("示例其他企业")
    assert found(words=words) == [wanted.id]


def test_wildcards_are_only_letters(app: Flask) -> None:
    named("示例企业")
    assert found(words="%") == []


def test_filters_leave_the_others_out(app: Flask) -> None:
    wanted = named("示例甲", focus_sector="materials")
    noise = named("示例乙", focus_sector="fashion")
    assert found(sector="materials") == [wanted.id]
    assert set(found(year=2025)) == {wanted.id, noise.id}
    assert found(year=2024) == []


def test_the_grade_filter_asks_for_todays_grade(app: Flask) -> None:
    old, new = made.published(year=2023), made.published(year=2025)
    assert found(grade=2) == [new.id]
    assert found(grade=1) == [old.id]


@pytest.mark.parametrize(
    ("on", "grade"), [(date(2027, 6, 30), 2), (date(2027, 7, 1), 1), (date(2025, 12, 31), 2)]
)
def test_the_grade_filter_falls_on_the_same_day_as_the_grade(
    app: Flask, on: date, grade: int
) -> None:
    version = made.published(year=2025)
    assert [row.id for row in queries.published(Wanted(grade=grade), on=on).rows] == [version.id]


def test_drafts_and_superseded_versions_are_not_listed(app: Flask) -> None:
    organisation = organisations.unclaimed()
    made.third_party(organisation)
    newer = made.third_party(organisation, EMS_08=made.tonnes("9"))
    made.draft()
    assert found() == [newer.id]


def test_pages_hold_every_row_once(app: Flask) -> None:
    every = {named(f"示例{number}").id for number in range(7)}
    seen: list[str] = []
    after = ""
    for _ in range(4):
        page = queries.published(Wanted(after=after), on=ON, rows=2)
        seen += [row.id for row in page.rows]
        after = page.next_key
    assert (sorted(seen), after) == (sorted(every), "")


@pytest.mark.parametrize("after", ["nonsense", "1e400~x", "nan~x", "~"])
def test_a_key_we_did_not_make_begins_at_the_start(app: Flask, after: str) -> None:
    version = named("示例企业")
    assert found(after=after) == [version.id]


def test_latest_published_is_one_statement_for_many(app: Flask) -> None:
    member = organisations.enterprise()
    made.published(member, year=2024)
    newest, other = made.published(member, year=2025), named("示例乙")
    wanted = [member.organisation_id, other.organisation_id, "nobody"]
    db.session.flush()
    with counted_statements() as counted:
        rows = queries.latest_published(wanted)
    assert {key: row.year for key, row in rows.items()} == {
        member.organisation_id: newest.year,
        other.organisation_id: 2025,
    }
    assert counted.number == 1


def test_peers_are_of_the_same_sector_year_and_currency(app: Flask) -> None:
    version = made.published()
    made.published(organisations.enterprise(focus_sector="fashion"))
    made.published(year=2024)
    peer = made.published()
    peers = {each.organisation_id for each in queries.peers(version)}
    assert peers == {version.organisation_id, peer.organisation_id}
