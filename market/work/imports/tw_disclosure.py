"""The 224 big emitters of Taiwan: unclaimed organisations with third-party disclosures."""

from typing import Any

from flask_babel import lazy_gettext
from stdnum import isin

from market.domain import disclosures, imported_organisations
from market.domain.queries import third_party
from market.enums import IdScheme, OrganisationKind, SizeClass
from market.models import Organisation
from market.work.imports import cells
from market.work.imports import tw_columns as tw
from market.work.imports.contents import content_of
from market.work.imports.report import Outcome, RowRefused
from market.work.imports.runner import Importer, Taken
from market.work.imports.sheets import Row
from market.work.imports.tw_answers import Answers, Sheet, answers_of

_LISTED_CODE_LENGTH = 4


def importer() -> Importer:
    """The importer of this sheet."""
    return Importer(required=tw.REQUIRED, take=take, main_column=tw.NAME)


def take(row: Row) -> Taken:
    """One firm with a disclosure for each year that has figures."""
    sheet = Sheet(row.cells)
    organisation, outcome = imported_organisations.save(_organisation(sheet), source=tw.SOURCE)
    outcomes = {outcome}
    for year in tw.YEARS:
        answers = answers_of(sheet, year)
        if answers:
            outcomes.add(_publish(organisation, year, answers))
    if outcome != Outcome.IMPORTED:
        outcome = Outcome.UNCHANGED if outcomes == {Outcome.UNCHANGED} else Outcome.UPDATED
    return Taken(Outcome(outcome), organisation.id, tuple(sheet.remarks))


def _publish(organisation: Organisation, year: int, answers: Answers) -> str:
    """Targets that another source put into the same year stay there."""
    earlier = third_party.published(organisation.id, year)
    source = tw.SOURCE
    if earlier is not None and earlier.third_party_source not in {"", tw.SOURCE}:
        answers = answers | third_party.target_answers(earlier)
        source = earlier.third_party_source
    content = content_of(organisation, year, answers)
    return disclosures.import_third_party(organisation, content, source=source)[1]


def _organisation(sheet: Sheet) -> dict[str, Any]:
    name = sheet.text(tw.NAME)
    if not name:
        raise RowRefused(tw.NAME, lazy_gettext("The name is missing."))
    trade = sheet.text(tw.TRADE)
    if trade and trade not in tw.TRADES:
        told = lazy_gettext("“%(trade)s” is no trade we know: the industry stays empty.")
        sheet.remark(tw.TRADE, told % {"trade": trade[:40]})
    industry, sector = tw.TRADES.get(trade, ("", "other"))
    return {
        "id_scheme": IdScheme.TW,
        "id_value": cells.tw_id(sheet.text(tw.ID)),
        "kinds": [OrganisationKind.ENTERPRISE],
        "name_zh": name,
        "industry": industry,
        "focus_sector": sector,
        "size_class": SizeClass.LARGE,
        "country": "TW",
        "address": sheet.text(tw.COUNTY),
        "about_zh": _about(sheet),
        "isin": _isin(sheet.text(tw.CODE)),
    }


def _about(sheet: Sheet) -> str:
    parts = [f"简称：{sheet.text(tw.SHORT)}", f"行业：{sheet.text(tw.TRADE)}"]
    code = sheet.text(tw.CODE)
    if code.isascii() and code.isdigit():
        parts.append(f"证券代码：{code}")
    return "；".join(part for part in parts if not part.endswith("：")) + "。"


def _isin(code: str) -> str:
    """The ISIN of a listed firm's common stock, which its four-digit code determines."""
    if len(code) != _LISTED_CODE_LENGTH or not code.isascii() or not code.isdigit():
        return ""
    stem = f"TW000{code}00"
    return stem + str(isin.calc_check_digit(stem))
