"""Joins the forms of one word, lightly, for comparing labels: `teachers`/`teacher`, `mësuesve`/`mësues`."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.model import Lang

VERBS = {
    "held": "hold", "built": "build", "made": "make", "given": "give", "taken": "take", "paid": "pay", "spent": "spend",
    "found": "find", "bought": "buy", "sold": "sell", "won": "win", "lost": "lose", "met": "meet", "caught": "catch",
    "brought": "bring", "seen": "see", "drawn": "draw", "written": "write", "taught": "teach", "sent": "send",
    "begun": "begin", "chosen": "choose", "driven": "drive", "shut": "shut", "led": "lead",
    "dhene": "jep", "marre": "marr", "bere": "bej", "ngritur": "ngre", "thene": "thot", "lene": "le", "vene": "ve",
    "ngritura": "ngre", "dhena": "jep",
    "marra": "marr", "mbajtur": "mbaj", "hapur": "hap", "gjetur": "gjej",
}  # fmt: skip
"""Participles that no ending gives away, folded."""

_NOUNS = {
    "women": "woman", "men": "man", "children": "child", "people": "person", "police": "police", "data": "data",
    "gra": "grua", "grua": "grua",
    "grave": "grua", "grate": "grua", "burra": "burr", "burrave": "burr", "njerez": "njeri",
    "njerezve": "njeri",
    "njerezit": "njeri", "veta": "person", "vete": "person", "duar": "dore", "femije": "femij", "femijet": "femij",
    "femijeve": "femij", "thirrje": "thirrj", "thirrjet": "thirrj", "thirrjeve": "thirrj", "shtete": "shtet",
    "vende": "shtet",
    "vendet": "shtet", "vendeve": "shtet", "djem": "djal", "djemve": "djal", "qytete": "qytet", "klasa": "klas",
    "qarqe": "qark",
    "qarqeve": "qark", "qarqet": "qark", "muaj": "muaj", "muajve": "muaj",
}  # fmt: skip

# Words that count the same things in reports: states are countries, who participates is a member of what is joined.
_SAME = {
    "countr": "stat", "nation": "stat", "participat": "member", "participant": "member", "student": "pupil",
    "schoolchild": "pupil", "vend": "shtet", "pjesemarr": "anetar",
    "conduct": "hold", "organis": "hold", "organiz": "hold", "regist": "record", "register": "record",
    "regjistr": "regjistr", "shenu": "regjistr", "evident": "regjistr", "raport": "raport",
    "zhvill": "mbaj", "organizo": "mbaj", "kry": "mbaj",
}  # fmt: skip

_SQ_PARTICIPLE = (
    "uara",
    "uar",
    "uan",
    "uam",
    "ohet",
    "ohen",
    "imeve",
    "imet",
    "imit",
    "imin",
    "imi",
    "ime",
    "im",
    "oi",
    "ua",
)
_SQ_CASES = (
    "esve", "esit", "esin", "eset", "ave", "eve", "ove", "ive", "shem", "shme", "isht", "ishte", "ore", "are", "ve",
    "et", "it",
    "in", "ut", "un", "es", "en", "at", "as", "sh", "ne", "se", "te", "ja", "i", "e", "a", "t", "n", "u", "s",
)  # fmt: skip
_SQ_MARKS = re.compile(r"(?:uar|uara|imit|imeve|ave|eve|ive|esve|ues|uese)$|qe|xh|zh|gj|nj|rr|sht|ndj")


def stem(folded: str, lang: Lang) -> str:
    """The stem of a folded word; never shorter than three letters.

    >>> stem("trained", "en") == stem("training", "en"), stem("countries", "en") == stem("states", "en")
    (True, True)
    >>> stem("mesuesve", "sq") == stem("mesues", "sq"), stem("rasteve", "sq") == stem("rast", "sq")
    (True, True)
    """
    if lang not in ("sq", "en"):
        lang = "sq" if _SQ_MARKS.search(folded) else "en"
    return _stem(folded, lang)


@lru_cache(maxsize=20_000)
def _stem(folded: str, lang: Lang) -> str:
    word = VERBS.get(folded) or _NOUNS.get(folded)
    base = word if word else _albanian(folded) if lang == "sq" else _english(folded)
    return _SAME.get(base, base)


def _english(word: str) -> str:
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3]
    for ending, shortest in (
        ("ations", 3), ("ation", 3), ("ments", 4), ("ment", 4), ("ings", 3), ("ing", 3), ("ed", 3),
        ("ses", 3), ("xes", 3), ("ches", 3), ("shes", 3), ("zes", 3),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            keep = {"ses": 1, "xes": 1, "zes": 1, "ches": 2, "shes": 2}.get(ending, 0)
            word = word[: len(word) - len(ending) + keep]
            break
    else:
        if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
            word = word[:-1]
    if len(word) > 4 and word[-1] == word[-2] and word[-1] in "bdgmnprt":
        word = word[:-1]
    if len(word) > 3 and word[-1] in "ey":
        word = word[:-1]
    return word


# Endings that begin with a consonant follow a vowel; else they belong to the stem: rast, jo ras-t.
_AFTER_VOWEL = frozenset({"te", "ne", "se", "t", "n", "s", "ve", "sh", "ja"})


def _may_go(word: str, ending: str) -> bool:
    rest = word[: -len(ending)]
    return len(rest) >= 3 and (ending not in _AFTER_VOWEL or rest[-1] in "aeiouy")


# Who does something keeps the ending that says so: mësues is no mësim.
_SQ_AGENT = re.compile(r"(.+ues|nxenes|punonjes)(?:ve|it|in|i|e|et|ish|sh)?$")


def _albanian(word: str) -> str:
    agent = _SQ_AGENT.match(word)
    if agent:
        return agent[1]
    for endings in (_SQ_PARTICIPLE, _SQ_CASES):
        found = next((e for e in endings if word.endswith(e) and _may_go(word, e)), None)
        if found is not None:
            word = word[: -len(found)]
            break
    if len(word) > 3 and word[-1] in "eaiu":
        word = word[:-1]
    return word


_EN_PARTICIPLE = re.compile(r"[a-z]{3,}ed$")
_SQ_PARTICIPLE_WORD = re.compile(r"[a-z]{2,}(?:uar|uara|uarat|ur|yer|ier|jtura|pura)$")
_SQ_FINITE = re.compile(
    r"[a-z]{2,}(?:uan|uam|oi|ojne|ejne|ijne|ojn|onin|onte|ohen|ohet|ehet|ehen|hej|heshin|uat|oren|aren"
    r"|uten|eshin)$|[a-z]{3,}ua$"
)
_NO_PARTICIPLE = frozenset(
    "hundred need speed shed united red bed seed breed indeed feed weed ure mbrojtur kultur natyre figure "
    "procedure".split()
)


def is_participle(folded: str, lang: Lang) -> bool:
    """Whether the word says what was done: `trained`, `held`, `trajnuar`, `mbajtur`."""
    if folded in _NO_PARTICIPLE:
        return False
    if folded in VERBS:
        return True
    return bool((lang != "sq" and _EN_PARTICIPLE.match(folded)) or (lang != "en" and _SQ_PARTICIPLE_WORD.match(folded)))


def is_finite(folded: str, lang: Lang) -> bool:
    """Whether an Albanian word is a verb in a tense, by its ending: `trajnuan`, `funksionojnë`, `morën`."""
    return lang != "en" and (bool(_SQ_FINITE.match(folded)) or folded in _FINITE)


_FINITE = frozenset(
    "moren dhane bene erdhen shkuan mori dha beri ishin jane hyri doli arriti kapi zune zuri solli".split()
)
