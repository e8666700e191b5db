"""The recognisers as spaCy components, for other projects: references, institutions and figures in `doc.spans`.

Reads: spaCy `Doc`. Writes: `doc.spans["dygjuhe_legal_references"]`, `["dygjuhe_institutions"]`, `["dygjuhe_figures"]`.

    import spacy
    import pipeline.find.components  # registers the factories; not needed where the package is installed

    nlp = spacy.blank("sq")
    nlp.add_pipe("dygjuhe_legal_references")
    nlp.add_pipe("dygjuhe_institutions", config={"glossary": ["our-glossary"]})
    doc = nlp("Sipas nenit 117 të Kodit Penal ...")
    for span in doc.spans["dygjuhe_legal_references"]:
        print(span.text, span.label_, span.kb_id_, span._.dygjuhe)

A span's label is what it is (article, law, decision; institution; count, date, ...), its `kb_id_` the concept where
only one can be meant, and `span._.dygjuhe` the whole mention. A place covers whole tokens: the tokenizer is not ours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pipeline.find.figures import find_figures
from pipeline.find.institutions import find_institutions
from pipeline.find.references import find_references
from pipeline.model import Figure, Lang, LegalReference, TermMention
from pipeline.settings import Settings
from pipeline.terminology import load_glossary

NAMES = ("dygjuhe_legal_references", "dygjuhe_institutions", "dygjuhe_figures")
"""Names of the factories, which are the keys in `doc.spans` too."""

Finder = Callable[[str, Lang], Sequence[LegalReference | TermMention | Figure]]


class MentionComponent:
    """One recogniser in a spaCy pipeline. Keeps nothing of the texts that it has read."""

    def __init__(self, name: str, lang: Lang, finder: Finder) -> None:
        self.name = name
        self.lang = lang
        self.finder = finder

    def __call__(self, doc: Any) -> Any:
        from spacy.tokens import Span

        spans = []
        for mention in self.finder(doc.text, self.lang):
            place = doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
            if place is None:
                continue
            span = Span(doc, place.start, place.end, label=label_of(mention), kb_id=concept_of(mention))
            span._.dygjuhe = mention
            spans.append(span)
        doc.spans[self.name] = spans
        return doc


def label_of(mention: LegalReference | TermMention | Figure) -> str:
    """`article`, or the kind of act; `institution`; the figure's kind."""
    if isinstance(mention, LegalReference):
        return "article" if mention.article else mention.act_type or "act"
    return mention.kind


def concept_of(mention: LegalReference | TermMention | Figure) -> str:
    """The concept whose listed form this is, if it is one concept's only; else empty."""
    if isinstance(mention, TermMention):
        listed = {c.concept_id for c in mention.candidates if c.score >= 100}
        return next(iter(listed)) if len(listed) == 1 else ""
    return ""


def _lang_of(nlp: Any) -> Lang:
    return nlp.lang if nlp.lang in ("sq", "en") else "und"


def _references(nlp: Any, name: str, glossary: list[str]) -> MentionComponent:
    loaded = load_glossary(glossary or Settings().glossary)
    return MentionComponent(name, _lang_of(nlp), lambda text, lang: find_references(text, lang, loaded))


def _institutions(nlp: Any, name: str, glossary: list[str]) -> MentionComponent:
    loaded = load_glossary(glossary or Settings().glossary)
    return MentionComponent(name, _lang_of(nlp), lambda text, lang: find_institutions(text, lang, loaded))


def _figures(nlp: Any, name: str) -> MentionComponent:
    return MentionComponent(name, _lang_of(nlp), find_figures)


def _register() -> tuple[Callable[..., MentionComponent], ...]:
    """Registers the factories with spaCy, which is imported here and not with the package's other modules."""
    from spacy.language import Language
    from spacy.tokens import Span

    if not Span.has_extension("dygjuhe"):
        Span.set_extension("dygjuhe", default=None)
    made: list[Callable[..., MentionComponent]] = []
    for name, factory, config in (
        (NAMES[0], _references, {"glossary": []}),
        (NAMES[1], _institutions, {"glossary": []}),
        (NAMES[2], _figures, {}),
    ):
        made.append(Language.factory(name, default_config=config, assigns=["doc.spans"], func=factory) or factory)
    return tuple(made)


legal_references, institutions, figures = _register()
