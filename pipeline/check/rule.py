"""What a rule is: a declaration with examples, and a pure function from what was found to findings."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import ModuleType
from typing import Any, Protocol

from pipeline.model import (
    AnnotatedPassage,
    AnnotatedUnit,
    Copy,
    Document,
    Fact,
    FactSort,
    Finding,
    Mention,
    Pair,
    Passage,
    Severity,
    Span,
    short_hash,
)
from pipeline.settings import Settings
from pipeline.spans import passage_span
from pipeline.terminology import Glossary


class Scope(enum.Enum):
    """What the runner hands to `check`."""

    PASSAGE = "passage"
    """An AnnotatedPassage."""
    UNIT = "unit"
    """An AnnotatedUnit: both languages of one passage."""
    DOCUMENT = "document"
    """The CheckContext itself: all of one report."""
    RUN = "run"
    """The AcrossReports of a folder of runs; not run for a single report."""


@dataclass(frozen=True, slots=True)
class Flags:
    """An example that must give exactly one finding, anchored exactly at the words between ⟦ and ⟧.

    A line feed parts passages; `target` is the other language's text of a single-passage source.
    """

    source: str
    target: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Passes:
    """A near miss from life: looks like a fault and is none."""

    source: str
    target: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """The declaration of one rule; its reasons stand in its module's docstring."""

    id: str
    name: str
    """family.slug in English, for settings and filters."""
    kind: str
    """One of the kinds in the run folder's contract."""
    issue_type: str
    """W3C ITS 2.0 localization quality issue type."""
    severity: Severity
    scope: Scope
    heading_sq: str
    """The docstring's first sentence in Albanian, for the Albanian report."""
    why_sq: str
    """`Why a reviewer should care` in Albanian."""
    examples: tuple[Flags | Passes, ...]
    supersedes: tuple[str, ...] = ()
    """Rules whose findings are dropped where this one has a finding on the same words."""


KINDS = frozenset(
    """hotline_variant hotline_unregistered date_malformed date_mismatch count_mismatch sum_mismatch amount_mismatch
    figure_differs_between_languages article_number_mismatch article_title_mismatch article_title_variant
    article_unknown instrument_name_variant instrument_number_mismatch reference_format institution_name_variant
    abbreviation_conflict abbreviation_variant abbreviation_undefined name_variant term_variant
    passage_duplicate passage_near_duplicate passage_missing_in_copy untranslated_passage numbering_gap
    numbering_style truncated_text duplicated_phrase ocr_artifact markup_artifact case_variant
    punctuation_variant language_error""".split()
)
"""The stable names that other programs filter on."""


@dataclass(frozen=True)
class CheckContext:
    """All of one report, ready to be checked; every look-up a rule needs, computed once."""

    document: Document
    annotated: tuple[AnnotatedPassage, ...]
    copies: tuple[Copy, ...]
    pairs: tuple[Pair, ...]
    units: tuple[AnnotatedUnit, ...]
    glossary: Glossary
    settings: Settings = field(default_factory=Settings)
    report_date: str | None = None
    """ISO date (or year, or year-month) at which names and articles must be in force; None where unknown."""

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(a.passage for a in self.annotated)

    @cached_property
    def by_id(self) -> dict[str, AnnotatedPassage]:
        return {a.passage.passage_id: a for a in self.annotated}

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        return tuple(m for a in self.annotated for m in a.mentions)

    @cached_property
    def copies_of(self) -> dict[str, tuple[Copy, ...]]:
        """The copies that a passage takes part in, as the earlier or the later one."""
        found: dict[str, list[Copy]] = {}
        for copy in self.copies:
            found.setdefault(copy.passage_id, []).append(copy)
            found.setdefault(copy.of_passage_id, []).append(copy)
        return {k: tuple(v) for k, v in found.items()}

    @cached_property
    def pair_of(self) -> dict[str, Pair]:
        """The pair that a passage takes part in, by the id of either side."""
        return {i: p for p in self.pairs for i in (p.sq_passage_id, p.en_passage_id)}

    def passage_at(self, span: Span) -> Passage | None:
        """The passage that a source-side span lies in."""
        import bisect

        i = bisect.bisect_right(self._starts, span.start) - 1
        passage = self.passages[i] if i >= 0 else None
        return passage if passage is not None and span.end <= passage.end else None

    @cached_property
    def _starts(self) -> list[int]:
        return [p.start for p in self.passages]

    def quote(self, passage: Passage, start: int, end: int) -> Span:
        """The anchor for `passage.text[start:end]`."""
        return passage_span(passage, start, end)


class AcrossReports(Protocol):
    """What a rule of scope RUN may ask: groups of facts on one subject whose values differ between reports."""

    def conflicts(self, sort: FactSort, *, by_year: bool) -> Iterator[tuple[Fact, ...]]: ...

    def repeated(self) -> Iterator[tuple[Fact, ...]]: ...


Check = Callable[[Any, CheckContext], Iterator[Finding]]


def finding(
    rule: Rule,
    message: str,
    message_sq: str,
    anchors: Sequence[Span],
    *,
    found: str | None = None,
    expected: str | None = None,
    suggestion: str | None = None,
    severity: Severity | None = None,
    kind: str | None = None,
) -> Finding:
    """A finding of `rule`; its id is made of the rule and the quotes, so it is the same on the next run.

    `severity` and `kind` differ from the rule's only where one rule covers several degrees of one fault.
    """
    if not anchors:
        raise ValueError(f"{rule.id}: a finding needs an anchor")
    chosen = kind or rule.kind
    if chosen not in KINDS:
        raise ValueError(f"{rule.id}: {chosen!r} is not a kind of the contract")
    return Finding(
        finding_id=short_hash(rule.id, *(a.exact for a in anchors)),
        rule_id=rule.id,
        kind=chosen,
        issue_type=rule.issue_type,
        severity=severity or rule.severity,
        message=message,
        message_sq=message_sq,
        anchors=tuple(anchors),
        found=found,
        expected=expected,
        suggestion=suggestion,
    )


def heading(module: ModuleType) -> str:
    """What a rule flags, in one sentence: the first paragraph of its docstring.

    The other parts of the docstring are `Why a reviewer should care:`, `Not flagged:` and `Source:`.
    """
    return " ".join((module.__doc__ or "").strip().split("\n\n")[0].split())


def docstring_part(module: ModuleType, name: str) -> str:
    """The text of one named part of a rule's docstring, on one line; empty where the part is missing."""
    taken: list[str] = []
    inside = False
    for paragraph in (module.__doc__ or "").strip().split("\n\n")[1:]:
        first = paragraph.strip().split(":", 1)[0]
        if first in ("Why a reviewer should care", "Not flagged", "Source"):
            inside = first == name
            paragraph = paragraph.strip()[len(first) + 1 :]
        if inside:
            taken.append(" ".join(paragraph.split()))
    return " ".join(taken).strip()
