"""An act called by its name or its abbreviation: first those in the glossary, then what is named in the same way.

Albanian: `Kodi Penal`, `Kodit të Procedurës Penale`, `KPP-së`, `K. Penal`, `Kushtetuta`, `Konventa e Stambollit`,
`Konventës për të Drejtat e Fëmijës`, `Kodi Detar`, `Protokolli i Palermos`, `ligji për Policinë e Shtetit`.
English: `Criminal Code`, `Penal Code`, `Code of Criminal Procedure`, `Constitution`, `Budapest Convention`, `GDPR`,
`Maritime Code`, `Convention on the Rights of Persons with Disabilities`, `Law on the State Police`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.find.institution_words import HEADS
from pipeline.find.references.draft import Act, RefScan
from pipeline.languages import fold
from pipeline.spans import without_overlaps
from pipeline.terminology.inflection import ABBREVIATION_ENDING

# An abbreviation of fewer letters (KP, CC) is an act only beside an article.
_SHORTEST_ALONE = 4

_ACT_TYPES = {"framework decision": "decision", "soft law": "soft_law"}
_EN_NAME = re.compile(
    r"""(?<![\w-])(?P<name>(?:Council\sof\sEurope\s)?(?:[A-Z][\w'’-]*\s){0,5}?
    (?P<head>Convention|Code|Protocol|Constitution|Charter|Treaty|Covenant)(?![\w-])
    (?P<topic>\s(?:on|of|for|against|concerning|relating\sto)\s(?:the\s)?)?)""",
    re.VERBOSE,
)
_SQ_NAME = re.compile(
    r"""(?<![\w-])(?P<head>Kod|Konvent|Kart|Traktat|Protokoll|Kushtetut)(?:i|it|in|a|ës|es|ën|en)
    (?P<topic>\s(?:(?:e|i|të|te|së|se|për|per|kundër|kunder|mbi)\s){0,3})(?=[A-ZÇË])""",
    re.VERBOSE,
)
_LAW_EN = re.compile(r"(?<![\w-])(?P<head>Law)\son\s(?:the\s)?(?=[A-Z])")
_LAW_SQ = re.compile(r"(?<![\w-])(?P<head>[Ll]igj(?:i|it|in))\s(?:për|per|mbi)\s(?:të\s|te\s)?(?=[A-ZÇË])")
# How a name goes on: capitals, or small words that lead to one.
_GOES_ON = re.compile(
    r"[ \u00a0]?(?:(?:of|the|on|for|and|against|in|to|from|with|all|its|i|e|të|te|së|se|dhe|për|per|nga|në|ne|ndaj"
    r"|me)\s){0,3}"
    r"[A-ZÇË][\w'’-]*"
)
# A capital word that begins another act or another institution.
_NEW_NAME = re.compile(
    r"(?:article|neni|law$|ligj|order$|urdh|decision|vendim|kod(?:i|it|in)$|code|konvent|convention|kushtetut|constitution"
    r"|direktiv|directive|rregullor|regulation|vkm|dcm|protokoll|protocol|kpp|kp$|kc$|dekret|traktat|treaty|kart)"
)
_NO_LAW = re.compile(
    r"\b(?:postal|zip|dress|area|qr|bar|source|swift|country|dialling|colour|color|promo|telephone|building|access"
    r"|montreal|kyoto)\scode|\bprotocol\sofficer"
)
# Words that begin a sentence, not a name: `Under the`, `The`, `New`.
_ARTICLES = re.compile(
    r"^(?:(?:the|under|in|by|with|according|if|when|since|both|our|this|that|these|new|current|draft|old|amended|and|also"
    r"|article|articles|whereas|while|unlike|see)\s)+",
    re.IGNORECASE,
)
# A name of more words than this has run into the sentence.
_LONGEST = 160


def named_acts(scan: RefScan) -> Iterator[Act]:
    """Acts by name. What the glossary holds comes first; a longer name around it is another act's name."""
    yield from _listed(scan)
    yield from _unlisted_english(scan)
    yield from _unlisted_albanian(scan)
    for pattern in (_LAW_EN, _LAW_SQ):
        for match in pattern.finditer(scan.text):
            end = _end_of_name(scan.text, match.end())
            if end > match.end():
                yield Act(match.start(), end, "named_act", "law", scan.text[match.start() : end])


def _listed(scan: RefScan) -> Iterator[Act]:
    best = {}
    for hit in scan.hits:
        entries = [e for e in hit.entries if e.concept.kind == "instrument"]
        words = scan.text[hit.start : hit.end]
        if not words[:1].isupper() and " " not in words and not words[:1].isdigit():
            continue
        # `criminal code` in small letters is the code as well; `law on police` in small letters too.
        best[hit.start, hit.end] = entries
    for start, end in without_overlaps(best):
        entries = best[start, end]
        short = all(e.term.sort == "abbreviation" for e in entries)
        ending = ABBREVIATION_ENDING.match(scan.text, end) if short else None
        kind = entries[0].concept.subkind
        yield Act(
            start, ending.end() if ending else end, "named_act", _ACT_TYPES.get(kind, kind), scan.text[start:end],
            attached_only=short and ending is None and end - start < _SHORTEST_ALONE,
        )  # fmt: skip


def _end_of_name(text: str, at: int) -> int:
    """Where a name that begins with a capital at `at` ends."""
    start = at
    first = re.compile(r"[A-ZÇË][\w'’-]*").match(text, at)
    if first is None:
        return at
    at = first.end()
    while at - start < _LONGEST:
        more = _GOES_ON.match(text, at)
        if more is None or _NEW_NAME.match(fold(more.group().split()[-1])) or fold(more.group().split()[-1]) in HEADS:
            break
        at = more.end()
    return at


def _unlisted_english(scan: RefScan) -> Iterator[Act]:
    for match in _EN_NAME.finditer(scan.text):
        start, end = match.span()
        skipped = _ARTICLES.match(match.group())
        if skipped:
            start += skipped.end()
        if match["topic"]:
            longer = _end_of_name(scan.text, match.end())
            end = longer if longer > match.end() else match.end("head")
        else:
            end = match.end("head")
        name = scan.text[start:end]
        lowered = name.lower()
        # `Code` alone is a word; `the Convention` alone is resolved as `this Convention` is.
        if name in ("Code", "Convention", "Protocol", "Charter", "Treaty", "Covenant") or _NO_LAW.search(lowered):
            continue
        if match["head"] in ("Code", "Protocol") and lowered.startswith(("code of conduct", "code of ethics")):
            yield Act(start, end, "named_act", "soft_law", name)
        else:
            kind = {"Code": "code", "Constitution": "constitution"}.get(match["head"], "convention")
            yield Act(start, end, "named_act", kind, name)


def _unlisted_albanian(scan: RefScan) -> Iterator[Act]:
    for match in _SQ_NAME.finditer(scan.text):
        end = _end_of_name(scan.text, match.end())
        name = scan.text[match.start() : end]
        if end <= match.end():
            continue
        kind = {"Kod": "code", "Kushtetut": "constitution"}.get(match["head"], "convention")
        if re.match(r"kod\w+ (?:i|te|e) (?:sjelljes|etikes)", name.lower().replace("ë", "e")):
            kind = "soft_law"
        yield Act(match.start(), end, "named_act", kind, name)
