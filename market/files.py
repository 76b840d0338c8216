"""Uploaded bytes: checked by size and by what they really are, kept by their SHA-256."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask_babel import lazy_gettext

from market.errors import MarketError

_SIGNATURES = {
    "application/pdf": (b"%PDF-", (".pdf",)),
    "image/png": (b"\x89PNG\r\n\x1a\n", (".png",)),
    "image/jpeg": (b"\xff\xd8\xff", (".jpg", ".jpeg")),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (
        b"PK\x03\x04",
        (".xlsx",),
    ),
}
DOCUMENTS = frozenset({"application/pdf", "image/png", "image/jpeg"})
_NAME_LENGTH = 120


class FileTooLarge(MarketError):
    """The upload exceeds the limit."""

    status = 413
    message = lazy_gettext("The file is larger than %(limit)s MB. Reduce it and upload it again.")
    field = "file"


class FileTypeRefused(MarketError):
    """The bytes are not what the name says, or not a kind we accept."""

    status = 415
    message = lazy_gettext(
        "“%(name)s” is not a PDF, PNG or JPEG file inside, whatever its name says."
        " Upload the original file."
    )
    field = "file"


@dataclass(frozen=True)
class Upload:
    """Checked bytes, ready to be stored."""

    name: str
    content_type: str
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


def checked(name: str, data: bytes, *, limit_mb: int) -> Upload:
    """Accept a document by what its bytes are; the declared type is not believed."""
    if len(data) > limit_mb * 1024 * 1024:
        raise FileTooLarge(limit=limit_mb)
    name = Path(name.replace("\\", "/")).name.replace("\x00", "")[-_NAME_LENGTH:] or "file"
    for content_type, (signature, endings) in _SIGNATURES.items():
        fits = data.startswith(signature) and name.lower().endswith(endings)
        if content_type in DOCUMENTS and fits:
            return Upload(name, content_type, data)
    raise FileTypeRefused(name=name)


def keep(folder: Path, upload: Upload) -> str:
    """Write the bytes under their digest (once) and return the digest."""
    path = path_of(folder, upload.digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".part")
        half.write_bytes(upload.data)
        half.replace(path)
    return upload.digest


def path_of(folder: Path, digest: str) -> Path:
    """Where the bytes of a digest lie."""
    return folder / "files" / digest[:2] / digest
