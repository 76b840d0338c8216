"""The VSME taxonomy as an offline package: built from schema files, linkbase references left out.

The schemas are EFRAG's and XBRL International's; they are read from the real data folder and never
kept in this repository. An operator who has the official package names it in a setting instead.
"""

import hashlib
import re
import zipfile
from pathlib import Path

_SCHEMAS = Path("vsme") / "xsd"
_ENTRY = "xbrl.efrag.org/taxonomy/vsme/2025-07-30/vsme-all.xsd"
_LINKBASE = re.compile(rb"\s*<(\w+:)?linkbaseRef\b[^>]*?/>", re.DOTALL)
_FOLDED = re.compile(rb'schemaLocation="(?:\.\./)+(www\.xbrl\.org/)')
_ALREADY_KNOWN = ("www.xbrl.org/2003/", "www.xbrl.org/2005/", "www.xbrl.org/2006/")
_TOP = "vsme-offline"
_DESCRIPTION = """<?xml version="1.0" encoding="UTF-8"?>
<tp:taxonomyPackage xml:lang="en" xmlns:tp="http://xbrl.org/2016/taxonomy-package">
<tp:identifier>urn:tanqiao:taxonomy:vsme-2025-07-30-schemas</tp:identifier>
<tp:name>VSME 2025-07-30, schemas only</tp:name><tp:version>2025-07-30</tp:version>
<tp:entryPoints><tp:entryPoint><tp:name>vsme-all</tp:name>
<tp:entryPointDocument href="https://xbrl.efrag.org/taxonomy/vsme/2025-07-30/vsme-all.xsd"/>
</tp:entryPoint></tp:entryPoints></tp:taxonomyPackage>
"""
_CATALOG = """<?xml version="1.0" encoding="UTF-8"?>
<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
{rewrites}
</catalog>
"""
_REWRITES = {
    f"{scheme}://{folder}": f"../{folder}"
    for scheme, folder in (
        ("https", "xbrl.efrag.org/"),
        ("http", "www.xbrl.org/2020/"),
        ("http", "www.xbrl.org/dtr/type/"),
        ("http", "www.xbrl.org/taxonomy/"),
    )
}


def package(real_data: Path, named: str | None, kept_in: Path) -> Path | None:
    """Return the package to validate with: the named one, or one built once; None without any."""
    if named:
        return Path(named) if Path(named).is_file() else None
    schemas = real_data / _SCHEMAS
    if not (schemas / _ENTRY).is_file():
        return None
    content = {path.relative_to(schemas).as_posix(): _offline(path.read_bytes())
               for path in sorted(schemas.rglob("*.xsd"))}  # fmt: skip
    digest = hashlib.sha256(b"".join(content.values())).hexdigest()[:16]
    made = kept_in / f"vsme-{digest}.zip"
    if not made.exists():
        kept_in.mkdir(parents=True, exist_ok=True)
        half = made.with_suffix(".part")
        _write(half, content)
        half.replace(made)
    return made


def _offline(schema: bytes) -> bytes:
    """Leave out linkbases nobody has, and say where the core schemas are officially."""
    return _FOLDED.sub(rb'schemaLocation="http://\1', _LINKBASE.sub(b"", schema))


def _write(path: Path, content: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(f"{_TOP}/META-INF/taxonomyPackage.xml", _DESCRIPTION)
        rewrites = "\n".join(
            f'<rewriteURI uriStartString="{start}" rewritePrefix="{prefix}"/>'
            for start, prefix in _REWRITES.items()
        )
        packed.writestr(f"{_TOP}/META-INF/catalog.xml", _CATALOG.format(rewrites=rewrites))
        for name, schema in content.items():
            if not name.startswith(_ALREADY_KNOWN):
                packed.writestr(f"{_TOP}/{name}", schema)
