"""What the glossary wants of a translation, and how it gets it: the preferred form, inflected as its place asks.

Reads: mentions of a sentence, Glossary. Writes: Wanted, the reworded translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.languages import fold
from pipeline.model import Lang, LegalReference, Mention, Span, TermMention
from pipeline.terminology import Concept, Glossary, Term
from pipeline.translate.inflect import PLURAL_AFTER, SUFFIXES, case_after, case_of, in_case, is_plural_sq, plural_en


@dataclass(frozen=True, slots=True)
class Wanted:
    """One name or term of the source, at `start:end` of the sentence, and its forms in the other language."""

    start: int
    end: int
    concept_id: str
    lang: Lang
    """The language that the forms are in."""
    preferred: str
    accepted: tuple[str, ...]
    """The preferred form and its inflected forms."""
    others: tuple[str, ...] = ()
    """Forms that mean the same and are not preferred: replaced where the model says them."""
    required: bool = True
    """Whether its absence is a fault: not for a single everyday word such as `child`."""
    plural: bool = False
    """Whether the source has it in the plural, as far as its ending tells."""
    bracket: str = ""
    """An abbreviation in brackets that goes with the name: ` (CPD)`."""
    definite: bool = False
    """Whether it is the name of one body or act, which takes `the` in an English sentence."""


def wanted_of(mentions: Iterable[Mention], glossary: Glossary, target_lang: Lang) -> tuple[Wanted, ...]:
    """What the mentions of a sentence ask of its translation; spans count in the sentence.

    Only mentions whose concept is certain ask for anything. Where two overlap, the longer one counts.
    """
    found: list[Wanted] = []
    for mention in mentions:
        if isinstance(mention, TermMention | LegalReference) and (wanted := _wanted(mention, glossary, target_lang)):
            found.append(wanted)
        if isinstance(mention, LegalReference) and (title := _wanted_title(mention, glossary, target_lang)):
            found.append(title)
    return longest(found)


def moved(mention: Mention, by: int) -> Mention:
    """The mention with its places `by` characters later (or earlier); a title that would lie before the text is left.

    Used to carry mentions from the report to a passage, and from a passage to a sentence.
    """

    def shifted(span: Span) -> Span:
        return Span(span.text_id, span.start + by, span.end + by, span.exact, span.side)

    if isinstance(mention, LegalReference):
        title = mention.title_span
        return replace(
            mention, span=shifted(mention.span), title_span=shifted(title) if title and title.start + by >= 0 else None
        )
    return replace(mention, span=shifted(mention.span))


def longest(found: Sequence[Wanted]) -> tuple[Wanted, ...]:
    """Of those that overlap the longer one, the first named where they are as long; in order of place."""
    chosen: list[Wanted] = []
    for wanted in sorted(found, key=lambda w: (w.start - w.end, w.start)):
        if all(wanted.end <= w.start or w.end <= wanted.start for w in chosen):
            chosen.append(wanted)
    return tuple(sorted(chosen, key=lambda w: w.start))


def concept_of(mention: TermMention | LegalReference, glossary: Glossary, lang: Lang) -> Concept | None:
    """The concept meant: the resolved one, else what the glossary lists this very form for.

    Where it lists the form for several, any of them does if all have one name in `lang` (a ministry that was closed
    and founded anew); None otherwise.
    """
    if mention.concept_id is not None:
        return glossary.concepts.get(mention.concept_id)
    exact = [
        glossary.concepts[c.concept_id]
        for c in mention.candidates
        if c.score >= 100 and c.concept_id in glossary.concepts
    ]
    return exact[0] if exact and len({_preferred(c, lang) for c in exact}) == 1 else None


def _wanted(mention: TermMention | LegalReference, glossary: Glossary, target_lang: Lang) -> Wanted | None:
    concept = concept_of(mention, glossary, target_lang)
    if concept is None or not _preferred(concept, target_lang):
        return None
    if isinstance(mention, LegalReference):
        return _wanted_act(mention, concept, target_lang)
    span = mention.span
    source_term = next((t for t in concept.terms if fold(t.form) == fold(mention.term)), None)
    sort = source_term.sort if source_term else "name"
    if sort == "office_holder":
        # The minister, not the ministry; without a form for the person nothing is asked.
        holders = tuple(t.form for t in concept.terms if t.lang == target_lang and t.sort == "office_holder")
        if not holders:
            return None
        return Wanted(span.start, span.end, concept.concept_id, target_lang, holders[0], holders, definite=True)
    short = concept.abbreviation_en if target_lang == "en" else concept.abbreviation_sq
    if sort == "abbreviation":
        forms = (short, *_forms(concept, target_lang))
        return Wanted(span.start, span.end, concept.concept_id, target_lang, short, forms) if short else None
    preferred = _preferred(concept, target_lang)
    # A single everyday word (`date`, `child`) is the model's to choose; only what the glossary forbids is replaced.
    # So is one that the other language says in a word: `perpetrator` has more than one good rendering.
    words = min(len(preferred.split()), len(mention.term.split()))
    required = (concept.kind != "term" or words > 1) and not concept.discouraged
    accepted, others = _sorted_forms(concept, target_lang, preferred, required)
    plural = concept.kind == "term" and target_lang == "en" and is_plural_sq(span.exact)
    # The finder takes `Ministria e Drejtësisë (MD)` as one; the bracket comes out in the other language's letters.
    bracket = f" ({short or mention.abbreviation})" if mention.abbreviation and span.exact.endswith(")") else ""
    return Wanted(
        span.start, span.end, concept.concept_id, target_lang, preferred, accepted, others, required, plural, bracket,
        definite=concept.kind != "term",
    )  # fmt: skip


def _wanted_act(mention: LegalReference, concept: Concept, target_lang: Lang) -> Wanted | None:
    """The act's name where it stands in the citation: `Kodit Penal` of `neni 117 i Kodit Penal`."""
    at = mention.span.exact.find(mention.instrument or "\0")
    if at < 0 or mention.anaphoric or not mention.instrument:
        return None
    full = _preferred(concept, target_lang)
    names = [t for t in concept.terms if t.lang == target_lang and t.sort in ("name", "variant", "inflected")]
    shorter = [t.form for t in names if t.form in full and t.form != full]
    base = concept.preferred_sq if target_lang == "en" else concept.preferred_en
    is_full = len(mention.instrument.split()) >= len(base.split())
    preferred = full if is_full or not shorter else max(shorter, key=len)
    forms = _forms(concept, target_lang)
    accepted = tuple(dict.fromkeys([preferred, full, *(f for f in forms if f.isupper() or _contains(f, preferred))]))
    start = mention.span.start + at
    return Wanted(
        start, start + len(mention.instrument), concept.concept_id, target_lang, preferred, accepted,
        tuple(f for f in forms if f not in accepted), definite=True,
    )  # fmt: skip


