"""Albanian case forms of a name: the first word takes the ending, the linking particle agrees, the rest stays.

`Ministria e Brendshme`, `Ministrisë së Brendshme`, `Ministrinë e Brendshme`; `Këshilli i Lartë Gjyqësor`,
`Këshillit të Lartë Gjyqësor`, `Këshillin e Lartë Gjyqësor`; `AKEP-it`, `KLGJ-së`.
"""

from __future__ import annotations

import re

# Ending of the definite nominative, and what the genitive/dative/ablative and the accusative have instead.
_FEMININE = (
    ("oja", (("osë",), ("onë",))),
    ("ia", (("isë",), ("inë",))),
    ("ja", (("jes", "es"), ("jen", "en"))),
    ("a", (("ës",), ("ën",))),
)
_MASCULINE = (("u", (("ut",), ("un",))), ("i", (("it",), ("in",))))
_PLURAL = (("ët", ("ëve",)), ("at", ("ave",)), ("et", ("eve",)), ("it", ("ive",)))
# From these words on, a particle agrees with another noun than the first and stays as it is.
_OTHER_PHRASE = frozenset("për nga në kundër mbi pranë ndaj me dhe".split())

# Endings that a capital abbreviation takes, with or without its hyphen: KLGJ-ja, AKEP-it, OJQ-ve, KPP-së.
ABBREVIATION_ENDING = re.compile(
    r"[-‐‑–](?:ja|së|se|s|në|ne|n|it|in|i|ut|un|u|të|te|ve|t|jes|jen)(?![^\W_])", re.IGNORECASE
)


def case_forms(name: str) -> tuple[str, ...]:
    """The genitive and accusative forms of a name given in the definite nominative; none for a foreign name.

    >>> case_forms("Drejtoria e Përgjithshme e Policisë së Shtetit")
    ('Drejtorisë së Përgjithshme të Policisë së Shtetit', 'Drejtorinë e Përgjithshme të Policisë së Shtetit')
    >>> case_forms("Kodi i Procedurës Penale")
    ('Kodit të Procedurës Penale', 'Kodin e Procedurës Penale')
    >>> case_forms("World Vision")
    ()
    """
    first, *rest = name.split() or [""]
    for ending, (genitives, accusatives) in (*_FEMININE, *_MASCULINE):
        if first.endswith(ending) and len(first) > len(ending) + 2:
            feminine = ending.endswith("a")
            stem = first[: -len(ending)]
            # A name that goes on must do so with a particle, an adjective or a preposition of Albanian.
            if rest and not _is_albanian(name, rest):
                return ()
            return (
                *(" ".join([stem + g, *_agreeing(rest, feminine, genitive=True)]) for g in genitives),
                *(" ".join([stem + a, *_agreeing(rest, feminine, genitive=False)]) for a in accusatives),
            )
    for ending, genitives in _PLURAL:
        if first.endswith(ending) and rest and rest[0] == "e":
            return tuple(" ".join([first[: -len(ending)] + g, "të", *rest[1:]]) for g in genitives)
    return ()


def _is_albanian(name: str, rest: list[str]) -> bool:
    return any(c in name for c in "ëç") or any(w in ("i", "e", "të", "së", *_OTHER_PHRASE) for w in rest)


def _agreeing(rest: list[str], feminine: bool, *, genitive: bool) -> list[str]:
    """The words after the first, with the particles that agree with it in the case asked for."""
    words: list[str] = []
    own = True
    for at, word in enumerate(rest):
        own = own and word not in _OTHER_PHRASE
        if own and word in ("i", "e"):
            if genitive:
                word = "së" if feminine and at == 0 else "të"
            else:
                word = "e" if at == 0 else "të"
        words.append(word)
    return words


# Words that link the parts of an English term; the word before the first one is the head that takes the plural.
_EN_LINKS = frozenset("of in for on to against with from by at under as into between and or".split())


def plural_form(term: str) -> str:
    """The regular plural of an English noun term; empty where it is one already, or none is made.

    >>> plural_form("protection order"), plural_form("victim of trafficking"), plural_form("rights")
    ('protection orders', 'victims of trafficking', '')
    """
    words = term.split()
    head = next((i for i, w in enumerate(words) if w.lower() in _EN_LINKS), len(words)) - 1
    word = words[head] if 0 <= head < len(words) else ""
    if not word.isalpha() or not word[-1:].islower() or word.endswith(("s", "ing", "ly", "ed")):
        return ""
    if word.endswith(("x", "ch", "sh")):
        words[head] = word + "es"
    elif word.endswith("y") and word[-2:-1] not in "aeiou":
        words[head] = word[:-1] + "ies"
    else:
        words[head] = word + "s"
    return " ".join(words)
