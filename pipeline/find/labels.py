"""Says what a figure counts: the noun phrase beside it, and the key by which two such phrases compare.

Reads: a Scan and a Figure. Writes: label and label_key. Written forms: `600 teachers trained`, `trained 600 teachers`,
`600 teachers were trained`, `Teachers trained: 600`, `number of cases: 45`, `600 mësues të trajnuar`, `u trajnuan 600
mësues`, `numri i rasteve: 45`; for a contact the words before it: `line of the Ministry of Interior 116006`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.find.scan import Scan, Word
from pipeline.languages import MONTHS
from pipeline.model import Figure

# Words that a noun phrase may hold and that carry nothing for comparison.
_LIGHT = frozenset(
    """the a an of its their his her this these those our all some various different several such same other
    i e te se nje ky kjo keto keta ato tij saj tyre te gjithe gjitha ndryshme ndryshem disa tjera tjere""".split()
)
_THROUGH = frozenset("of the a an its their i e te se".split())
_PREPOSITIONS = frozenset(
    """in on at for from by with to under over during within between among against through since until before after per
    than as about into without across throughout via regarding concerning towards
    ne nga per me mbi nen pa gjate deri ndaj mes ndermjet prej sipas pas para tek te_ kunder rreth lidhur brenda jashte permes
    nepermjet krahas""".split()
)
_BREAKS = frozenset(
    """and or but while whereas that which who whom whose when where if because so then
    dhe ose apo por qe cili cila cilat cilet ku kur ndersa se_ si sepse nese edhe kurse""".split()
)
_AUXILIARIES = frozenset(
    """is are was were be been being has have had having will would shall should may might can could must do does did
    eshte jane ishte ishin qene ka kane kishte kishin kemi do u duhet mund po nuk""".split()
)
_STOPS = (
    _PREPOSITIONS
    | _BREAKS
    | _AUXILIARIES
    | frozenset("not only also both each there no nuk jo vetem gjithashtu".split())
)

_FUNCTION = _LIGHT | _STOPS
# Words before a figure that say nothing of what it counts.
_SKIPPED_BEFORE = frozenset(
    """about around approximately nearly almost over under more less fewer least most than to up at total some only just
    rreth afersisht gati mbi nen shume pak paku pakten gjithsej vetem deri ne a an the of in nje te se prej me
    pothuajse perafersisht afro further another additional""".split()
)
_LABEL_NOUNS = frozenset(
    "number total amount count sum share numri numrin numrit totali totalin shuma shumen shumes vlera vleren".split()
)

_LONGEST_LABEL = 9
_GAP = re.compile(r"[ \u00a0\t]*[-–]?[ \u00a0]*[\"“”„'‘’]?")
_COLON = re.compile(r"\s*(?:[:=–—-]|\()\s*$")

_IRREGULAR = {
    "held": "hold", "built": "build", "made": "make", "given": "give", "taken": "take", "paid": "pay", "spent": "spend",
    "found": "find", "bought": "buy", "sold": "sell", "women": "woman", "men": "man", "children": "child",
    "people": "person", "persons": "person", "won": "win", "lost": "lose", "met": "meet", "caught": "catch",
    "brought": "bring", "seen": "see", "known": "know", "drawn": "draw", "written": "write", "taught": "teach",
    "gra": "grua", "grave": "grua", "grate": "grua", "burra": "burre", "burrave": "burre", "njerez": "njeri",
    "njerezve": "njeri", "veta": "vet", "vete": "vet",
}  # fmt: skip

# Words of one meaning in counting: states and countries, members and participants.
_SAME = {
    "countr": "stat", "nation": "stat", "participat": "member", "participant": "member", "student": "pupil",
    "schoolchild": "pupil", "vend": "shtet", "vende": "shtet", "pjesemarr": "anetar", "pjesemarre": "anetar", "anetar": "anetar",
    "conduct": "hold", "organis": "hold", "organiz": "hold", "regist": "record", "kry": "zhvill", "organizu": "zhvill",
}  # fmt: skip

_EN_ENDINGS = ("ations", "ation", "ings", "ing", "ed", "ies", "es", "s", "ors", "er")
_SQ_ENDINGS = (
    "imeve", "imet", "imit", "imin", "imi", "ime", "im", "uara", "uar", "uan", "ohen", "ave", "eve", "ve", "eve", "ove", "oret", "ore",
    "are", "at", "et", "it", "in", "ut", "un", "es", "en", "as", "ne", "se", "te", "i", "e", "a", "t", "n", "u", "s",
)  # fmt: skip


@lru_cache(maxsize=20_000)
def stem(folded: str) -> str:
    """A light stem that joins the forms of one word in either language; never shorter than three letters.

    >>> stem("trained") == stem("training"), stem("mesuesve") == stem("mesues"), stem("rasteve") == stem("raste")
    (True, True, True)
    >>> stem("countries") == stem("states")
    True
    """
    word = _IRREGULAR.get(folded, folded)
    base = _english(word) if _looks_english(word) else _albanian(word)
    return _SAME.get(base, base)


_ENGLISH_MARKS = re.compile(
    r"(?:w|ck|ing$|ed$|tion|ght|ph|[^aeiou]ies$|ers$|ors$|ees$|ments?$|ships?$|sch|ea|oo|ou|ee|ss$)"
)
_ALBANIAN_MARKS = re.compile(
    r"(?:uar$|imit$|imeve$|ave$|eve$|ive$|[^q]qe|xh|zh|dhj|gj|shte|ndj|nj|uara$|ues(?:ve|it|in|i|e|et)?$|shm|rr)"
)


def _looks_english(word: str) -> bool:
    return not _ALBANIAN_MARKS.search(word)


def _english(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3]
    if len(word) > 6 and word.endswith(("ations", "ation")):
        word = word[: word.rindex("ation")]
    elif len(word) > 5 and word.endswith("ings"):
        word = word[:-4]
    elif (len(word) > 5 and word.endswith("ing")) or (len(word) > 5 and word.endswith("ied")):
        word = word[:-3]
    elif (len(word) > 4 and word.endswith("ed")) or (
        len(word) > 4 and word.endswith(("ses", "xes", "ches", "shes", "zes"))
    ):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    else:
        word = (
            _albanian(word)
            if word.endswith(("t", "ve", "n", "a", "i"))
            and len(word) > 4
            and not word.endswith(("tion", "ent", "ant", "ist", "on", "an", "ian"))
            else word
        )
    if len(word) > 4 and word[-1] == word[-2] and word[-1] in "bdgmnprt":
        word = word[:-1]
    if len(word) > 3 and word[-1] in "ey":
        word = word[:-1]
    return word


def _albanian(word: str) -> str:
    for ending in _SQ_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] in "eai":
        word = word[:-1]
    return word


def label_of(scan: Scan, figure: Figure) -> tuple[str, tuple[str, ...]]:
    """The label as written and its key: stems of its content words in order, then what was done to
    them with a plus sign before it: ("teacher", "+train"). Empty where nothing is counted."""
    start, end = figure.span.start, figure.span.end
    if figure.kind in ("phone", "email", "url"):
        return _before_contact(scan, start)
    if figure.kind in ("article_number", "paragraph_number", "list_number", "action_number", "time"):
        return "", ()
    if figure.kind in (
        "date",
        "date_range",
        "period",
        "year",
        "order_number",
        "decision_number",
        "law_number",
        "directive_number",
    ):
        return "", ()
    after = _after(scan, end)
    event = _event_after(scan, after, end) if figure.kind in ("count", "amount", "percent") else None
    before = _event_before(scan, start)
    if not after:
        named = _named_before(scan, start)
        if named:
            return scan.text[named[0].start : named[-1].end], _key(named)
    event = event or before
    if after:
        return scan.text[after[0].start : after[-1].end], _key(after) + _event_key(event)
    return ("", ()) if event is None else (scan.text[event.start : event.end], _event_key(event))


def _event_key(event: Word | None) -> tuple[str, ...]:
    return () if event is None else ("+" + stem(event.folded),)


def _key(words: list[Word]) -> tuple[str, ...]:
    return tuple(stem(w.folded) for w in words if w.folded not in _FUNCTION and len(w.folded) > 1)


def _after(scan: Scan, end: int) -> list[Word]:
    """The words of the noun phrase that begins right after `end`; without trailing function words."""
    words = scan.words
    index = scan.word_index(end)
    taken: list[Word] = []
    at = end
    of_seen = False
    while index < len(words) and len(taken) < _LONGEST_LABEL:
        word = words[index]
        if scan.text[at : word.start].strip(" \u00a0\"“”„'‘’") not in ("", "-", "–") or word.start - at > 4:
            break
        if word.folded in _STOPS and not (word.folded == "te" or word.folded == "se"):
            break
        if word.folded in ("of",):
            if of_seen and len(taken) > 4:
                break
            of_seen = True
        if word.folded in MONTHS and not scan.free(word.start, word.end):
            break
        taken.append(word)
        at = word.end
        index += 1
    while taken and taken[-1].folded in _FUNCTION:
        taken.pop()
    return taken if any(w.folded not in _FUNCTION for w in taken) else []


_PARTICIPLE = re.compile(r"(?:ed|uar|ur|ar|ere|ene|ure|yer|ier|uan|uara)$")


def _event_after(scan: Scan, after: list[Word], end: int) -> Word | None:
    """`600 teachers were trained`: the participle after the auxiliaries, which the key takes as a modifier."""
    index = scan.word_index(after[-1].end if after else end)
    words = scan.words
    at = after[-1].end if after else end
    seen = False
    for word in words[index : index + 5]:
        if scan.text[at : word.start].strip():
            return None
        at = word.end
        if word.folded in _AUXILIARIES or (
            seen and word.folded in ("also", "already", "not", "successfully", "gjithashtu")
        ):
            seen = True
            continue
        if not seen:
            return None
        return word if _PARTICIPLE.search(word.folded) or word.folded in _IRREGULAR else None
    return None


def _event_before(scan: Scan, start: int) -> Word | None:
    """`trained 600 teachers`, `training of about 500 administrators`, `u trajnuan 600 mësues`."""
    index = scan.word_index(start) - 1
    words = scan.words
    at = start
    for _ in range(5):
        if index < 0:
            return None
        word = words[index]
        if scan.text[word.end : at].strip():
            return None
        if word.folded in _SKIPPED_BEFORE:
            at = word.start
            index -= 1
            continue
        if (_PARTICIPLE.search(word.folded) and len(word.folded) > 4) or word.folded in _IRREGULAR:
            return word
        noun = index > 0 and words[index - 1].folded in _DETERMINERS
        return word if word.folded.endswith("ing") and len(word.folded) > 5 and not noun else None
    return None


def _named_before(scan: Scan, start: int) -> list[Word]:
    """`Teachers trained: 600`, `Numri i rasteve – 45`: the words before a colon, dash or bracket, from the clause's start."""
    mark = _COLON.search(scan.text, max(0, start - 4), start)
    if not mark:
        return []
    index = scan.word_index(mark.start()) - 1
    taken: list[Word] = []
    at = mark.start()
    while index >= 0 and len(taken) < _LONGEST_LABEL:
        word = scan.words[index]
        between = scan.text[word.end : at]
        if between.strip(" \u00a0\"“”„'‘’"):
            break
        taken.append(word)
        at = word.start
        index -= 1
    taken.reverse()
    while taken and taken[0].folded in _LABEL_NOUNS | _THROUGH:
        taken.pop(0)
    return taken if any(w.folded not in _FUNCTION for w in taken) else []


_DETERMINERS = frozenset("the this that a each every their its".split())
_CLAUSE_START = re.compile(r"[.;:!?\n\t]\s|\b(?:and|dhe)\s(?:a|the|nje)\s|,\s")
# A contact's own name stands within these words before it.
_CONTACT_WORDS = 14


def _before_contact(scan: Scan, start: int) -> tuple[str, tuple[str, ...]]:
    """Which line, service or operator a contact is for: the words before it, back to the clause's start."""
    index = scan.word_index(start) - 1
    taken: list[Word] = []
    at = start
    while index >= 0 and len(taken) < _CONTACT_WORDS:
        word = scan.words[index]
        between = scan.text[word.end : at]
        if re.search(r"[.;!?\n\t]|,\s", between) and taken:
            break
        if word.folded in ("and", "dhe") and len(taken) >= 2:
            break
        taken.append(word)
        at = word.start
        index -= 1
    taken.reverse()
    while taken and taken[0].folded in _FUNCTION:
        taken.pop(0)
    if not taken:
        return "", ()
    return scan.text[taken[0].start : taken[-1].end], _key(taken)