def act_name(mention: LegalReference, glossary: Glossary, lang: Lang) -> str:
    """The cited act's preferred name in `lang`, in full where it is cited in full; empty where it is not known."""
    concept = concept_of(mention, glossary, lang)
    wanted = _wanted_act(mention, concept, lang) if concept is not None and _preferred(concept, lang) else None
    return wanted.preferred if wanted else ""


def article_title(mention: LegalReference, glossary: Glossary, lang: Lang) -> str | None:
    """The article's own title in `lang`, where the citation has it as the act does."""
    wanted = _wanted_title(mention, glossary, lang)
    return wanted.preferred if wanted else None


def _wanted_title(mention: LegalReference, glossary: Glossary, target_lang: Lang) -> Wanted | None:
    """The article's own title in the other language, where the citation has it as the act does.

    A title that is not the article's is a fault of the report, and is translated as it stands.
    """
    if mention.title_span is None or not mention.concept_id or not mention.article:
        return None
    printed = fold(mention.title_span.exact).strip(" .,;")
    for article in glossary.articles.get((mention.concept_id, mention.article), ()):
        english = (article.title_en, *article.variants_en)
        albanian = (article.title_sq, *article.variants_sq)
        there, here = (english, albanian) if target_lang == "sq" else (albanian, english)
        if here[0] and printed in {fold(t).strip(" .,;") for t in there}:
            span = mention.title_span
            return Wanted(span.start, span.end, article.article_id, target_lang, here[0], tuple(t for t in here if t))
    return None


def _contains(form: str, name: str) -> bool:
    """Whether a form holds the name, or is it in another case."""
    left, right = fold(form).split(), fold(name).split()
    same_length = len(left) == len(right) and all(_same_stem(a, b) for a, b in zip(left, right, strict=True))
    return same_length or fold(name) in fold(form)


def _preferred(concept: Concept, lang: Lang) -> str:
    return concept.preferred_sq if lang == "sq" else concept.preferred_en


def _forms(concept: Concept, lang: Lang) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys([_preferred(concept, lang), *(t.form for t in concept.terms if t.lang == lang and t.form)])
    )


