"""Masks what names a private person: names, personal numbers, telephones, e-mail and street addresses.

Reads: Document. Writes: Document with masks such as [PERSON-1] in it, and the key that takes them back.

Masking comes before every other stage, so that nothing of the person is in any file of the run. The same words get
the same mask throughout, so that copies and variants still compare. What is masked is found by forms and a list of
given names; a name without title, role or listed given name is missed, which the README says with its measured recall.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pipeline.find.figures import find_figures
from pipeline.languages import fold
from pipeline.model import Block, Document, Figure
from pipeline.storage import write_whole

Sort = Literal["PERSON", "NUMBER", "PHONE", "EMAIL", "ADDRESS"]

# Numbers of five digits or fewer, and those that begin 0800 or 116, are public lines.
_PUBLIC_LINE = re.compile(r"^(\+355)?0?(800\d*|116\d*|\d{2,5})$")

# Albanian personal number (NID): a letter for the decade, year, month, day, serial, check letter: J50716049D.
_PERSONAL_NUMBER = re.compile(r"(?<![\w/])[A-TX]\d{8}[A-W](?!\w)")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}(?!\w)")

_WORD = r"[A-ZÇË][a-zçëA-ZÇË’'-]{1,30}"
_WORDS = rf"{_WORD}(?:\s{_WORD}){{0,2}}"
_ROAD = r"(?:Street|Road|Avenue|Boulevard)"
_STREETS = tuple(
    re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
    for pattern in (
        # Rr. “Myslym Shyri”, Nr. 12; Rruga e Kavajës, pallati 4, ap. 7; Bulevardi Zogu I, H. 2
        rf"(?:Rr\.|Rrug(?:a|ën|ës)|Bulevardin?|Blv\.|Bul\.|Lagjj?(?:a|en|es))\s{{1,2}}[\"“„«]?(?:(?:e|i|të|së)\s)?{_WORDS}"
        r"[\"”“»]?(?:,?\s{1,2}(?:[NnHhPp][ro]?\.|[Aa]p\.|[Pp]allati|[Hh]yrja|[Kk]ati)\s?\d{1,4}(?:/\d{1,3})?[a-z]?){0,4}",
        rf"\d{{1,4}},?\s{{1,2}}{_WORDS}\s{_ROAD}",  # 12 Dibra Street
        rf"{_WORDS}\s{_ROAD},?\s{{1,2}}(?:[Nn]o\.\s?)?\d{{1,4}}",  # Dibra Street, No. 12
    )
)

# After these a name follows: titles, and what people are in a case file.
_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Judge|Prosecutor|Inspector|Z|Znj|Zj|Zonja|Zonjusha|Zoti|Zotit|Zotin|Gjyqtari|Gjyqtarja|"
    r"Prokurori|Prokurorja|Inspektori|Inspektorja|viktima|viktimës|e mitura|i mituri|shtetasi|shtetasja|shtetasit|"
    r"shtetases|the victim|the minor|citizen|named|me emër)"
)
_TITLED = re.compile(
    rf"(?<!\w){_TITLE}\.?\s{{1,2}}(?P<name>(?:[A-ZÇË]\.\s?)?{_WORD}(?:\s(?:[A-ZÇË]\.\s?)?{_WORD}){{0,2}})"
)
_INITIALS = re.compile(r"(?<![\w.])(?P<name>[A-ZÇË]\.\s?[A-ZÇË]\.)(?=,?\s(?:\d{1,2}\s?(?:vjeç|years)|aged\s))")
_CAPITALS = re.compile(r"(?<!\w)" + _WORD + r"(?:\s" + _WORD + r"){1,2}(?!\w)")


@dataclass(frozen=True, slots=True)
class Mask:
    """One masked place, in code points of the text as read, and what stands there now."""

    start: int
    end: int
    sort: Sort
    exact: str
    mask: str


@cache
def given_names() -> frozenset[str]:
    """Given names of Albania and Kosovo, folded, with their case forms; the table's first lines say how it was made."""
    text = files("pipeline").joinpath("given_names.txt").read_text(encoding="utf-8")
    names = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return frozenset(form for line in names for name in line.split() for form in _case_forms(fold(name)))


def _case_forms(name: str) -> Iterator[str]:
    """`arben` -> arben, arbeni, arbenit, arbenin; `elira` -> elira, elires, eliren."""
    yield name
    if name.endswith("a"):
        yield from (name[:-1] + "es", name[:-1] + "en")
    elif name.endswith("e"):
        yield from (name + "s", name + "n", name[:-1] + "ja")
    elif name[-1] in "iou":
        yield from (name + "t", name + "n", name + "u", name + "ut")
    else:
        yield from (name + "i", name + "it", name + "in", name + "u", name + "ut", name + "un")


