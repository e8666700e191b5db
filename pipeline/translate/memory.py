"""Translations that people have made: TMX files and reviewers' edits, matched exactly or nearly.

Reads: .tmx, .jsonl ({source_lang, source_text, target_lang, target_text}). Writes: Remembered, .tmx.
"""

from __future__ import annotations

import bisect
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import SettingsError
from pipeline.languages import plain
from pipeline.model import Lang
from pipeline.translate.fidelity import numbers, same_value

# Bytes of a memory; the largest that agencies exchange have some 200 MB.
MOST_BYTES = 500 * 2**20
# Characters of one segment in a memory: longer ones are whole documents.
MOST_CHARACTERS = 20_000
# Inline codes of TMX, whose content is code and not text.
CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_FORBIDDEN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Remembered:
    """One translation in a memory."""

    source_lang: Lang
    source_text: str
    target_lang: Lang
    target_text: str


@dataclass(frozen=True, slots=True)
class Match:
    """What a memory offers. `score` is 0 to 100 (rapidfuzz ratio over characters); 100: the same text."""

    target_text: str
    score: float
    source_text: str


class Memory:
    """The translations of one direction, later ones over earlier ones."""

    def __init__(self, entries: Iterable[Remembered], source: Lang, target: Lang) -> None:
        self._exact: dict[str, str] = {}
        for entry in entries:
            if (entry.source_lang, entry.target_lang) == (source, target):
                self._add(entry.source_text, entry.target_text)
            elif (entry.source_lang, entry.target_lang) == (target, source):
                self._add(entry.target_text, entry.source_text, over=False)
        self._by_length = sorted(self._exact, key=lambda s: (len(s), s))
        self._lengths = [len(s) for s in self._by_length]

    def _add(self, source: str, target: str, over: bool = True) -> None:
        key = plain(source)
        if key and target.strip() and (over or key not in self._exact):
            self._exact[key] = target.strip()

    def __bool__(self) -> bool:
        return bool(self._exact)

    def exact(self, text: str) -> Match | None:
        """The translation of this very text; spaces do not count."""
        target = self._exact.get(plain(text))
        return None if target is None else Match(target, 100.0, text)

    def near(self, text: str, least: float) -> Match | None:
        """The nearest text of at least this score, its translation with the figures of `text`.

        None also where the figures differ and cannot be put right for certain.
        """
        from rapidfuzz import fuzz, process

        key = plain(text)
        # ratio = 200 * same / (a + b): a text longer or shorter than this cannot reach the score.
        share = least / (200 - least) if least < 200 else 1.0
        low = bisect.bisect_left(self._lengths, int(len(key) * share))
        high = bisect.bisect_right(self._lengths, int(len(key) / share) + 1 if share else len(key))
        found = process.extractOne(key, self._by_length[low:high], scorer=fuzz.ratio, score_cutoff=least)
        if found is None:
            return None
        source, score, _ = found
        target = with_figures_of(key, source, self._exact[source])
        return None if target is None else Match(target, float(score), source)


def with_figures_of(text: str, remembered: str, target: str) -> str | None:
    """The remembered translation with the figures of `text`; None where it is not certain which goes where.

    Certain: both sources have as many numbers, of one make each by position, and each number that differs stands
    once in the remembered source and once in its translation.

    >>> with_figures_of("600 raste në 2015", "583 raste në 2014", "583 cases in 2014")
    '600 cases in 2015'
    >>> with_figures_of("5 raste, 7 viktima", "5 raste, 5 viktima", "5 victims in 5 cases") is None
    True
    """
    now, before = [m.group() for m in numbers(text)], [m.group() for m in numbers(remembered)]
    if now == before:
        return target
    if len(now) != len(before) or any(_make(a) != _make(b) for a, b in zip(now, before, strict=True)):
        return None
    said = numbers(target)
    count = Counter(before)
    changes: list[tuple[int, int, str]] = []
    for new, old in zip(now, before, strict=True):
        if new == old:
            continue
        places = [m for m in said if same_value(m.group(), old)]
        if count[old] != 1 or len(places) != 1:
            return None
        changes.append((places[0].start(), places[0].end(), new))
    for start, end, new in sorted(changes, reverse=True):
        target = target[:start] + new + target[end:]
    return target


def _make(number: str) -> str:
    return re.sub(r"\d{1,400}", "0", number)


def load_memory(paths: Sequence[str]) -> tuple[Remembered, ...]:
    """Every translation in the files, in order. Raises SettingsError naming the file."""
    return tuple(entry for path in paths for entry in _entries(Path(path)))


def _entries(path: Path) -> Iterator[Remembered]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise SettingsError(str(path), "is too large for a translation memory", "Split it.")
        yield from _read_jsonl(path) if path.suffix == ".jsonl" else _read_tmx(path)
    except OSError as error:
        raise SettingsError(
            str(path), f"cannot be read ({error.strerror})", "Name a TMX or memory.jsonl file."
        ) from error


def _read_jsonl(path: Path) -> Iterator[Remembered]:
    number = 0
    with path.open(encoding="utf-8", errors="strict") as stream:
        try:
            for line in stream:
                number += 1
                if line.strip():
                    row = json.loads(line)
                    values = [row[k] for k in ("source_lang", "source_text", "target_lang", "target_text")]
                    if not all(isinstance(v, str) for v in values):
                        raise TypeError
                    yield Remembered(*values)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise SettingsError(
                f"{path}, line {max(number, 1)}", "is no remembered translation", "Remove the line."
            ) from error


def _read_tmx(path: Path) -> Iterator[Remembered]:
    from lxml import etree

    try:
        events = etree.iterparse(
            str(path), events=("end",), tag="{*}tu", resolve_entities=False, no_network=True, load_dtd=False,
            huge_tree=False, recover=False,
        )  # fmt: skip
        for _, unit in events:
            sides = {
                lang: text
                for variant in unit.iterchildren("{*}tuv")
                if (lang := _lang(variant)) and (text := _segment(variant))
            }
            if "sq" in sides and "en" in sides:
                yield Remembered("sq", sides["sq"], "en", sides["en"])
            unit.clear()
            while unit.getprevious() is not None:
                del unit.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise SettingsError(str(path), f"is no readable TMX ({error.msg})", "Export it anew.") from error


def _lang(variant: Any) -> str:
    return (variant.get(XML_LANG) or variant.get("lang") or "").replace("_", "-").split("-")[0].lower()


def _segment(variant: Any) -> str:
    segment = variant.find("{*}seg")
    text = "" if segment is None else _text(segment)
    return text if len(text) <= MOST_CHARACTERS else ""


def _text(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if name and name not in CODES:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def write_tmx(path: Path, entries: Iterable[Remembered]) -> None:
    """A TMX 1.4 file with the entries; characters that XML cannot hold are left out."""
    from lxml import etree

    root = etree.Element("tmx", version="1.4")
    etree.SubElement(root, "header", {
        "creationtool": "dygjuhe", "creationtoolversion": "1", "segtype": "block", "o-tmf": "dygjuhe",
        "adminlang": "en", "srclang": "*all*", "datatype": "plaintext",
    })  # fmt: skip
    body = etree.SubElement(root, "body")
    for entry in entries:
        unit = etree.SubElement(body, "tu")
        for lang, text in ((entry.source_lang, entry.source_text), (entry.target_lang, entry.target_text)):
            variant = etree.SubElement(unit, "tuv", {XML_LANG: str(lang)})
            etree.SubElement(variant, "seg").text = XML_FORBIDDEN.sub("", text)
    path.write_bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
