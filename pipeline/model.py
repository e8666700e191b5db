"""The nouns: frozen values that cross between the stages. Imports nothing of ours.

Offsets count Unicode code points, start included, end excluded. Places in a report (passages, mentions,
findings) count in `Document.source_text`, the text as read, which a run writes as `source.txt`; a target-side
span counts in `TranslationUnit.target_text`. Where a passage was repaired (mojibake, stray control characters)
its `text` differs from its slice of the source, and `spans.passage_span` carries places back.
Numbers printed in a report are `Decimal`, never `float`.
"""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Lang = Literal["sq", "en", "mixed", "und"]
"""Albanian, English, both in one passage, or undecided (names and numbers alone, another language)."""

PassageKind = Literal[
    "title", "heading", "paragraph", "list_item", "table_cell", "table_header", "note", "page_furniture"
]
State = Literal["initial", "translated", "reviewed", "final"]
"""XLIFF 2.1 segment states. A machine's draft is `initial`."""

Origin = Literal["aligned", "memory", "machine", "person"]
Side = Literal["source", "target"]
Judgement = Literal["confirmed", "dismissed", "corrected", "unsure"]

FigureKind = Literal[
    "count", "amount", "percent", "date", "date_range", "phone", "article_number", "order_number",
    "decision_number", "law_number", "directive_number", "ordinal", "action_number", "year", "period",
    "paragraph_number", "time", "email", "url", "list_number", "age", "ratio",
]  # fmt: skip


def short_hash(*parts: str) -> str:
    """The first 16 hexadecimal digits of a SHA-256 over the parts, each ended by a NUL.

    >>> short_hash("a", "b") == short_hash("ab")
    False
    """
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Repair:
    """One change made to the text as read, in code points of `Document.source_text`."""

    start: int
    end: int
    before: str
    after: str
    kind: str
    """The name of the repair: mojibake, unicode_composition, control_character, ..."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a passage stands in the document's own terms; all counted from 1, None where the format has none."""

    line: int | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    part: str | None = None
    """header, footer, footnote, endnote, comment, text_box, sheet name: where it is not the body."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of `Document.source_text` that a reader of a structured format already knows to be one."""

    start: int
    end: int
    kind: PassageKind
    location: Location = Location()
    lang_hint: Lang | None = None
    """What the document itself declares (`lang` attributes, column headings): evidence, not the answer."""
    level: int | None = None
    """Heading level or list depth from 1."""


@dataclass(frozen=True, slots=True)
class Document:
    """A report as read. `source_text` is what the file holds; `text` is the same with the repairs applied."""

    doc_id: str
    """First 16 hexadecimal digits of the SHA-256 of the file's bytes."""
    name: str
    """File name without folders."""
    media_type: str
    source_text: str
    text: str
    repairs: tuple[Repair, ...] = ()
    blocks: tuple[Block, ...] = ()
    """In code points of `source_text`; empty for plain text, where the segmenter finds them."""
    notes: tuple[str, ...] = ()
    """What a person should know about the reading: encoding, tracked changes, pages read by OCR, ..."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, heading, list item or table cell, at `document.source_text[start:end]`."""

    passage_id: str
    doc_id: str
    number: int
    """Reading order, from 1."""
    start: int
    end: int
    text: str
    """What the passage says, repaired; without repairs it is the slice of the source itself."""
    kind: PassageKind
    location: Location = Location()
    repairs: tuple[Repair, ...] = ()
    """Those inside the passage; their places count from the passage's start, in the source."""
    lang: Lang = "und"
    lang_score: float = 0.0
    """0 to 1: the language model's probability for `lang`, given that it is Albanian or English."""
    lang_hint: Lang | None = None
    foreign: tuple[tuple[int, int, Lang], ...] = ()
    """Runs of words of the other language inside a passage, as (start, end, lang) in `text`."""


