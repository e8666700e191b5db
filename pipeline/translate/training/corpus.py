"""Read the sentence pairs, set some aside by document before anything else, and leave out what must not be trained on.

Reads: data/corpus/<family>_<nn>.tsv, <general>/<source>.tsv.gz, <mono>/*.sq.txt.gz
Writes: Corpus
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

# Whole files (a file is one document or one topic), one of each family whose figures are reported: never trained on.
HELD_OUT_TEST = ("civ_12", "gov_11", "intl_09", "law_07", "news_17", "rep_13", "stat_15", "term_08")
# Whole files watched during training and used to choose decoding settings: never trained on either.
HELD_OUT_DEV = ("cyb_09", "eng_10", "loc_11")
# The last pairs of the OSCE/ODIHR corpus, one contiguous block: neighbouring lines come from one report, so lines
# drawn at random would have their neighbours in training.
OSCE = "osce_rosetta_balcanica"
OSCE_HELD_OUT = 400

# Files of the gathered corpus that are not trained on, with the reason.
LEFT_OUT = {
    "bible_albb_web": "religious: a style that no report has; licence of the translation not stated",
    "quran_ahmeti": "religious; licence of the translation not stated",
    "quran_mehdiu": "religious; licence of the translation not stated",
    "quran_nahi": "religious; licence of the translation not stated",
    "consul": "AGPL-3.0",
    "alaveteli": "AGPL-3.0",
    "globaleaks": "AGPL-3.0",
    "mastodon": "AGPL-3.0",
    "joinmastodon": "the site of an AGPL-3.0 project, licence not stated",
    "signal_desktop": "AGPL-3.0",
    "ckan": "AGPL-3.0",
    "qt_misc": "contains GCompris, AGPL-3.0",
    "pip_misc": "contains pretix, AGPL-3.0",
    "ilias": "old translation of uneven quality",
    "kde": "old partial translations",
    "vlc": "old translation of uneven quality",
}
# Gathered files of the institutional kind; the rest is interface text.
NEAR = ("osce_", "eu_law_", "udhr", "unicef_", "kosovo_", "opendatakosovo_", "govuk_", "philadelphia_", "al_en_ger")
# Interface strings shorter than this many Albanian words teach menus, not sentences.
SHORTEST_INTERFACE_STRING = 4
# Words a side; longer pairs are alignment errors more often than sentences, and cost memory.
LONGEST_SENTENCE = 110
# Mono text: characters a sentence, and a longest word above which words were glued together by the PDF's extraction.
MONO_LENGTH = (25, 420)
MONO_LONGEST_WORD = 24


@dataclass(frozen=True, slots=True)
class Pair:
    """One sentence in both languages and where it stood: `source` is the file's name, `line` counts from 0."""

    sq: str
    en: str
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Corpus:
    """Pairs by how they are used; `held_out` maps a set's name to its pairs, `dropped` counts reasons."""

    domain: tuple[Pair, ...]
    near: tuple[Pair, ...]
    interface: tuple[Pair, ...]
    lexicon: tuple[Pair, ...]
    held_out: dict[str, tuple[Pair, ...]]
    dropped: dict[str, int]


def family(source: str) -> str:
    """`law_07` -> `law`; a gathered file's name is its own family.

    >>> family("law_07"), family("osce_footnotes")
    ('law', 'osce_footnotes')
    """
    return re.sub(r"_\d+$", "", source)


def read_pairs(path: Path) -> Iterator[Pair]:
    """Pairs of one TSV file, plain or gzipped; lines without exactly two filled fields are skipped."""
    opener = gzip.open if path.suffix == ".gz" else open
    source = path.name.removesuffix(".gz").removesuffix(".tsv")
    with opener(path, "rt", encoding="utf-8") as stream:
        for number, line in enumerate(stream):
            fields = [field.strip() for field in line.rstrip("\n").split("\t")]
            if len(fields) == 2 and fields[0] and fields[1]:
                yield Pair(fields[0], fields[1], source, number)


def sentence_key(sentence: str) -> str:
    """What two sentences must share to count as the same: letters and digits only, ë and ç folded, no case.

    >>> sentence_key("Neni 5: Përkufizime") == sentence_key("neni 5 perkufizime")
    True
    >>> sentence_key("neni 5") == sentence_key("neni 6")
    False
    """
    folded = sentence.casefold().replace("ë", "e").replace("ç", "c")
    return "".join(character for character in folded if character.isalnum())


