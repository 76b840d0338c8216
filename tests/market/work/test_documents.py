import re
import zlib
from pathlib import Path

import pytest
from flask import Flask

from market.domain import reports as verbs
from market.extensions import db
from market.models import Report
from market.work import documents
from tests.factories import disclosures

libraries = pytest.mark.skipif(not documents.has_libraries(), reason="no Pango on this machine")


def asked(language: str = "zh") -> Report:
    report = verbs.ask(disclosures.published().id, language)
    db.session.commit()
    return report


def streams(pdf: bytes) -> bytes:
    """The document's objects, unpacked where they are packed."""
    found = []
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            found.append(packed)
    return pdf + b"\n".join(found)


@libraries
@pytest.mark.slow
def test_pdf_is_made_with_embedded_fonts_and_kept(app: Flask) -> None:
    report = asked("zh")
    told = documents.make(report.id, let_go=True)
    db.session.commit()
    pdf = verbs.path_of(db.session.get_one(Report, report.id)).read_bytes()
    inside = streams(pdf)
    assert pdf.startswith(b"%PDF-")
    assert told["pages"] == len(re.findall(rb"/Type ?/Page\b", inside)) >= 2
    assert b"NotoSansCJK" in inside
    assert b"/FontFile" in inside
    assert verbs.is_made(report)


@libraries
@pytest.mark.slow
def test_nothing_but_the_own_style_sheet_is_fetched(app: Flask, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>SECRET</text></svg>')
    page = (
        f'<link rel="stylesheet" href="{secret.as_uri()}"><img src="{secret.as_uri()}">'
        '<img src="http://198.51.100.1/a.png"><img src="/assets/000000000000/css/report.css/../x">'
        "<p>text</p>"
    )
    pdf, pages = documents.typeset(page, "zh")
    assert pages == 1
    assert b"SECRET" not in streams(pdf)


def test_print_page_is_read_from_inside_in_the_language_asked(app: Flask) -> None:
    path = f"/disclosures/{asked().disclosure_id}/print"
    assert '<html lang="zh-CN">' in documents._inside(path, "zh").decode()
    assert '<html lang="en">' in documents._inside(path, "en").decode()


def test_page_that_nobody_may_see_makes_no_document(app: Flask) -> None:
    draft = disclosures.draft()
    db.session.commit()
    with pytest.raises(documents.PageMissing, match="404"):
        documents._inside(f"/disclosures/{draft.id}/print", "zh")
