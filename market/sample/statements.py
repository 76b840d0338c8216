"""The verification statements of the sample market: small valid PDFs that say they are samples."""

from market.sample.firms import Firm


def level_of(firm: Firm) -> str:
    """The level of assurance a firm's verifier reaches."""
    return "reasonable" if firm.depth >= 4 else "limited"


def statement_of(firm: Firm, year: int) -> bytes:
    """The statement about one firm and year; the same bytes in every run."""
    return statement_pdf(
        "SAMPLE verification statement (simulated, about no real firm)",
        f"Enterprise {firm.uscc}, reporting year {year}",
        f"Scopes 1 and 2 (location-based), {level_of(firm)} assurance, ISO 14064-3",
    )


def statement_pdf(*lines: str) -> bytes:
    """A page with these ASCII lines."""
    text = " T* ".join(f"({_escaped(line)}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 16 TL 60 760 Td {text} ET".encode()
    return _pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _pdf(*objects: bytes) -> bytes:
    """A file of these objects with its table of offsets."""
    body, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % at for at in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return body + head + tail + b"startxref\n%d\n%%%%EOF\n" % len(body)
