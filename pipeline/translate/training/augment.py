"""Make from a pair the pairs that reports also hold: typed without ë and ç, scanned, in capitals, with other figures.

Every function takes a `random.Random`, so that a seed repeats a run, and returns a new value; a pair for which the
change cannot be made the same way on both sides comes back unchanged.

Reads: Pair, the glossary's facts (CSV)
Writes: Text (both sides of a sentence)
"""

from __future__ import annotations

import csv
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.translate.training.corpus import Pair

# Albanian, English.
Text = tuple[str, str]

DIGITS = re.compile(r"\d+")
WORD = re.compile(r"[^\W\d_]+")
# A digit group that stands for a year; swapped only for another year.
YEARS = range(1950, 2036)
NEW_YEARS = range(1995, 2027)
# Up to here a number may be a day or month, so it is swapped for one that still makes a date.
LARGEST_MONTH, LARGEST_DAY = 12, 31
# 0 and 1 decide between singular and plural, so they stay, and no other number becomes one of them.
AGREEING = (0, 1)

WITHOUT_DIACRITICS = str.maketrans("ëËçÇ", "eEcC")
# What scanners make of print; drawn, so the more frequent stand more often.
SCANNED = (
    ("ë", "e"), ("ë", "é"), ("ç", "c"), ("rn", "m"), ("m", "rn"), ("l", "1"), ("i", "í"), ("fi", "ﬁ"),
    ("e", "c"), ("h", "b"), ("u", "ii"), ("ll", "11"), (". ", " . "), (", ", " ,"), (" ", ""), (" ", "  "),
)  # fmt: skip
QUOTES = (("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"), ("„", "”"))
QUOTED = re.compile(r'(?:“([^“”"«»„]*)”)|(?:"([^“”"«»„]*)")')


def drop_diacritics(sentence: str) -> str:
    """As typed on a keyboard without ë and ç.

    >>> drop_diacritics("është çështje")
    'eshte ceshtje'
    """
    return sentence.translate(WITHOUT_DIACRITICS)


def add_scanning_noise(sentence: str, rng: random.Random, changes: int) -> str:
    """Up to `changes` misreadings, never inside or beside a digit: a misread figure would teach to change figures."""
    for _ in range(changes):
        printed, read = rng.choice(SCANNED)
        places = [
            match.start()
            for match in re.finditer(re.escape(printed), sentence)
            if not any(c.isdigit() for c in sentence[max(0, match.start() - 1) : match.end() + 1])
        ]
        if places:
            place = rng.choice(places)
            sentence = sentence[:place] + read + sentence[place + len(printed) :]
    return sentence


def capitalise(text: Text, rng: random.Random) -> Text:
    """Both sides in capitals, or short ones as a title."""
    sq, en = text
    if rng.random() < 0.75 or len(sq.split()) > 12:
        return sq.upper(), en.upper()
    return tuple(" ".join(word[:1].upper() + word[1:] for word in side.split(" ")) for side in text)  # type: ignore[return-value]


def requote(text: Text, rng: random.Random) -> Text:
    """Other quotation marks, drawn for each side by itself: reports mix them, the target side prefers English ones."""
    sq_open, sq_close = rng.choice(QUOTES)
    en_open, en_close = rng.choice(QUOTES[:2])
    sq = QUOTED.sub(lambda m: f"{sq_open}{m[1] if m[1] is not None else m[2]}{sq_close}", text[0])
    en = QUOTED.sub(lambda m: f"{en_open}{m[1] if m[1] is not None else m[2]}{en_close}", text[1])
    return sq, en


def _other_number(digits: str, rng: random.Random) -> str:
    """Another digit group of the same width and of the same kind (day, month, year, amount)."""
    value = int(digits)
    if value in AGREEING or digits.strip("0") == "":
        return digits
    if len(digits) == 4 and value in YEARS:
        return str(rng.choice(NEW_YEARS))
    if digits[0] == "0":
        return "0" * (len(digits) - 1) + rng.choice("23456789") if len(digits) == 2 else digits
    if value <= LARGEST_MONTH:
        low, high = (2, 9) if len(digits) == 1 else (10, 12)
        return str(rng.randint(low, high))
    if value <= LARGEST_DAY:
        return str(rng.randint(13, 28))
    return rng.choice("123456789") + "".join(rng.choice("0123456789") for _ in digits[1:])