def without(pairs: Iterable[Pair], forbidden: frozenset[str]) -> tuple[tuple[Pair, ...], int]:
    """The pairs neither side of which is among the forbidden keys, and how many were dropped."""
    kept: list[Pair] = []
    dropped = 0
    for pair in pairs:
        if sentence_key(pair.sq) in forbidden or sentence_key(pair.en) in forbidden:
            dropped += 1
        else:
            kept.append(pair)
    return tuple(kept), dropped


def read_corpus(domain_folder: Path, general_folder: Path | None) -> Corpus:
    """Everything that may be trained on, and what was set aside first.

    Args:
        domain_folder: data/corpus, one file a document.
        general_folder: the gathered corpora, or None to train on the domain corpus alone.

    Raises:
        FileNotFoundError: a held-out file is missing, so that a score would be of something else.
    """
    held_out: dict[str, tuple[Pair, ...]] = {}
    for name in (*HELD_OUT_TEST, *HELD_OUT_DEV):
        path = domain_folder / f"{name}.tsv"
        if not path.exists():
            raise FileNotFoundError(f"{path}: a held-out document is missing; take data/corpus as it is committed")
        held_out[name] = tuple(read_pairs(path))

    domain = [
        pair for path in sorted(domain_folder.glob("*.tsv")) if path.stem not in held_out for pair in read_pairs(path)
    ]
    near: list[Pair] = []
    interface: list[Pair] = []
    lexicon: list[Pair] = []
    dropped: dict[str, int] = {}
    for path in sorted(general_folder.glob("*.tsv.gz")) if general_folder is not None else ():
        name = path.name.removesuffix(".tsv.gz")
        pairs = list(read_pairs(path))
        if name in LEFT_OUT:
            dropped[f"{name}: {LEFT_OUT[name]}"] = len(pairs)
        elif name == OSCE:
            near += pairs[:-OSCE_HELD_OUT]
            held_out["osce"] = tuple(pairs[-OSCE_HELD_OUT:])
        elif name.startswith(NEAR):
            near += pairs
        elif name.startswith("lexicon"):
            lexicon += pairs
        else:
            interface += [pair for pair in pairs if len(pair.sq.split()) >= SHORTEST_INTERFACE_STRING]

    forbidden = frozenset(
        sentence_key(side) for pairs in held_out.values() for pair in pairs for side in (pair.sq, pair.en)
    )
    groups: dict[str, tuple[Pair, ...]] = {}
    for label, group in (("domain", domain), ("near", near), ("interface", interface), ("lexicon", lexicon)):
        groups[label], dropped[f"{label}: a side occurs in a held-out set"] = without(
            (pair for pair in group if max(len(pair.sq.split()), len(pair.en.split())) <= LONGEST_SENTENCE), forbidden
        )
    return Corpus(groups["domain"], groups["near"], groups["interface"], groups["lexicon"], held_out, dropped)


def held_out_sets(corpus: Corpus) -> dict[str, tuple[Pair, ...]]:
    """The sets that are reported: `domain` (all test files), one a family, `osce` where it was read, and `dev`."""
    sets = {"domain": tuple(pair for name in HELD_OUT_TEST for pair in corpus.held_out[name])}
    sets.update({family(name): corpus.held_out[name] for name in HELD_OUT_TEST})
    if "osce" in corpus.held_out:
        sets["osce"] = corpus.held_out["osce"]
    sets["dev"] = tuple(pair for name in HELD_OUT_DEV for pair in corpus.held_out[name])
    return sets


def read_mono(folder: Path | None, forbidden: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Albanian sentences for back-translation, without duplicates, glued words and what is held out."""
    seen = set(forbidden)
    sentences: list[str] = []
    for path in sorted(folder.glob("*.sq.txt.gz")) if folder is not None else ():
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                sentence = line.strip()
                key = sentence_key(sentence)
                if (
                    MONO_LENGTH[0] <= len(sentence) <= MONO_LENGTH[1]
                    and max(map(len, sentence.split())) <= MONO_LONGEST_WORD
                    and sum(character.isalpha() for character in sentence) >= 0.6 * len(sentence)
                    and key not in seen
                ):
                    seen.add(key)
                    sentences.append(sentence)
    return tuple(sentences)
