"""The draft's pages: saved field by field, merged, nothing typed lost."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from disclosure.datapoints import climate
from market.extensions import db
from market.models import Disclosure, Membership
from tests.factories import disclosures as made
from tests.factories import organisations
from tests.statements import counted_statements

Clients = Callable[..., FlaskClient]
PARTS = ["short-route", *(section.id for section in climate().sections)]


def typed(amount: str, *, edit: int, unit: str = "tCO2e", key: str = "EMS-01") -> dict[str, str]:
    """What the question of one quantity sends."""
    return {
        f"{key}.state": "value",
        f"{key}.p.value": amount,
        f"{key}.p.value.unit": unit,
        f"{key}.edit": str(edit),
    }


def save(
    browser: FlaskClient, draft: Disclosure, data: dict[str, str], key: str = "EMS-01"
) -> tuple[int, str]:
    url = f"/disclosures/drafts/{draft.id}/short-route/{key}"
    answer = browser.post(url, data=data, headers={"HX-Request": "true"})
    return answer.status_code, answer.text


def stored(draft: Disclosure) -> dict[str, Any]:
    db.session.expire_all()
    answers: dict[str, Any] = db.session.get_one(Disclosure, draft.id).content["answers"]
    return answers


def test_beginning_a_year_opens_the_short_route(client_of: Clients) -> None:
    answer = client_of(organisations.enterprise()).post("/disclosures/mine", data={"year": "2025"})
    draft = db.session.query(Disclosure).one()
    assert answer.location == f"/disclosures/drafts/{draft.id}/short-route"


def test_a_second_beginning_says_why_not(client_of: Clients) -> None:
    draft = made.draft(year=2025)
    browser = client_of(made.owner_of(draft))
    answer = browser.post("/disclosures/mine", data={"year": "2025"})
    assert answer.status_code == 409
    assert db.session.query(Disclosure).count() == 1


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_part_asks_every_question_of_it(client_of: Clients, part: str, lang: str) -> None:
    draft = made.filled()
    browser = client_of(made.owner_of(draft))
    browser.set_cookie("lang", lang)
    page = browser.get(f"/disclosures/drafts/{draft.id}/{part}").text
    asked = [
        each for each in climate().datapoints.values() if part in (each.section, "short-route")
    ]
    wanted = [each for each in asked if part != "short-route" or each.short_route]
    missing = [each.id for each in wanted if f'id="dp-{each.id}"' not in page]
    assert [key for key in missing if key != "GEN-01"] == []


def test_an_answer_is_saved_as_it_is_left_and_converted(client_of: Clients) -> None:
    draft = made.draft()
    status, page = save(
        client_of(made.owner_of(draft)), draft, typed("1,530", edit=0, unit="kgCO2e")
    )
    assert (status, "1.53 tCO₂e" in page) == (200, True)
    assert stored(draft)["EMS-01"] == made.tonnes("1530", "kgCO2e")


@pytest.mark.parametrize(("amount", "unit"), [("-5", "tCO2e"), ("NaN", "tCO2e"), ("5", "MWh")])
def test_a_bad_answer_is_refused_at_its_field(client_of: Clients, amount: str, unit: str) -> None:
    draft = made.draft(EMS_01=made.tonnes("1"))
    data = typed(amount, edit=1, unit=unit)
    status, page = save(client_of(made.owner_of(draft)), draft, data)
    assert (status, "invalid-note" in page) == (422, True)
    assert stored(draft)["EMS-01"] == made.tonnes("1")


def test_a_slip_of_ten_thousand_is_warned_beside_the_field(client_of: Clients) -> None:
    owner = organisations.enterprise()
    made.published(owner, year=2024)
    draft = made.draft(owner, year=2025)
    status, page = save(client_of(owner), draft, typed("15300000", edit=0))
    beside = page.partition('id="find-EMS-01"')[2].partition("</div>")[0]
    assert (status, "DQ-05" in beside) == (200, True)


def test_two_people_on_one_answer_see_both(client_of: Clients) -> None:
    owner = organisations.enterprise()
    colleague = organisations.colleague_of(owner)
    draft = made.draft(owner)
    assert save(client_of(owner), draft, typed("100", edit=0))[0] == 200
    status, page = save(client_of(colleague), draft, typed("200", edit=0))
    assert (status, "100 tCO₂e" in page) == (409, True)
    assert stored(draft)["EMS-01"] == made.tonnes("100")
    again = save(client_of(colleague), draft, typed("200", edit=1))
    assert (again[0], stored(draft)["EMS-01"]) == (200, made.tonnes("200"))


def test_two_people_on_two_answers_are_merged(client_of: Clients) -> None:
    owner = organisations.enterprise()
    colleague = organisations.colleague_of(owner)
    draft = made.draft(owner)
    save(client_of(owner), draft, typed("100", edit=0))
    status, _page = save(
        client_of(colleague), draft, typed("200", edit=0, key="EMS-05"), key="EMS-05"
    )
    assert (status, set(stored(draft))) == (200, {"EMS-01", "EMS-05"})


def test_the_page_is_saved_without_javascript(client_of: Clients) -> None:
    draft = made.draft()
    data = typed("100", edit=0) | typed("200", edit=0, key="EMS-05") | {"next": "1"}
    answer = client_of(made.owner_of(draft)).post(
        f"/disclosures/drafts/{draft.id}/emissions", data=data
    )
    assert answer.location == f"/disclosures/drafts/{draft.id}/energy"
    assert set(stored(draft)) == {"EMS-01", "EMS-05"}


def test_a_page_with_one_mistake_keeps_everything_typed(client_of: Clients) -> None:
    draft = made.draft()
    data = typed("-7", edit=0) | typed("222", edit=0, key="EMS-05")
    answer = client_of(made.owner_of(draft)).post(
        f"/disclosures/drafts/{draft.id}/emissions", data=data
    )
    assert answer.status_code == 422
    assert 'value="-7"' in answer.text
    assert 'value="222"' in answer.text
    assert stored(draft) == {}


def test_what_was_typed_survives_an_expired_login(client: FlaskClient, client_of: Clients) -> None:
    draft = made.draft()
    url = f"/disclosures/drafts/{draft.id}/emissions"
    refused = client.post(url, data=typed("4321.5", edit=0))
    back = refused.location.partition("next=")[2]
    with client.session_transaction() as session:
        kept = session["parked"]
    browser = client_of(made.owner_of(draft))
    with browser.session_transaction() as session:
        session["parked"] = kept
    assert 'value="4321.5"' in browser.get(back.replace("%3F", "?").replace("%3D", "=")).text


def test_a_field_left_after_the_login_expired_leaves_the_page_alone(client: FlaskClient) -> None:
    draft = made.draft()
    status, page = save(client, draft, typed("1", edit=0))
    assert (status, 'role="alert"' in page) == (401, True)


def test_a_statement_file_is_kept_by_its_hash(client_of: Clients) -> None:
    draft = made.draft()
    data = {
        "VER-02.state": "value",
        "VER-02.p.verifier": "示例核查机构",
        "VER-02.p.statement": (io.BytesIO(b"%PDF-1.7 example"), "声明.pdf"),
        "VER-02.p.date": "2026-03-01",
    }
    url = f"/disclosures/drafts/{draft.id}/verification/VER-02"
    answer = client_of(made.owner_of(draft)).post(url, data=data)
    assert answer.status_code == 200
    assert len(stored(draft)["VER-02"]["parts"]["statement"]["sha256"]) == 64


def evidence(*names: str, **more: Any) -> dict[str, Any]:
    """What the question of one figure sends with files behind it."""
    files = [(io.BytesIO(b"%PDF-1.7 " + name.encode()), name) for name in names]
    return {**typed("9", edit=0), "EMS-01.evidence.drawn": "1", "EMS-01.evidence": files, **more}


def test_evidence_is_added_listed_downloaded_and_removed(client_of: Clients) -> None:
    draft = made.draft()
    browser = client_of(made.owner_of(draft))
    _status, page = save(browser, draft, evidence("电费.pdf", "气费.pdf"))
    first, second = (each["sha256"] for each in stored(draft)["EMS-01"]["evidence"])
    assert f'value="{first}" checked' in page
    sent = browser.get(f"/disclosures/drafts/files/{first}")
    assert sent.data == "%PDF-1.7 电费.pdf".encode()
    assert "attachment" in sent.headers["Content-Disposition"]
    save(browser, draft, evidence(**{"EMS-01.evidence.kept": second}))
    assert [each["name"] for each in stored(draft)["EMS-01"]["evidence"]] == ["气费.pdf"]


def test_evidence_of_others_is_not_found(client_of: Clients) -> None:
    draft = made.draft()
    save(client_of(made.owner_of(draft)), draft, evidence("电费.pdf"))
    digest = stored(draft)["EMS-01"]["evidence"][0]["sha256"]
    stranger = client_of(organisations.enterprise())
    assert stranger.get(f"/disclosures/drafts/files/{digest}").status_code == 404


def test_too_much_evidence_is_refused_and_nothing_is_saved(client_of: Clients) -> None:
    draft = made.draft()
    names = [f"{number}.pdf" for number in range(11)]
    status, page = save(client_of(made.owner_of(draft)), draft, evidence(*names))
    assert (status, "invalid-note" in page, stored(draft)) == (422, True, {})


def test_an_amount_in_another_unit_is_shown_in_the_usual_one_again(client_of: Clients) -> None:
    draft = made.draft(ENE_01=made.tonnes("1.2", "万kWh"))
    page = client_of(made.owner_of(draft)).get(f"/disclosures/drafts/{draft.id}/energy").text
    assert "1.2 万kWh = 12 MWh" in page


def test_a_renamed_file_is_refused_and_said_so(client_of: Clients) -> None:
    draft = made.draft()
    data = {
        "VER-02.state": "value",
        "VER-02.p.statement": (io.BytesIO(b"MZ not a pdf"), "声明.pdf"),
    }
    url = f"/disclosures/drafts/{draft.id}/verification/VER-02"
    answer = client_of(made.owner_of(draft)).post(url, data=data)
    assert (answer.status_code, "PDF" in answer.text) == (415, True)
    assert stored(draft) == {}


def test_a_foreign_draft_is_not_found(client_of: Clients) -> None:
    draft = made.draft()
    stranger = client_of(organisations.enterprise())
    for path in ("short-route", "publish", "discard"):
        assert stranger.get(f"/disclosures/drafts/{draft.id}/{path}").status_code == 404
    assert save(stranger, draft, typed("1", edit=0))[0] == 404
    assert stranger.get(f"/disclosures/{draft.id}").status_code == 404


def test_a_viewer_reads_the_draft_and_changes_nothing(client_of: Clients) -> None:
    owner = organisations.enterprise()
    draft = made.draft(owner)
    viewer = client_of(organisations.colleague_of(owner, "viewer"))
    assert "disabled" in viewer.get(f"/disclosures/drafts/{draft.id}/emissions").text
    assert save(viewer, draft, typed("1", edit=0))[0] == 403


@pytest.mark.parametrize("part", ["nowhere", "EMS-01"])
def test_an_unknown_part_is_not_found(client_of: Clients, part: str) -> None:
    draft = made.draft()
    browser = client_of(made.owner_of(draft))
    assert browser.get(f"/disclosures/drafts/{draft.id}/{part}").status_code == 404


def test_publishing_lists_what_blocks(client_of: Clients) -> None:
    draft = made.draft()
    browser = client_of(made.owner_of(draft))
    page = browser.get(f"/disclosures/drafts/{draft.id}/publish").text
    assert "#dp-GEN-05" in page
    answer = browser.post(f"/disclosures/drafts/{draft.id}/publish", data={"edit": "0"})
    assert answer.status_code == 422


def test_publishing_a_sound_draft_leads_to_its_public_page(client_of: Clients) -> None:
    draft = made.filled()
    data = {"edit": str(draft.edit)}
    data |= {f"explain.{key}": text for key, text in made.explanations_for(draft).items()}
    browser = client_of(made.owner_of(draft))
    answer = browser.post(f"/disclosures/drafts/{draft.id}/publish", data=data)
    assert answer.location == f"/disclosures/{draft.id}"
    assert browser.get(answer.location).status_code == 200


def test_pages_of_a_draft_stay_within_eight_statements(client_of: Clients) -> None:
    owner: Membership = organisations.enterprise()
    for year in (2022, 2023, 2024):
        made.published(owner, year=year)
    draft = made.filled(owner, year=2025)
    browser = client_of(owner)
    for path in ("short-route", "emissions", "publish"):
        with counted_statements() as counted:
            assert browser.get(f"/disclosures/drafts/{draft.id}/{path}").status_code == 200
        assert counted.number <= 8, counted.texts


def test_saving_one_answer_stays_within_ten_statements(app: Flask, client_of: Clients) -> None:
    draft = made.filled()
    browser = client_of(made.owner_of(draft))
    with counted_statements() as counted:
        assert save(browser, draft, typed("1531", edit=draft.edit))[0] == 200
    assert counted.number <= 10, counted.texts


def first_grade(page: str) -> str:
    found = re.search(r"grade grade-(\d)", page)
    assert found is not None
    return found[1]


def test_an_old_year_promises_no_grade_it_will_not_have(client_of: Clients) -> None:
    draft = made.filled(year=2022)
    browser = client_of(made.owner_of(draft))
    home = f"/disclosures/drafts/{draft.id}"
    promised = {first_grade(browser.get(f"{home}/{at}").text) for at in ("short-route", "publish")}
    data = {"edit": str(draft.edit)}
    data |= {f"explain.{key}": text for key, text in made.explanations_for(draft).items()}
    public = browser.get(browser.post(f"{home}/publish", data=data).location).text
    assert promised == {first_grade(public)}


def test_publishing_names_in_words_who_reads_what(client_of: Clients) -> None:
    draft = made.filled()
    browser = client_of(made.owner_of(draft))
    browser.set_cookie("lang", "en")
    page = browser.get(f"/disclosures/drafts/{draft.id}/publish").text
    shown = page[page.index("Who will see what") :].split("</section>")[0]
    assert "Accounting standard" in shown
    assert "BND-02" not in shown
    assert f"/disclosure-consents/drafts/{draft.id}" in shown


def test_sections_without_answers_are_left_out(client_of: Clients) -> None:
    draft = made.draft(EMS_01=made.tonnes("10"))
    browser = client_of(made.owner_of(draft))
    browser.set_cookie("lang", "en")
    page = browser.get(f"/disclosures/drafts/{draft.id}/publish").text
    shown = page[page.index("Everyone: ") :].split("</li>")[0]
    assert "emissions" in shown.lower()
    assert "Energy" not in shown
