"""Says what a figure counts: the noun phrase beside it, and the key by which two such phrases compare.

Reads: a Scan and a Figure. Writes: label and label_key. Written forms: `600 teachers trained`, `trained 600 teachers`,
`600 teachers were trained`, `Teachers trained: 600`, `the number of cases was 45`, `600 mësues të trajnuar`,
`u trajnuan 600 mësues`, `numri i rasteve: 45`, `buxheti prej 2 milionë lekësh`; for a contact the words before it:
`line of the Ministry of Interior 116006`.
"""

from __future__ import annotations

import re

from pipeline.find.scan import Scan, Word
from pipeline.find.stems import is_finite, is_participle, stem
from pipeline.languages import CURRENCIES, MAGNITUDES, MONTHS, ORDINALS, WEEKDAYS
from pipeline.model import Figure

# Words that a noun phrase may hold and that carry nothing for comparison.
_LIGHT = frozenset(
    """the a an of its their his her this these those our all some various different several such same
    i e te se nje ky kjo keto keta ato tij saj tyre te gjithe gjitha ndryshme ndryshem disa""".split()
)
_PREPOSITIONS = frozenset(
    """in on at for from by with to under over during within between among against through since until before after per
    than as about into without across throughout via regarding concerning towards out alongside
    ne nga per me mbi nen pa gjate deri ndaj mes ndermjet prej sipas pas para tek kunder rreth lidhur brenda jashte
    permes nepermjet krahas""".split()
)
_BREAKS = frozenset(
    """and or but while whereas that which who whom whose when where if because so then
    dhe ose apo por qe cili cila cilat cilet ku kur ndersa si sepse nese edhe kurse""".split()
)
_AUXILIARIES = frozenset(
    """is are was were be been being has have had having will would shall should may might can could must do does did
    eshte jane ishte ishin qene ka kane kishte kishin kemi do u duhet mund po nuk""".split()
)
_STOPS = (
    _PREPOSITIONS | _BREAKS | _AUXILIARIES | frozenset("not only also both each there no jo vetem gjithashtu".split())
)
_FUNCTION = _LIGHT | _STOPS
FUNCTION_WORDS = _FUNCTION
"""Words of either language that name nothing."""
_DETERMINERS = frozenset("the this that a each every their its".split())

# Words between a figure and what was done (`trained about 600 teachers`) or what it measures (`budget of about 2`).
_SKIPPED_BEFORE = frozenset(
    """about around approximately nearly almost over under more less fewer least most than to up at total some only just
    rreth afersisht gati mbi nen shume pak paku pakten gjithsej vetem deri ne nje a an the of in te se prej me as by
    pothuajse perafersisht afro further another additional i e""".split()
)
_COPULAS = _AUXILIARIES | frozenset(
    """of prej at to in ne me reached amounted totalled totaled stood rose fell increased decreased amounts reaches
    equals
    arriti kapi shkoi arrin kap perben perbejne perbente perbenin zene ze made make makes up constitute constitutes
    represent represents represented accounted account was were about around over more than rreth mbi gati afersisht
    approximately nearly total gjithsej vetem only just u rrit ulet ul""".split()
)
_LABEL_NOUNS = frozenset(
    "number numbers total count sum numri numrin numrit totali totalin shuma shumen shumes vlera vleren".split()
)

# Words, at most, of a label; more is a sentence.
_LONGEST_LABEL = 9
_NAMED_MARK = re.compile(r"\s*[:=–—(-]\s*$")
_SMOOTH = " \u00a0\"“”„'‘’"


def label_of(scan: Scan, figure: Figure) -> tuple[str, tuple[str, ...]]:
    """The label as written and its key: stems of its content words in order, then what was done to them with a
    plus sign before it: ("teacher", "+train"). Empty where nothing is counted.
    """
    start, end = figure.span.start, figure.span.end
    if figure.kind in ("phone", "email", "url"):
        words = _before_contact(scan, start)
        return _quoted(scan, words), _key(scan, words)
    if figure.kind in ("date", "date_range"):
        words = _before_date(scan, start)
        key = _event_words(scan, words)
        return (_quoted(scan, words), key) if key else ("", ())
    if figure.kind not in ("count", "amount", "percent", "age", "ratio", "ordinal"):
        return "", ()
    if figure.kind == "percent" or figure.kind == "ratio":
        index = scan.word_index(end)
        if (
            index < len(scan.words)
            and scan.words[index].folded in ("of", "e", "te", "i")
            and scan.words[index].start - end <= 1
        ):
            end = scan.words[index].end
    after = _after(scan, end) if figure.kind != "amount" else []
    event = None if _in_phrase(scan, start) else _event_after(scan, after[-1].end if after else end)
    event = event or _event_before(scan, start)
    named = [] if after else _named_before(scan, start) or _subject_before(scan, start)
    words = after or named
    if not words and event is None:
        return "", ()
    key = _key(scan, words)
    if event is not None and (done := "+" + stem(event.folded, scan.lang)) not in key:
        key += (done,)
    return _quoted(scan, words or [event] if event else words), key


