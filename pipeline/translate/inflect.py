"""Puts an Albanian name into the case that its place asks for: by a listed form, or by the regular endings.

Reads: a name as the glossary prefers it, the words before its place. Writes: the name as it stands there.

Real patterns: `Ministria e Brendshme`, `Ministrisë së Brendshme`, `Ministrinë e Brendshme`; `Këshilli i Lartë`,
`Këshillit të Lartë`, `Këshillin e Lartë`; `Agjencisë Kombëtare të Shoqërisë së Informacionit`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pipeline.languages import fold

Case = Literal["nominative", "definite", "genitive", "accusative"]
"""genitive: also dative and ablative, which are written alike; definite: a nominative with its article (`autori`)."""

# Endings that are written after an acronym (`AKEP-it`, `KLGJ-së`), with the case that each shows.
SUFFIXES: dict[str, Case] = {
    "i": "definite", "u": "definite", "ja": "definite", "it": "genitive", "ut": "genitive", "së": "genitive",
    "se": "genitive", "s": "genitive", "ve": "genitive", "in": "accusative", "un": "accusative", "në": "accusative",
    "ne": "accusative", "n": "accusative",
}  # fmt: skip

# Words (folded) right before a noun that fix its case.
GENITIVE_AFTER = frozenset(
    "i e te se prej sipas ndaj kunder gjate prane midis mes jashte brenda rreth permes nepermjet krahas".split()
)
ACCUSATIVE_AFTER = frozenset("ne me per mbi nen pa nder neper".split())
NOMINATIVE_AFTER = frozenset("nga tek".split())

_GENITIVE_ENDS = ("isë", "së", "ës", "es", "it", "ut", "ve")
_ACCUSATIVE_ENDS = ("inë", "në", "ën", "en", "in", "un")


def case_after(words: Sequence[str]) -> Case | None:
    """The case that the last of the words before a noun asks for; None where it does not tell."""
    last = fold(words[-1]) if words else ""
    if last in GENITIVE_AFTER:
        return "genitive"
    if last in ACCUSATIVE_AFTER:
        return "accusative"
    return "nominative" if last in NOMINATIVE_AFTER else None


def case_of(name: str, preferred: str) -> Case:
    """The case that a form of the name stands in, judged by the ending of its first word.

    >>> case_of("Ministrisë së Brendshme", "Ministria e Brendshme")
    'genitive'
    """
    first, base = name.split(" ")[0], preferred.split(" ")[0]
    if first == base:
        return "nominative"
    if first.endswith(_ACCUSATIVE_ENDS):
        return "accusative"
    return "genitive" if first.endswith(_GENITIVE_ENDS) else "nominative"


def in_case(preferred: str, case: Case, listed: Sequence[str] = ()) -> str:
    """The preferred name in the case: the listed form that has it, else by rule; as it is where no rule fits.

    >>> in_case("Ministria e Brendshme", "genitive"), in_case("Këshilli i Lartë Gjyqësor", "accusative")
    ('Ministrisë së Brendshme', 'Këshillin e Lartë Gjyqësor')
    >>> in_case("Agjencia Kombëtare e Shoqërisë së Informacionit", "genitive")
    'Agjencisë Kombëtare të Shoqërisë së Informacionit'
    """
    if case == "nominative":
        return preferred
    words = preferred.split(" ")
    for form in listed:
        parts = form.split(" ")
        same = len(parts) == len(words) and _is_form_of(parts[0], words[0]) and parts[-1] in (words[-1], parts[0])
        if same and form != preferred and _shows(parts[0], words[0], case):
            return form
    if case == "definite":
        return preferred
    ending = _declined(words[0], case)
    if ending is None:
        return preferred
    return " ".join([ending, *_with_particle(words[0], words[1:], case)])


def _is_form_of(word: str, base: str) -> bool:
    """Whether two words begin alike and differ in an ending of three letters at most."""
    a, b = fold(word), fold(base)
    return a[: max(2, len(b) - 1)] == b[: max(2, len(b) - 1)] and abs(len(a) - len(b)) <= 3


def _shows(word: str, base: str, case: Case) -> bool:
    """Whether a singular form of the noun shows the case by its ending."""
    if case == "definite":
        return word.endswith(("i", "a", "u")) and word != base
    return case_of(word, base) == case and not word.endswith(("ve", "at", "et", "ët"))


def _declined(word: str, case: Case) -> str | None:
    """The definite noun in the case; None where its ending is not a regular definite one."""
    genitive = case == "genitive"
    for base, dative, accusative in (
        ("ia", "isë", "inë"),
        ("ja", "jes", "jen"),
        ("a", "ës", "ën"),
        ("i", "it", "in"),
        ("u", "ut", "un"),
    ):
        if word.endswith(base):
            return word[: -len(base)] + (dative if genitive else accusative)
    return None


def _with_particle(noun: str, rest: list[str], case: Case) -> list[str]:
    """The linking particle in agreement: the first `i` or `e` after the noun, wherever it stands."""
    feminine = noun.endswith("a")
    for i, word in enumerate(rest):
        if word not in ("i", "e"):
            continue
        if case == "genitive":
            agreed = "së" if feminine and i == 0 else "të"
        else:
            agreed = "e" if i == 0 else "të"
        return [*rest[:i], agreed, *rest[i + 1 :]]
    return rest


def plural_en(name: str) -> str:
    """The English name in the plural: its head noun, which stands last or before the first preposition.

    >>> plural_en("notice and takedown procedure"), plural_en("memorandum of understanding"), plural_en("child at risk")
    ('notice and takedown procedures', 'memoranda of understanding', 'children at risk')
    """
    words = name.split(" ")
    at = next((i - 1 for i, w in enumerate(words) if i and w in PREPOSITIONS), len(words) - 1)
    words[at] = _plural_word(words[at])
    return " ".join(words)


PREPOSITIONS = frozenset("of for in to on with against at by from under between".split())
IRREGULAR = {"child": "children", "person": "persons", "woman": "women", "man": "men", "memorandum": "memoranda",
             "staff": "staff", "police": "police", "media": "media", "data": "data"}  # fmt: skip


def _plural_word(word: str) -> str:
    lower = word.lower()
    if lower in IRREGULAR:
        return word[0] + IRREGULAR[lower][1:]
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is")):
        # A plural already: `child sexual abuse images`.
        return word
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if lower.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    return word + "s"


# English words after which a countable noun stands in the plural.
PLURAL_AFTER = frozenset(
    "two three four five six seven eight nine ten many several some few these those various all both most other".split()
)

# Endings (folded) of Albanian plurals that no singular has, at the noun's end: `viktimave`, `procedurat`, `rastet`.
_PLURAL_ENDS = ("ave", "eve", "ive", "uve", "at", "et", "esh", "ash")


def is_plural_sq(name: str) -> bool:
    """Whether the first word of an Albanian name or term can only be a plural; the head noun stands first.

    >>> is_plural_sq("procedurat e njoftimit"), is_plural_sq("procedurës së njoftimit"), is_plural_sq("neneve")
    (True, False, True)
    """
    first = fold(name.split(" ")[0])
    return len(first) > 4 and first.endswith(_PLURAL_ENDS) and not first.endswith(("itet", "ktet"))
