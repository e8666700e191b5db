"""Every concept of a report, every form in which it is written, and every place.

Reads: Run, Glossary. Writes: Entry.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.export.run_folder import canonical_names
from pipeline.model import Figure, LegalReference, Run, TermMention
from pipeline.review.places import Places
from pipeline.terminology import Glossary


@dataclass(frozen=True, slots=True)
class Entry:
    """One form of one concept; an undecided mention stands under its own words."""

    concept: str
    preferred_sq: str
    preferred_en: str
    form: str
    status: str
    lines: tuple[int, ...]
    """One a place, so a line may be there twice."""

    @property
    def times(self) -> int:
        return len(self.lines)


def concordance(run: Run, glossary: Glossary) -> tuple[Entry, ...]:
    """The entries in order of concept, the commonest form of each first; undecided mentions last."""
    places = Places(run)
    found: dict[tuple[bool, str, str], list[int]] = {}
    known: dict[tuple[bool, str, str], tuple[str, str, str]] = {}
    for mention in run.mentions:
        if isinstance(mention, Figure):
            continue
        concept = _concept(mention)
        key = (concept is None, concept or "", " ".join(mention.span.exact.split()))
        found.setdefault(key, []).append(places.line(mention.span.start))
        if key not in known:
            sq, en = canonical_names(mention, glossary)
            status = (mention.status or "") if isinstance(mention, TermMention) else mention.act_type or ""
            known[key] = (sq or "", en or "", status)
    entries = [
        Entry(concept or "undecided / e papërcaktuar", *known[key][:2], form, known[key][2], tuple(sorted(lines)))
        for key, lines in found.items()
        for _, concept, form in (key,)
    ]
    undecided = {id(e) for e, (missing, _, _) in zip(entries, found, strict=True) if missing}
    return tuple(sorted(entries, key=lambda e: (id(e) in undecided, e.concept, -e.times, e.form)))


def _concept(mention: TermMention | LegalReference) -> str | None:
    if isinstance(mention, LegalReference) and mention.provision_id:
        return mention.provision_id
    return mention.concept_id