def find_private(text: str) -> tuple[Mask, ...]:
    """What is to be masked in `text`, in order of place, without overlaps; `mask` is still empty.

    >>> [(m.sort, m.exact) for m in find_private("Znj. Elira Dema, J50716049D, tel. 069 20 12 345")]
    [('PERSON', 'Elira Dema'), ('NUMBER', 'J50716049D'), ('PHONE', '069 20 12 345')]
    """
    found: list[tuple[int, int, Sort]] = []
    found += [(m.start(), m.end(), "NUMBER") for m in _PERSONAL_NUMBER.finditer(text)]
    found += [(m.start(), m.end(), "EMAIL") for m in _EMAIL.finditer(text)]
    found += [(m.start(), m.end(), "ADDRESS") for p in _STREETS for m in p.finditer(text)]
    found += [(*_phone_place(f), "PHONE") for f in find_figures(text, "und") if _is_private_phone(f)]
    found += [(m.start("name"), m.end("name"), "PERSON") for p in (_TITLED, _INITIALS) for m in p.finditer(text)]
    found += [(start, end, "PERSON") for start, end in _named(text)]
    chosen: list[Mask] = []
    for start, end, sort in sorted(found, key=lambda f: (f[0], -f[1])):
        if not chosen or start >= chosen[-1].end:
            chosen.append(Mask(start, end, sort, text[start:end], ""))
    return tuple(chosen)


def _is_private_phone(figure: Figure) -> bool:
    return figure.kind == "phone" and figure.value is not None and not _PUBLIC_LINE.match(figure.value.replace(" ", ""))


def _phone_place(figure: Figure) -> tuple[int, int]:
    """The number without the words that lead to it (`tel.`)."""
    first = next((i for i, c in enumerate(figure.span.exact) if c.isdigit() or c in "+("), 0)
    return figure.span.start + first, figure.span.end


def _named(text: str) -> Iterator[tuple[int, int]]:
    """Capitalised words from a given name on: `Arben Hoxha`, `Elirës Dema`."""
    names = given_names()
    for match in _CAPITALS.finditer(text):
        words = list(re.finditer(r"\S+", match.group()))
        first = next((w.start() for w in words[:-1] if fold(w.group()) in names), None)
        if first is not None:
            yield match.start() + first, match.end()


def redact(document: Document) -> tuple[Document, tuple[Mask, ...]]:
    """The document with every private detail masked, and the masks with what they stand for."""
    numbers: dict[tuple[Sort, str], int] = {}
    counts: dict[Sort, int] = {}
    masks: list[Mask] = []
    for mask in find_private(document.source_text):
        key = (mask.sort, " ".join(fold(mask.exact).split()))
        if key not in numbers:
            counts[mask.sort] = counts.get(mask.sort, 0) + 1
            numbers[key] = counts[mask.sort]
        masks.append(replace(mask, mask=f"[{mask.sort}-{numbers[key]}]"))
    parts: list[str] = []
    at = 0
    for mask in masks:
        parts += [document.source_text[at : mask.start], mask.mask]
        at = mask.end
    text = "".join([*parts, document.source_text[at:]])
    blocks = tuple(
        Block(_shifted(b.start, masks), _shifted(b.end, masks), b.kind, b.location, b.lang_hint, b.level)
        for b in document.blocks
    )
    note = f"{len(masks)} private details are masked; what was not recognised as private is not."
    # Repairs point into the text as read; a masked report is repaired by reading it again without its masks.
    clean = replace(document, source_text=text, text=text, repairs=(), blocks=blocks, notes=(*document.notes, note))
    return clean, tuple(masks)


def _shifted(offset: int, masks: list[Mask]) -> int:
    """Where `offset` of the text as read lies in the masked text; inside a mask, at its end."""
    moved = offset
    for mask in masks:
        if mask.start >= offset:
            break
        moved += len(mask.mask) - (min(offset, mask.end) - mask.start if offset < mask.end else mask.end - mask.start)
    return moved


def write_key(masks: tuple[Mask, ...], path: Path) -> None:
    """The key that takes the masks back: each mask with the words it stands for. Only its owner can read the file."""
    key = {m.mask: m.exact for m in masks}
    write_whole(path, (json.dumps(key, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
    path.chmod(0o600)


def unmask(text: str, key: dict[str, str]) -> str:
    """The text with the masks taken back by their key; masks that the key does not hold stay.

    >>> unmask("[PERSON-1] and [PERSON-2]", {"[PERSON-1]": "Elira Dema"})
    'Elira Dema and [PERSON-2]'
    """
    return re.sub(r"\[[A-Z]{5,7}-\d{1,6}\]", lambda m: key.get(m.group(), m.group()), text)
