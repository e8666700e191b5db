"""Text as XML can hold it, and archives whose bytes depend on nothing but their content."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from typing import Any

# Characters that XML 1.0 has no way to write (section 2.2), lone surrogates among them.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# The earliest moment a zip archive can name: a fixed one, so that the same run gives the same bytes.
FIXED_MOMENT = (1980, 1, 1, 0, 0, 0)


def xml_text(text: str) -> str:
    """The text with each character that XML cannot hold as a replacement character; lengths stay.

    >>> xml_text("a\\x00b")
    'a\ufffdb'
    """
    return _FORBIDDEN.sub("\ufffd", text)


def escaped(text: str) -> str:
    """Text for an element's content or a double-quoted attribute.

    >>> escaped('a < "b"')
    'a &lt; &quot;b&quot;'
    """
    text = xml_text(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    # A parser would read these as a line feed, or in an attribute as a space.
    return text.replace("\r", "&#13;")


def attribute(text: str) -> str:
    """Text for a double-quoted attribute, line feeds and tabs kept."""
    return escaped(text).replace("\n", "&#10;").replace("\t", "&#9;")


def tag(name: str, content: str = "", /, **attributes: Any) -> str:
    """An element with `content` that is XML already; attributes that are None are left out, `__` stands for `:`.

    >>> tag("prop", "1", type="line")
    '<prop type="line">1</prop>'
    """
    written = "".join(
        f' {key.replace("__", ":").rstrip("_").replace("_", "-")}="{attribute(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def zipped(parts: Iterable[tuple[str, bytes | str]]) -> bytes:
    """A zip archive of the parts in order, the same bytes for the same parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, FIXED_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Plain file, readable by all, as if made on Unix: the same on every system.
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, content.encode("utf-8") if isinstance(content, str) else content)
    return target.getvalue()
