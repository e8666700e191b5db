"""Office files are zip archives; written anew with fixed times and order, the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

# The earliest time that a zip entry can have.
FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def with_fixed_times(content: bytes) -> bytes:
    """The archive with every entry at FIXED_TIME, in the order it had."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            entry = zipfile.ZipInfo(item.filename, FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(item.filename))
    return out.getvalue()


def write_fixed(content: bytes, path: Path) -> None:
    """Writes an archive that a library made, with fixed times."""
    path.write_bytes(with_fixed_times(content))
