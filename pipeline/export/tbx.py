"""The institutions, terms and acts that a report mentions, as a termbase, for CAT tools and terminologists.

Reads: Run, Glossary. Writes: a .tbx file.

TBX as ISO 30042:2008 has it (`martif`): OmegaT, the Translate Toolkit and Weblate read this one, not yet the edition
of 2019. Case forms are left out: tools that look terms up want names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.export.rows import ExportOptions
from pipeline.export.xml_text import escaped, tag
from pipeline.model import Figure, Lang, Run
from pipeline.terminology import Concept, Glossary, Term

# What the format calls the four statuses (ISO 12620).
_STATUS = {
    "preferred": "preferredTerm-admn-sts", "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts", "superseded": "supersededTerm-admn-sts",
}  # fmt: skip

_KINDS = {"institution": "institution / institucion", "term": "term / term", "instrument": "legal act / akt ligjor"}


def write_tbx(run: Run, glossary: Glossary, path: Path, options: ExportOptions | None = None) -> None:
    """Writes the concepts that `run` mentions at `path`, in order of their ids."""
    met = Counter(m.concept_id for m in run.mentions if not isinstance(m, Figure) and m.concept_id is not None)
    entries = [_entry(glossary.concepts[c], met[c]) for c in sorted(met) if c in glossary.concepts]
    source = tag("sourceDesc", tag("p", escaped(f"Terms met in {run.document.name}")))
    encoding = tag("encodingDesc", tag("p", "TBXXCSV02.xcs", type="XCSURI"))
    header = tag("martifHeader", tag("fileDesc", source) + encoding)
    body = tag("body", "\n".join(entries)) if entries else "<body></body>"
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        stream.write(tag("martif", header + "\n" + tag("text", body), type="TBX", xml__lang="en") + "\n")


def _entry(concept: Concept, times: int) -> str:
    kind = tag("descrip", escaped(_KINDS.get(concept.kind, concept.kind)), type="subjectField")
    note = tag("note", f"{times} mentions in the report")
    languages: tuple[Lang, ...] = ("sq", "en")
    sections = "".join(
        tag("langSet", terms, xml__lang=lang) for lang in languages if (terms := "".join(_terms(concept, lang)))
    )
    return tag("termEntry", kind + note + sections, id=f"c-{concept.concept_id}")


def _terms(concept: Concept, lang: Lang) -> Iterator[str]:
    """The names and abbreviations in a language, the preferred one first."""
    preferred = concept.preferred_sq if lang == "sq" else concept.preferred_en
    names = [t for t in concept.terms if t.lang == lang and t.sort not in ("inflected", "wrong")]
    names.sort(key=lambda t: (t.form != preferred, list(_STATUS).index(t.status)))
    if preferred and not any(t.form == preferred for t in names):
        names.insert(0, Term(preferred, lang, "preferred"))
    once: dict[str, Term] = {}
    for term in names:
        once.setdefault(term.form, term)
    for term in once.values():
        kind = tag("termNote", "abbreviation", type="termType") if term.sort == "abbreviation" else ""
        status = tag("termNote", _STATUS[term.status], type="administrativeStatus")
        yield tag("tig", tag("term", escaped(term.form)) + kind + status)