@dataclass(frozen=True, slots=True)
class Span:
    """A place and its words: W3C TextPositionSelector and TextQuoteSelector in one.

    `text_id` is a doc_id (side source) or a unit_id (side target). Raises ValueError where the length of
    `exact` is not `end - start`, so that a span cannot point at other words than it quotes.
    """

    text_id: str
    start: int
    end: int
    exact: str
    side: Side = "source"

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.exact):
            raise ValueError(f"span {self.start}:{self.end} does not fit its quotation {self.exact[:40]!r}")

    def overlaps(self, other: Span) -> bool:
        return self.text_id == other.text_id and self.start < other.end and other.start < self.end

    def moved(self, by: int) -> Span:
        return Span(self.text_id, self.start + by, self.end + by, self.exact, self.side)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept that a mention may mean; `score` is 0 to 100 as rapidfuzz counts it (100: a listed form)."""

    concept_id: str
    score: float
    why: str = ""


TermStatus = Literal["preferred", "admitted", "deprecated", "superseded"]


@dataclass(frozen=True, slots=True)
class TermMention:
    """An institution or a controlled term where it stands in a text; undecided while `concept_id` is None."""

    span: Span
    kind: Literal["institution", "term"]
    lang: Lang
    term: str
    """The glossary's form that was met, or the words as written where it has none."""
    status: TermStatus | None = None
    concept_id: str | None = None
    score: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    abbreviation: str | None = None
    """The abbreviation that stands with the name in brackets, or is the mention."""
    finder: str = ""


@dataclass(frozen=True, slots=True)
class LegalReference:
    """A citation as written and as read. Pinpoint parts are as cited, lower case, without spaces."""

    span: Span
    form: str
    """Name of the written form that recognised it."""
    lang: Lang
    act_type: str | None = None
    """code, constitution, law, order, decision, directive, convention, ...; None for a bare article."""
    instrument: str | None = None
    """The act as written: `Criminal Code`, `Kodit Penal`, `this Code`."""
    number: str | None = None
    date: str | None = None
    """Date of the act, ISO 8601, where it is written and can be read."""
    date_text: str | None = None
    article: str | None = None
    """`293/ç`; letters keep their cedilla: 293/c and 293/ç are different articles."""
    article_end: str | None = None
    """Last article of a range."""
    paragraph: str | None = None
    point: str | None = None
    letter: str | None = None
    title: str | None = None
    """The title in quotation marks that goes with it, without the marks."""
    title_span: Span | None = None
    anaphoric: bool = False
    """`this Code`, `the aforementioned Order`: the act stands elsewhere."""
    concept_id: str | None = None
    """The instrument's id in the glossary."""
    provision_id: str | None = None
    """The article's id in the glossary."""
    href: str | None = None
    """Akoma Ntoso style: /akn/al/act/1995-01-27/7895/!main~art_293~c; one for all languages."""
    score: float = 0.0
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, date, contact or reference number where it stands. `value` is None where it cannot be read."""

    span: Span
    kind: FigureKind
    value: str | None
    """Plain decimal (`1200000`, `0.5`), ISO 8601 date (`2014-06-10`, `2014-Q1`, `--02`), E.164 or short code."""
    readings: tuple[str, ...] = ()
    """Every possible value; more than one where a separator is ambiguous (`1.000`)."""
    unit: str | None = None
    """ALL, EUR, USD, %, pp, year, ...; None for a bare count."""
    label: str = ""
    """What it counts: the noun phrase with its modifiers, as written."""
    label_key: tuple[str, ...] = ()
    """The label's content words folded for comparison, in order."""
    approximate: bool = False
    written: Literal["digits", "words", "both"] = "digits"
    captured_by: Literal["strict", "generous"] = "strict"
    """generous: looked like one, and the strict reading refused it."""

    @property
    def number(self) -> Decimal | None:
        """The value as a number, or None for dates, contacts and what cannot be read."""
        if self.value is None or self.kind in ("date", "date_range", "phone", "email", "url", "period", "time"):
            return None
        try:
            return Decimal(self.value)
        except ArithmeticError:
            return None