def swap_figures(text: Text, rng: random.Random) -> Text:
    """The same sentence with other figures, the same ones on both sides; separators stay as each side wrote them.

    Only where both sides print the same digit groups equally often: a date in words on one side, or a number written
    out, leaves the pair as it is.

    >>> swap_figures(("neni 117", "Article 118"), random.Random(1))
    ('neni 117', 'Article 118')
    """
    sq, en = text
    groups = Counter(DIGITS.findall(sq))
    if not groups or groups != Counter(DIGITS.findall(en)):
        return text
    new = {digits: _other_number(digits, rng) for digits in sorted(groups)}
    if len(set(new.values())) < len(new):  # two figures became one: what was told apart no longer is
        return text
    return DIGITS.sub(lambda m: new[m[0]], sq), DIGITS.sub(lambda m: new[m[0]], en)


def shared_names(pairs: Iterable[Pair]) -> tuple[str, ...]:
    """Capitalised words that stand unchanged on both sides, never in lower case anywhere: names, mostly."""
    lower: set[str] = set()
    seen: Counter[str] = Counter()
    for pair in pairs:
        sq, en = WORD.findall(pair.sq), WORD.findall(pair.en)
        lower.update(word for word in (*sq, *en) if word.islower())
        seen.update({word for word in sq[1:] if word in en and word.istitle() and len(word) >= 4})
    return tuple(sorted(word for word in seen if word.casefold() not in lower))


def swap_names(text: Text, names: Sequence[str], known: frozenset[str], rng: random.Random) -> Text:
    """Names that stand unchanged on both sides replaced by others, the same on both sides."""
    sq, en = text
    shared = sorted((set(WORD.findall(sq)) & set(WORD.findall(en))) & known)
    new = {name: rng.choice(names) for name in shared}
    if not new:
        return text
    return (
        WORD.sub(lambda m: new.get(m[0], m[0]), sq),
        WORD.sub(lambda m: new.get(m[0], m[0]), en),
    )


def joined(pairs: Sequence[Pair], start: int, count: int) -> Text:
    """`count` consecutive pairs of one file from `start` as one; fewer where the file ends or a line is missing."""
    first = pairs[start]
    taken = [first]
    for pair in pairs[start + 1 : start + count]:
        if pair.source != first.source or pair.line != taken[-1].line + 1 or taken[-1].sq[-1:] not in '.!?”"':
            break
        taken.append(pair)
    return " ".join(pair.sq for pair in taken), " ".join(pair.en for pair in taken)


def augment(text: Text, from_albanian: bool, names: Sequence[str], known: frozenset[str], rng: random.Random) -> Text:
    """One draw of the changes above; noise only on the source side, since the target is what the model must write.

    The shares are small because every change is of a kind that most sentences of a report do not have.
    """
    if rng.random() < 0.25:
        text = swap_figures(text, rng)
    if rng.random() < 0.10:
        text = swap_names(text, names, known, rng)
    if rng.random() < 0.15:
        text = requote(text, rng)
    if rng.random() < 0.03:
        text = capitalise(text, rng)
    sq, en = text
    if from_albanian:
        if rng.random() < 0.10:
            sq = drop_diacritics(sq)
        if rng.random() < 0.06:
            sq = add_scanning_noise(sq, rng, rng.randint(1, 3))
    elif rng.random() < 0.05:
        en = add_scanning_noise(en, rng, rng.randint(1, 2))
    return sq, en


# --- the glossary's facts, as sentences -------------------------------------------------------------------------