def _quoted(scan: Scan, words: list[Word]) -> str:
    return scan.text[words[0].start : words[-1].end] if words else ""


def _key(scan: Scan, words: list[Word]) -> tuple[str, ...]:
    """Stems of the content words; participles, which say what was done, come last and have a plus sign."""
    things: list[str] = []
    done: list[str] = []
    for word in words:
        if word.folded in _FUNCTION or len(word.folded) < 2:
            continue
        if is_participle(word.folded, scan.lang):
            done.append("+" + stem(word.folded, scan.lang))
        else:
            things.append(stem(word.folded, scan.lang))
    return (*things, *dict.fromkeys(done))


def _after(scan: Scan, end: int) -> list[Word]:
    """The words of the noun phrase that begins right after `end`; without trailing function words."""
    words = scan.words
    index = scan.word_index(end)
    taken: list[Word] = []
    at = end
    while index < len(words) and len(taken) < _LONGEST_LABEL:
        word = words[index]
        if word.start - at > 4 or scan.text[at : word.start].strip(_SMOOTH) not in ("", "-", "–"):
            break
        if word.folded in _STOPS or is_finite(word.folded, scan.lang):
            break
        if word.folded == "of" and not taken:
            break
        if not scan.free(word.start, word.end):
            break
        taken.append(word)
        at = word.end
        index += 1
        if (
            scan.lang != "sq"
            and len(taken) > 1
            and is_participle(word.folded, scan.lang)
            and _ends_phrase(scan, index, at)
        ):
            break
    while taken and taken[-1].folded in _FUNCTION:
        taken.pop()
    return taken if any(w.folded not in _FUNCTION for w in taken) else []


def _ends_phrase(scan: Scan, index: int, at: int) -> bool:
    """After `teachers trained` no noun follows, as it does after `newly trained teachers`."""
    if index >= len(scan.words):
        return True
    following = scan.words[index]
    return following.folded in _FUNCTION or bool(scan.text[at : following.start].strip())


def _event_after(scan: Scan, end: int) -> Word | None:
    """`600 teachers were trained`, `600 mësues u trajnuan`: what was done to them."""
    at = end
    seen = False
    index = scan.word_index(end)
    for word in scan.words[index : index + 5]:
        if scan.text[at : word.start].strip():
            return None
        at = word.end
        if word.folded in _AUXILIARIES or (seen and word.folded in ("also", "already", "successfully", "gjithashtu")):
            seen = True
        elif not seen:
            # Albanian needs no auxiliary: `31 njësi raportuan`.
            return word if is_finite(word.folded, scan.lang) else None
        else:
            found = is_participle(word.folded, scan.lang) or is_finite(word.folded, scan.lang)
            return word if found else None
    return None


_GOVERNING = frozenset("from of in for at with to among ne nga per te tek me".split())


def _in_phrase(scan: Scan, start: int) -> bool:
    """`ministers from 48 countries are committed`: not the countries are."""
    index = scan.word_index(start) - 1
    if index < 0:
        return False
    word = scan.words[index]
    return word.folded in _GOVERNING and not scan.text[word.end : start].strip()


def _event_before(scan: Scan, start: int) -> Word | None:
    """`trained 600 teachers`, `training of about 500 administrators`, `u trajnuan 600 mësues`."""
    at = start
    for index in range(scan.word_index(start) - 1, max(-1, scan.word_index(start) - 7), -1):
        word = scan.words[index]
        if scan.text[word.end : at].strip():
            return None
        at = word.start
        if word.folded in _SKIPPED_BEFORE:
            continue
        if is_participle(word.folded, scan.lang) or is_finite(word.folded, scan.lang):
            return word
        # `the meeting two memoranda` is a thing, `the training of 600` a deed.
        of = scan.words[index + 1].folded == "of" if index + 1 < len(scan.words) else False
        noun = not of and index > 0 and scan.words[index - 1].folded in _DETERMINERS
        return word if word.folded.endswith("ing") and len(word.folded) > 5 and not noun else None
    return None


