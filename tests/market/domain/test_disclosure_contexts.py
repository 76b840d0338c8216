"""What the platform knows reaches the checks: certificates, peers, other figures, earlier years."""

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from disclosure.facts import Disclosure as Facts
from market.domain import certificates, visibilities
from market.domain import disclosures as verbs
from market.domain.disclosure_contexts import known_about
from market.errors import fact_behind
from market.extensions import db
from market.models import CertificateUse, Disclosure, Membership, Organisation
from tests.factories import disclosures as made
from tests.factories import organisations, people
from tests.statements import counted_statements


def certified(number: str, member: Membership | None = None, year: int = 2025) -> Disclosure:
    draft = made.filled(member, year=year)
    by = people.acting_for(made.owner_of(draft))
    answer = made.full_answers(year)["EMS-06"]
    answer["parts"]["certificates"] = number
    return verbs.answer(draft, {"EMS-06": answer}, by=by)


def published(draft: Disclosure) -> Disclosure:
    by = people.acting_for(made.owner_of(draft))
    return verbs.publish(draft, by=by, explanations=made.explanations_for(draft))


def results(draft: Disclosure, code: str) -> set[str]:
    return {each["result"] for each in verbs.review_of(draft).findings if each["code"] == code}


def test_a_certificate_is_used_once_on_the_whole_platform(app: Flask) -> None:
    published(certified("GEC-2025-０１"))
    assert results(certified("gec-2025-01"), "DQ-18") == {"fail"}
    assert results(certified("GEC-2025-02"), "DQ-18") == {"pass"}


def test_a_restatement_keeps_its_certificates_and_withdrawal_frees_them(app: Flask) -> None:
    version = published(certified("GEC-7"))
    by = people.acting_for(made.owner_of(version))
    again = published(verbs.restate(version, "更正", by=by))
    assert db.session.query(CertificateUse).one().disclosure_id == again.id
    verbs.withdraw(again, "口径有误", by=by)
    assert results(certified("GEC-7"), "DQ-18") == {"pass"}


def test_the_same_certificate_does_not_serve_two_years(app: Flask) -> None:
    owner = organisations.enterprise()
    published(certified("GEC-8", owner, 2024))
    assert results(certified("GEC-8", owner, 2025), "DQ-18") == {"fail"}


def test_two_who_publish_at_once_are_told_by_the_database(app: Flask) -> None:
    version = published(certified("GEC-9"))
    other = made.published()
    key = db.session.query(CertificateUse.key).filter_by(disclosure_id=version.id).scalar()
    db.session.add(CertificateUse(key=key, organisation_id=other.organisation_id, year=2025,
                                  disclosure_id=other.id))  # fmt: skip
    with pytest.raises(IntegrityError) as refused:
        db.session.flush()
    told = fact_behind(refused.value, db.metadata)
    assert isinstance(told, certificates.CertificateInUse)
    db.session.rollback()


def test_figures_others_collected_are_compared(app: Flask) -> None:
    owner = organisations.enterprise()
    by = people.acting_for(owner)
    organisation = db.session.get_one(Organisation, owner.organisation_id)
    content = made.third_party_content(**{"EMS-01": made.tonnes("1000")})
    version, _ = verbs.import_third_party(organisation, content, source="示例登记数据")
    draft = verbs.restate(version, "改为自行披露", by=by)
    verbs.answer(draft, made.full_answers(), by=by)
    told = [each for each in verbs.review_of(draft).findings if each["code"] == "DQ-27"]
    assert [each["datapoints"] for each in told if each["result"] == "warn"] == [
        ["EMS-01"],
        ["EMS-05"],
    ]
    assert "示例登记数据" in told[0]["zh"]


def test_peers_are_the_other_firms_of_sector_year_and_currency(app: Flask) -> None:
    for number in range(2):
        made.published(changes={"GEN-08": _people(100 + number)})
    made.published(year=2024)
    draft = made.filled()
    peers = _known(draft).whole.peers
    assert peers is not None
    assert len(peers.per_revenue) == 2
    assert set(peers.per_employee) == {Decimal(7964) / 100, Decimal(7964) / 101}
    assert results(draft, "DQ-23") == {"not_run"}


def test_private_answers_of_earlier_years_count_but_are_not_public(app: Flask) -> None:
    owner = organisations.enterprise()
    first = made.filled(owner, year=2024)
    visibilities.choose(first, {"energy": "private"}, by=people.acting_for(owner))
    published(first)
    known = _known(made.filled(owner, year=2025))
    assert known.whole.earlier[0].amount("ENE-01") is not None
    assert known.public.earlier[0].amount("ENE-01") is None


@pytest.mark.parametrize("others", [1, 3])
def test_everything_known_costs_three_statements(app: Flask, others: int) -> None:
    owner = organisations.enterprise()
    for year in range(2025 - others, 2025):
        made.published(owner, year=year)
    for _ in range(others):
        made.published()
    draft = made.filled(owner)
    _known(draft)  # what is read once a session is read
    with counted_statements() as sent:
        _known(draft)
    assert sent.number == 3


def _known(draft: Disclosure) -> Any:
    return known_about(Facts.from_dict(draft.content), draft.organisation)


def _people(count: int) -> dict[str, Any]:
    return {"state": "value", "parts": {"count": count, "method": "year_end"}}