# Kinds of institution whose English name takes "the" in running text.
WITH_ARTICLE = {
    "ministry", "court", "agency", "prosecution", "independent institution", "police unit", "education authority",
    "authority", "council", "committee", "parliament", "prosecution unit", "minister",
}  # fmt: skip
GENITIVE = re.compile(r"^\w+(?:së|it|ut)\b")
ACCUSATIVE = re.compile(r"^\w+(?:në|ën|in|un)\b")
IN_GENITIVE = (
    ("raporti i {}", "the report of the {}"), ("vendimi i {}", "the decision of the {}"),
    ("drejtori i {}", "the director of the {}"), ("kërkesa e {}", "the request of the {}"),
    ("sipas të dhënave të {}", "according to data of the {}"), ("pranë {}", "at the {}"),
    ("iu drejtua {}", "applied to the {}"), ("të dhënat e {}", "the data of the {}"),
    ("sipas {}", "according to the {}"), ("përfaqësuesit e {}", "representatives of the {}"),
)  # fmt: skip
IN_ACCUSATIVE = (
    ("në {}", "in the {}"), ("njoftoi {}", "notified the {}"), ("në bashkëpunim me {}", "in cooperation with the {}"),
    ("për {}", "for the {}"),
)  # fmt: skip
IN_NOMINATIVE = (
    ("nga {}", "by the {}"), ("{} njoftoi", "The {} announced"), ("{} ka kompetencë", "The {} is competent"),
    ("{} nuk është përgjigjur", "The {} has not replied"),
)  # fmt: skip
LETTERS = ("a", "b", "c", "ç", "d", "dh", "e", "f", "g")
MONTHS = (
    ("janar", "January"), ("shkurt", "February"), ("mars", "March"), ("prill", "April"), ("maj", "May"),
    ("qershor", "June"), ("korrik", "July"), ("gusht", "August"), ("shtator", "September"), ("tetor", "October"),
    ("nëntor", "November"), ("dhjetor", "December"),
)  # fmt: skip
# {a}, {b}: articles; {g}: the code's Albanian genitive, {c}: its English name; {p}: a small number; {l}: a letter.
CITATIONS = (
    ("neni {a} i {g}", "Article {a} of the {c}"), ("nenit {a} të {g}", "Article {a} of the {c}"),
    ("nenin {a} të {g}", "Article {a} of the {c}"), ("Neni {a} i {g}", "Article {a} of the {c}"),
    ("sipas nenit {a} të {g}", "under Article {a} of the {c}"),
    ("nenet {a} dhe {b} të {g}", "Articles {a} and {b} of the {c}"),
    ("neneve {a} dhe {b} të {g}", "Articles {a} and {b} of the {c}"),
    ("në bazë të nenit {a} të {g}", "pursuant to Article {a} of the {c}"),
    ("neni {a}, paragrafi {p}, i {g}", "Article {a}, paragraph {p}, of the {c}"),
    ("pika {p} e nenit {a} të {g}", "point {p} of Article {a} of the {c}"),
    ("neni {a}, pika {p}, shkronja “{l}”", "Article {a}, point {p}, letter “{l}”"),
    ("parashikuar nga neni {a} i {g}", "provided for by Article {a} of the {c}"),
    ("shkelje të nenit {a} të {g}", "a violation of Article {a} of the {c}"), ("neni {a}", "Article {a}"),
    ("nenet {a}-{b}", "Articles {a}-{b}"),
)  # fmt: skip
ACTS = (
    ("ligji nr. {n}, datë {d}", "Law No. {n}, dated {d}"), ("ligjit nr. {n}, datë {d}", "Law No. {n}, dated {d}"),
    ("ligjin nr. {n}", "Law No. {n}"), ("VKM nr. {n}, datë {d}", "DCM No. {n}, dated {d}"),
    ("vendimi i Këshillit të Ministrave nr. {n}, datë {d}", "Decision of the Council of Ministers No. {n}, dated {d}"),
    ("urdhri nr. {n}, datë {d}", "Order No. {n}, dated {d}"), ("LIGJ Nr. {n}, datë {d}", "LAW No. {n}, dated {d}"),
)  # fmt: skip
# {n}: the article's number, {t}: its title.
TITLED = (
    ("Neni {n}–{t}", "Article {n}–{t}"), ("Neni {n} – {t}", "Article {n} – {t}"),
    ("neni {n}, “{t}”", "Article {n}, “{t}”"), ("neni {n} ({t})", "Article {n} ({t})"),
    ("{t}", "{t}"), ("“{t}”", "“{t}”"),
)  # fmt: skip
# {0}: day, {1}: month, {2}: year.
DATES = (
    ("më {0} {1} {2}", "on {0} {1} {2}"), ("datë {0} {1} {2}", "dated {0} {1} {2}"),
    ("më datë {0} {1} {2}", "on {0} {1} {2}"), ("{0} {1} {2}", "{0} {1} {2}"), ("në {1} {2}", "in {1} {2}"),
)  # fmt: skip


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