def _sorted_forms(
    concept: Concept, lang: Lang, preferred: str, all_others: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The forms that are the preferred name, and those that only mean the same."""
    accepted: list[str] = [preferred]
    others: list[str] = []
    for term in concept.terms:
        if (
            term.lang != lang
            or not term.form
            or term.form == preferred
            or term.sort in ("office_holder", "abbreviation")
        ):
            continue
        # An Albanian synonym stands in a case that the preferred form may not be listed in: it is left as it is said.
        admitted = lang == "sq" and concept.kind == "term" and term.status == "admitted"
        if admitted or _is_preferred(term, preferred, lang):
            accepted.append(term.form)
        elif all_others or term.status == "deprecated" or term.sort == "wrong":
            others.append(term.form)
    return tuple(dict.fromkeys(accepted)), tuple(dict.fromkeys(others))


def _is_preferred(term: Term, preferred: str, lang: Lang) -> bool:
    """An inflected form of the preferred name, or the preferred name in the plural."""
    if term.status == "preferred":
        return True
    if lang == "en":
        return fold(term.form) == fold(plural_en(preferred))
    left, right = fold(term.form).split(), fold(preferred).split()
    return len(left) == len(right) and all(_same_stem(a, b) for a, b in zip(left, right, strict=True))


def _same_stem(a: str, b: str) -> bool:
    """Whether two folded Albanian words can be forms of one: particles always, others by their beginning."""
    if a in ("i", "e", "te", "se") and b in ("i", "e", "te", "se"):
        return True
    size = max(3, min(len(a), len(b)) - 3)
    return a[:size] == b[:size] and abs(len(a) - len(b)) <= 4


@lru_cache(maxsize=4096)
def _pattern(forms: tuple[str, ...], lang: Lang) -> re.Pattern[str]:
    """Any of the forms as whole words in folded text, the longest first; English ones also in the plural,
    Albanian ones in their cases."""
    all_forms = set(forms)
    if lang == "en":
        all_forms |= {plural_en(f) for f in forms if f and not f.isupper()}
    elif lang == "sq":
        all_forms |= {in_case(f, case) for f in forms if f for case in ("genitive", "accusative")}
    ordered = sorted({fold(f) for f in all_forms if f}, key=lambda f: (-len(f), f))
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(f).replace(r"\ ", r"\s+") for f in ordered) + r")(?!\w)")


def is_said(target: str, wanted: Wanted) -> bool:
    """Whether the translation names the concept by its preferred form, in whatever case or number."""
    return _pattern(wanted.accepted, wanted.lang).search(fold(target)) is not None


def missing_names(target: str, wanted: Sequence[Wanted]) -> list[str]:
    """The preferred names that the translation should hold and does not."""
    return [w.preferred for w in wanted if w.required and not is_said(target, w)]


def reworded(target: str, wanted: Sequence[Wanted]) -> str:
    """The translation with the preferred name wherever the model said another one that means the same."""
    for want in wanted:
        if want.others and not is_said(target, want):
            target = _replaced(target, want)
    return target


def _replaced(target: str, want: Wanted) -> str:
    match = _pattern(want.others, want.lang).search(fold(target))
    if match is None:
        return target
    said = target[match.start() : match.end()]
    return target[: match.start()] + placed(want, target[: match.start()], said) + target[match.end() :]


def placed(want: Wanted, before: str, said: str, ending: str = "") -> str:
    """The preferred name as it stands after `before`, in the number or case of what it replaces (`said`, or empty).

    `ending` is what the model put to a stand-in for it (`-it`).
    """
    words = before.split()
    starts = not words or before.rstrip()[-1:] in ".!?"
    if want.lang == "sq":
        case = SUFFIXES.get(ending) or case_after(words) or (case_of(said, want.preferred) if said else "nominative")
        name = in_case(want.preferred, case, want.accepted)
    else:
        is_plural = _is_plural_form(said, want) if said else want.plural or _asks_for_plural(words)
        name = plural_en(want.preferred) if is_plural else want.preferred
        if want.definite and not said and takes_the(name) and _lacks_the(words):
            name = f"the {name}"
    name += "" if said else want.bracket
    return name[:1].upper() + name[1:] if starts else name


def takes_the(name: str) -> bool:
    """Whether an English name goes with `the`: the Ministry of Interior, the Criminal Code; not Microsoft Albania."""
    return any(w in THE_NOUNS for w in fold(name).split())


def _lacks_the(words: Sequence[str]) -> bool:
    return not words or fold(words[-1]) not in DETERMINERS


DETERMINERS = frozenset("the a an this that its their our no albanian".split())
THE_NOUNS = frozenset(
    """ministry office court council agency directorate commission commissioner minister authority police
    inspectorate institute department committee prosecution code law constitution convention centre center bank
    parliament assembly union government service unit administration board ombudsman act directive decision order
    regulation protocol chamber school register fund mission delegation prison municipality embassy strategy
    programme""".split()
)


def _is_plural_form(said: str, want: Wanted) -> bool:
    return any(fold(said) == fold(plural_en(o)) != fold(o) for o in want.others)


def _asks_for_plural(words: Sequence[str]) -> bool:
    """After a number other than one, or `many`, `these`: real forms `500 ___`, `two ___`, `some of these ___`."""
    last = words[-1].casefold() if words else ""
    return (last.isdigit() and last != "1") or last in PLURAL_AFTER
