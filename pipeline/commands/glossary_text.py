"""What the glossary commands read from texts and runs."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import GlossaryError
from pipeline.find.institution_words import HEADS
from pipeline.languages import fold
from pipeline.model import AnnotatedPassage, LegalReference, Passage
from pipeline.terminology import Glossary


def resolved(text: str, glossary: Glossary, when: str) -> list[LegalReference]:
    """The references in a text of its own, resolved."""
    from pipeline.find import find_references
    from pipeline.resolve import resolve_mentions
    from pipeline.settings import Settings

    passage = Passage("text", "text", 1, 0, len(text), text, "paragraph", lang="und")
    found = find_references(text, "und", glossary)
    done = resolve_mentions((AnnotatedPassage(passage, found),), glossary, when or None, Settings())
    return [m for one in done for m in one.mentions if isinstance(m, LegalReference)]


def candidate_rows(runs: Sequence[Path], table: str, least: int) -> list[dict[str, str]]:
    """Rows for the names (or acts) without a concept in the runs' mentions, the most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    notes: dict[tuple[str, str], str] = {}
    for run in runs:
        path = run / "mentions.jsonl"
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise GlossaryError(str(path), "cannot be read", "Name a run folder.") from error
        for line in lines:
            mention = json.loads(line)
            if mention.get("concept_id") or mention["type"] != (
                "institution" if table == "institutions" else "legal_reference"
            ):
                continue
            name = _name(mention, table)
            if name:
                key = (name, str(mention.get("lang") or "en"))
                counts[key] += 1
                near = ", ".join(f"{c['concept_id']} {c['score']:.0f}" for c in mention.get("candidates", []))
                notes.setdefault(key, f"met in {run.name}" + (f"; near {near}" if near else ""))
    return [
        _row(name, lang, table, f"{notes[name, lang]}, {n} times")
        for (name, lang), n in counts.most_common()
        if n >= least
    ]


def _name(mention: dict[str, object], table: str) -> str:
    exact = " ".join(str(mention["exact"]).split())
    if table == "institutions":
        return re.sub(r"\s*\([^()]*\)$", "", exact)
    if mention.get("anaphoric"):
        return ""
    return str(mention.get("instrument") or (exact if mention.get("number") and not mention.get("article") else ""))


def _row(name: str, lang: str, table: str, note: str) -> dict[str, str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-")
    column = "name_sq" if lang == "sq" else "name_en"
    heads = [HEADS[w] for w in fold(name).split() if w in HEADS and HEADS[w].role == "institution"]
    kind = (heads[0].kind if heads else "institution") if table == "institutions" else "law"
    return {"id": f"new-{slug}", column: name, "kind": kind, "note": note, "confidence": "low"}