class GlossaryFacts:
    """The glossary's rows as short sentence pairs, drawn afresh each time.

    Args:
        folder: holds articles.csv, institutions.csv, legal_instruments.csv and terms.csv.
    """

    def __init__(self, folder: Path) -> None:
        self.fixed: list[Text] = []
        self.institutions: list[tuple[str, str, str]] = []  # template set, Albanian form, English name
        self.codes: list[Text] = []  # Albanian genitive, English name
        self.articles: dict[str, list[tuple[str, str, str]]] = defaultdict(list)  # instrument -> number, titles
        instruments = _rows(folder / "legal_instruments.csv")
        for row in _rows(folder / "terms.csv"):
            for form in (row["term_sq"], *filter(None, row["variants_sq"].split("|"))):
                self.fixed.append((form, row["term_en"]))
        for row in _rows(folder / "institutions.csv"):
            if not row["name_sq"] or not row["name_en"]:
                continue
            self.fixed.append((row["name_sq"], row["name_en"]))
            if row["kind"] not in WITH_ARTICLE or row["name_en"].startswith("The "):
                continue
            self.institutions.append(("nominative", row["name_sq"], row["name_en"]))
            first = row["name_sq"].split()[0][:4]
            for form in filter(None, row["variants_sq"].split("|")):
                if form.startswith(first) and len(form.split()) == len(row["name_sq"].split()):
                    case = "genitive" if GENITIVE.match(form) else "accusative" if ACCUSATIVE.match(form) else None
                    if case is not None:
                        self.institutions.append((case, form, row["name_en"]))
        for row in instruments:
            self.fixed.append((row["title_sq"], row["title_en"]))
            if row["kind"] in ("code", "constitution", "convention"):
                english = row["variants_en"].split("|")[0] or row["title_en"]
                self.codes += [
                    (form, english.removeprefix("the "))
                    for form in row["variants_sq"].split("|")
                    if GENITIVE.match(form) and not form.startswith("i ") and len(form) > 6
                ]
        for row in _rows(folder / "articles.csv"):
            if row["title_sq"] and row["title_en"]:
                self.articles[row["instrument_id"]].append((row["article"], row["title_sq"], row["title_en"]))
        self._all_articles = [article for rows in self.articles.values() for article in rows]

    def draw(self, rng: random.Random) -> Text:
        """One pair: a term, an institution in a case, a citation, an act, a date or an article's title."""
        kind = rng.random()
        if kind < 0.25:
            return rng.choice(self.fixed)
        if kind < 0.50 and self.institutions:
            case, form, english = rng.choice(self.institutions)
            templates = {"genitive": IN_GENITIVE, "accusative": IN_ACCUSATIVE, "nominative": IN_NOMINATIVE}[case]
            sq, en = rng.choice(templates)
            return sq.format(form), en.format(english)
        if kind < 0.65 and self._all_articles:
            number, sq, en = rng.choice(self._all_articles)
            titled_sq, titled_en = rng.choice(TITLED)
            return titled_sq.format(n=number, t=sq), titled_en.format(n=number, t=en)
        if kind < 0.85 and self.codes:
            genitive, english = rng.choice(self.codes)
            first, second = sorted(rng.sample(range(2, 400), 2))
            values = {"a": _article(first, rng), "b": _article(second, rng), "p": str(rng.randint(1, 6)),
                      "l": rng.choice(LETTERS), "g": genitive, "c": english}  # fmt: skip
            sq, en = rng.choice(CITATIONS)
            return sq.format(**values), en.format(**values)
        if kind < 0.95:
            year = rng.choice(NEW_YEARS)
            by_year, plain, old = f"{rng.randint(2, 180)}/{year}", rng.randint(20, 900), rng.randint(7000, 10400)
            number = str(rng.choice((by_year, plain, old)))
            day, month = rng.randint(1, 28), rng.randint(1, 12)
            date = rng.choice((f"{day}.{month}.{year}", f"{day:02}.{month:02}.{year}"))
            sq, en = rng.choice(ACTS)
            return sq.format(n=number, d=date), en.format(n=number, d=date)
        sq_month, en_month = rng.choice(MONTHS)
        day, year = rng.randint(1, 28), rng.choice(NEW_YEARS)
        sq, en = rng.choice(DATES)
        return sq.format(day, sq_month, year), en.format(day, en_month, year)


def _article(number: int, rng: random.Random) -> str:
    """An article number as Albanian law writes it: 117, 293/ç, 143/2."""
    tail = rng.random()
    if tail < 0.25:
        return f"{number}/{rng.choice(LETTERS)}"
    return f"{number}/{rng.randint(1, 5)}" if tail < 0.30 else str(number)
