"""Finds legal references: articles with their parts and acts, acts alone, and acts that stand elsewhere in the text.

Reads: a text, its language, Glossary. Writes: LegalReference, with spans that count in the text given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from pipeline.find.references.anaphoric import anaphoric_acts
from pipeline.find.references.article import articles
from pipeline.find.references.draft import Act, Citation, Pinpoint, RefScan, instrument_hits, prepared
from pipeline.find.references.eu_act import eu_acts
from pipeline.find.references.named_act import named_acts
from pipeline.find.references.numbered_act import numbered_acts
from pipeline.find.references.office_act import office_acts
from pipeline.find.references.titles import title_after, title_before
from pipeline.model import Lang, LegalReference, Span
from pipeline.terminology import Glossary
from pipeline.terminology.forms import alike

ACT_FORMS: tuple[Callable[[RefScan], Iterable[Act]], ...] = (
    numbered_acts, eu_acts, named_acts, office_acts, anaphoric_acts,
)  # fmt: skip
"""How an act is written, the surest form first."""

FORMS: tuple[Callable[[RefScan], Iterable[Act | Citation]], ...] = (*ACT_FORMS, articles)
"""Every written form, one a file; a list of articles and the parts of an article are read by `articles`."""

# One of these is in every reference that names no act of the glossary; in text made alike, where l, 1 and | are i.
_TRIGGERS = (
    *"""articie art. arts. neni nenet neneve nenii iigj vendim vkm dcm decision urdh order direktiv directiv konvent
    convention rreguiior reguiation kushtetut constitution protokoi protocoi dekret decree udhezim instruction iaw
    treaty charter covenant rezoiut resoiution kodi kod code act traktat karta""".split(),
    "art ",
    "nene ",
)


@cache
def _triggers() -> Any:
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick(list(_TRIGGERS))


# Between an article and its act: `neni 5 i Kodit`, `Article 5 (of the new Code)`, with a title in between.
_TO_ACT = re.compile(
    r"""[\s,;.]{0,3}(?:["“„«]\s?[^"“”„«»]{2,150}["”“»]\s?,?\s?)?\(?
    (?:(?:of|in|from|under|to|i|e|te|se|ne|nga|ky|and|dhe)\s{1,3}){0,2}
    (?:(?:the|our|its|new|current|old|former|amended|ri|vjeter|present|albanian|same|eu|european|shqiptar)\s{1,3}){0,3}""",
    re.VERBOSE,
)
# Between an act and an article after it: `Kodi Penal, neni 117`, `Criminal Code (Article 117)`.
_FROM_ACT = re.compile(
    r"""\s{0,2}(?:["“„«]\s?[^"“”„«»]{2,150}["”“»])?(?:,?\s?(?:i|e|te)\sndryshuar|,?\s?as\samended)?[\s,(\-–]{0,3}
    (?:(?:ne|in|its|under|sipas)\s)?""",
    re.VERBOSE,
)


def find_references(text: str, lang: Lang, glossary: Glossary) -> tuple[LegalReference, ...]:
    """The references of `text` in order of place; each article of a list gives one, all with the list's span.

    >>> [r.article for r in find_references("nenet 108 dhe 117 të Kodit Penal", "sq", Glossary())]
    ['108', '117']
    """
    hits = instrument_hits(text, glossary)
    if not hits and not _triggers().find_matches_as_indexes(alike(text)):
        return ()
    scan = prepared(text, lang, hits)
    acts = _chosen(act for form in ACT_FORMS for act in form(scan))
    cited = _with_acts(scan, list(articles(scan)), acts)
    found: list[LegalReference] = []
    places: list[tuple[int, int]] = []
    for citation in cited:
        places.append((citation.start, citation.end))
        found.extend(_references(scan, citation))
    used = {id(act) for citation in cited for act in citation.used}
    for act in acts:
        if id(act) in used or act.attached_only or any(s < act.end and act.start < e for s, e in places):
            continue
        found.append(_reference(scan, Citation(act.start, act.end, act.form, (), act), None))
    titles = [r.title_span for r in found if r.title_span is not None]
    # What a title names is not cited: `Order no. 135 "On the Criminal Code"`.
    found = [r for r in found if not any(t.start <= r.span.start and r.span.end <= t.end for t in titles)]
    return tuple(sorted(found, key=lambda r: (r.span.start, r.span.end)))


def _chosen(acts: Iterable[Act]) -> list[Act]:
    """One act a place: the longest, with what shorter ones inside it know besides."""
    every = sorted(acts, key=lambda a: a.rank)
    chosen: list[Act] = []
    for act in every:
        inside = next((i for i, c in enumerate(chosen) if act.start < c.end and c.start < act.end), None)
        if inside is None:
            chosen.append(act)
            continue
        larger = chosen[inside]
        if act.number and larger.number is None and larger.form == "named_act":
            # `Criminal Code No. 06/L-074 of Kosovo`: the number says which of several is meant.
            chosen[inside] = replace(larger, number=act.number, date=act.date, date_text=act.date_text)
        elif (
            larger.instrument is None
            and act.instrument
            and not act.anaphoric
            and not any(c.isdigit() for c in act.instrument)
        ):
            chosen[inside] = replace(larger, instrument=act.instrument, act_type=act.act_type)
    return sorted(chosen, key=lambda a: a.start)


def _with_acts(scan: RefScan, citations: list[Citation], acts: list[Act]) -> list[Citation]:
    """Citations joined with the act after them, else with the one before."""
    done: list[Citation] = []
    used: set[int] = set()
    at = 0
    for citation in citations:
        while at < len(acts) and acts[at].start < citation.end:
            at += 1
        after = acts[at] if at < len(acts) else None
        if after is not None and _leads(scan, citation.end, after.start, _TO_ACT):
            used.add(id(after))
            done.append(citation.with_act(after))
            continue
        before = acts[at - 1] if at else None
        if (
            before is not None and id(before) not in used and before.end <= citation.start
            and _leads(scan, before.end, citation.start, _FROM_ACT)
        ):  # fmt: skip
            used.add(id(before))
            done.append(citation.with_act(before))
            continue
        done.append(citation)
    return done


# A title of an article may stand between it and its act; more than this is a sentence.
_FARTHEST = 200


def _leads(scan: RefScan, start: int, end: int, pattern: re.Pattern[str]) -> bool:
    if end < start or end - start > _FARTHEST:
        return False
    gap = scan.folded[start:end]
    return pattern.fullmatch(gap) is not None and ("." not in gap or '"' in gap)


def _references(scan: RefScan, citation: Citation) -> Iterator[LegalReference]:
    for i, pinpoint in enumerate(citation.pinpoints):
        # A title belongs to one article: to the last of a list where it follows, and so to none of several.
        alone = len(citation.pinpoints) == 1
        yield _reference(scan, citation, pinpoint, titled=alone and i == 0)


def _reference(scan: RefScan, citation: Citation, pinpoint: Pinpoint | None, *, titled: bool = True) -> LegalReference:
    act = citation.act
    place = None
    if titled:
        place = title_after(scan.text, scan.folded, citation.end)
        if place is None and pinpoint is not None:
            place = _title_inside(scan, citation) or title_before(scan.text, scan.folded, citation.start)
    title = _span(scan, *place) if place else None
    return LegalReference(
        span=_span(scan, citation.start, citation.end), form=citation.form, lang=scan.lang,
        act_type=act.act_type if act else None, instrument=act.instrument if act else None,
        number=act.number if act else None, date=act.date if act else None, date_text=act.date_text if act else None,
        article=pinpoint.article if pinpoint else None, article_end=pinpoint.article_end if pinpoint else None,
        paragraph=pinpoint.paragraph if pinpoint else None, point=pinpoint.point if pinpoint else None,
        letter=pinpoint.letter if pinpoint else None, title=title.exact if title else None, title_span=title,
        anaphoric=act.anaphoric if act else False,
    )  # fmt: skip


def _title_inside(scan: RefScan, citation: Citation) -> tuple[int, int] | None:
    """`Article 293/a "Illegal interception" of the Criminal Code`: between the article and its act."""
    if citation.act is None or citation.act.start <= citation.start:
        return None
    for mark in ('"', "“", "„", "«"):
        at = scan.text.find(mark, citation.start, citation.act.start)
        if at != -1:
            return title_after(scan.text, scan.folded, at)
    return None


def _span(scan: RefScan, start: int, end: int) -> Span:
    return Span("", start, end, scan.text[start:end])