Mention = TermMention | LegalReference | Figure


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two copies differ, in code points of each passage's own text; insert or delete: one is empty."""

    left_start: int
    left_end: int
    right_start: int
    right_end: int
    left: str
    right: str
    kind: Literal["figure", "reference", "word", "spacing", "case", "punctuation", "accent", "missing", "added"]


@dataclass(frozen=True, slots=True)
class Copy:
    """Two passages in one language that say the same; `passage_id` is the later one."""

    passage_id: str
    of_passage_id: str
    score: float
    """0 to 100: share of the shorter passage's words that the other one has, in order."""
    differences: tuple[Difference, ...] = ()
    left_start: int = 0
    left_end: int = 0
    """Part of the earlier passage that the later one repeats (whole passage unless it is a fragment)."""

    @property
    def identical(self) -> bool:
        return not self.differences


@dataclass(frozen=True, slots=True)
class Pair:
    """An Albanian and an English passage that say the same."""

    sq_passage_id: str
    en_passage_id: str
    score: float
    """0 to 1: how sure the aligner is."""
    how: str
    """table_columns, alternating, anchors, marked: the evidence."""


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """A passage, or a run of words in one, with its translation (XLIFF segment, TMX tu)."""

    unit_id: str
    passage_id: str
    start: int
    end: int
    source_lang: Lang
    source_text: str
    target_lang: Lang
    target_text: str
    state: State
    origin: Origin
    engine: str | None = None
    """Name, version and checksum of what made it."""
    paired_passage_id: str | None = None
    score: float | None = None
    """Mean log-probability a token for a machine's, 0 to 100 match for a memory's; never called confidence."""
    warnings: tuple[str, ...] = ()


FactSort = Literal["figure", "contact", "act", "institution"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that one report says at one place."""

    report: str
    """Name of the run folder."""
    doc_id: str
    report_date: str
    """ISO date, year-month or year; empty where the report does not say."""
    sort: FactSort
    kind: str
    key: str
    """What it is about, comparable across reports: label words, a concept id, or an act's type and issuer."""
    label: str
    value: str
    unit: str
    year: str
    """The one year that the passage names, or the report's own; empty where neither is clear."""
    start: int
    end: int
    line: int
    exact: str
    context: str

    @property
    def span(self) -> Span:
        """The place in its report; text_id is the report's doc_id."""
        return Span(self.doc_id, self.start, self.end, self.exact)


class Severity(enum.IntEnum):
    """For the reviewer's time, on the four steps of the Translate Toolkit and the scale of ITS."""

    CRITICAL = 100
    MAJOR = 60
    MINOR = 30
    TRIVIAL = 10

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Finding:
    """A disagreement for a person to settle. The id is made of rule and quotes, so an unchanged report keeps it."""

    finding_id: str
    rule_id: str
    kind: str
    issue_type: str
    severity: Severity
    message: str
    anchors: tuple[Span, ...]
    found: str | None = None
    expected: str | None = None
    suggestion: str | None = None
    message_sq: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said of a finding; stale where `basis` is not the hash of the finding's quotes any more."""

    finding_id: str
    judgement: Judgement
    reviewer: str
    decided_at: str
    """ISO 8601 with offset."""
    basis: str
    correction: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnnotatedPassage:
    """A passage with what was found in it, in order of place."""

    passage: Passage
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedUnit:
    """A unit with the mentions of both of its sides.

    Target-side spans point into `unit.target_text` (text_id is the unit's), or, for an aligned unit, into
    the report itself, at the paired passage.
    """

    unit: TranslationUnit
    source: tuple[Mention, ...]
    target: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Everything one report gave, before it is written."""

    document: Document
    passages: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    copies: tuple[Copy, ...]
    pairs: tuple[Pair, ...]
    units: tuple[TranslationUnit, ...]
    findings: tuple[Finding, ...]
    signature: dict[str, object] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    switched_off: tuple[tuple[str, str], ...] = ()
    """Rules not run, each with the reason that the settings give."""