def _named_before(scan: Scan, start: int) -> list[Word]:
    """`Teachers trained: 600`, `Numri i rasteve – 45`: the words before a colon, dash or bracket."""
    mark = _NAMED_MARK.search(scan.text, max(0, start - 4), start)
    if not mark:
        return []
    return _phrase_before(scan, mark.start())


def _subject_before(scan: Scan, start: int) -> list[Word]:
    """`the budget was 2 million`, `buxheti prej 2 milionë lekësh`, `women make up 45%`: the words before the verb."""
    index = scan.word_index(start) - 1
    at = start
    skipped = 0
    while index >= 0 and skipped < 6:
        word = scan.words[index]
        if scan.text[word.end : at].strip(_SMOOTH):
            return []
        if word.folded not in _COPULAS:
            break
        at = word.start
        skipped += 1
        index -= 1
    return _phrase_before(scan, at) if skipped else []


def _phrase_before(scan: Scan, end: int) -> list[Word]:
    """The noun phrase that ends at `end`, back to a stop, without `number of` before it."""
    index = scan.word_index(end) - 1
    taken: list[Word] = []
    at = end
    while index >= 0 and len(taken) < _LONGEST_LABEL:
        word = scan.words[index]
        if scan.text[word.end : at].strip(_SMOOTH) not in ("", "-"):
            break
        if word.folded in _STOPS or not scan.free(word.start, word.end):
            break
        taken.append(word)
        at = word.start
        index -= 1
    taken.reverse()
    while taken and (taken[0].folded in _LABEL_NOUNS or taken[0].folded in _FUNCTION):
        taken.pop(0)
    while taken and taken[-1].folded in _FUNCTION:
        taken.pop()
    known = MAGNITUDES.keys() | CURRENCIES.keys() | MONTHS.keys()
    return taken if any(w.folded not in known for w in taken) else []


# An event is told in the words before its date, at most this many, in the same sentence.
_EVENT_WORDS = 30
_EVENT_END = re.compile(r"[.!?;:\n\t]")


def _before_date(scan: Scan, start: int) -> list[Word]:
    """What happened on a date: `The agreement was signed on 8 March`; back to the sentence's or another date's end."""
    index = scan.word_index(start) - 1
    taken: list[Word] = []
    at = start
    while index >= 0 and len(taken) < _EVENT_WORDS:
        word = scan.words[index]
        between = scan.text[word.end : at]
        if any(c.isdigit() for c in between) or (_EVENT_END.search(between) and between.strip(". ") != ""):
            break
        if "." in between and word.folded not in ("dt", "d", "nr", "no", "dat"):
            break
        if word.folded in MONTHS and not scan.free(word.start, word.end):
            break
        if scan.free(word.start, word.end) or any(word.folded in ORDINALS[lang] for lang in scan.languages):
            taken.append(word)
        at = word.start
        index -= 1
    taken.reverse()
    return taken


def _event_words(scan: Scan, words: list[Word]) -> tuple[str, ...]:
    """Stems of the event's content words; verbs and participles with a plus sign, in order."""
    key: list[str] = []
    for word in words:
        if word.folded in _FUNCTION or len(word.folded) < 3 or word.folded in _DATE_WORDS:
            continue
        done = is_participle(word.folded, scan.lang) or is_finite(word.folded, scan.lang)
        key.append(("+" if done else "") + stem(word.folded, scan.lang))
    return tuple(key)


_DATE_WORDS = frozenset(
    "date dated date daten data dates muaj muajin muajit month day dite diten vit vitin vitit year".split()
) | frozenset(WEEKDAYS)

# A contact's own name stands within this many words before it.
_CONTACT_WORDS = 14
_CLAUSE_END = re.compile(r"[.!?;\n\t]|,\s")


def _before_contact(scan: Scan, start: int) -> list[Word]:
    """Which line, service or operator a contact is for: the words before it, back to the clause's start."""
    index = scan.word_index(start) - 1
    taken: list[Word] = []
    at = start
    while index >= 0 and len(taken) < _CONTACT_WORDS:
        word = scan.words[index]
        between = scan.text[word.end : at]
        if taken and (_CLAUSE_END.search(between) or any(c.isdigit() for c in between)):
            break
        if word.folded in ("and", "dhe", "or", "ose") and (len(taken) >= 2 or not taken):
            break
        taken.append(word)
        at = word.start
        index -= 1
    taken.reverse()
    while taken and taken[0].folded in _FUNCTION:
        taken.pop(0)
    return taken
