"""Random text from pieces of both languages' grammars, thrown at the finders and the segmenter."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

from tests.trust import Tally

ROOT = Path(__file__).parent.parent.parent

# Longest that one short text may take, in seconds.
HANG = 1.0

PIECES = (
    "neni", "nenit", "nenet", "Article", "Articles", "Art.", "pika", "paragrafi i katërt", "shkronja \"a\"",
    "i Kodit Penal", "të Kodit Penal", "of the Criminal Code", "of this Code", "i këtij Kodi", "Ligji nr.",
    "Law No.", "VKM nr.", "DCM No.", "datë", "dt.", "dated", "më", "on", "Order no.", "Urdhri nr.", "Direktiva",
    "Directive", "2011/93/BE", "EC", "293/ç", "74/a", "117", "108,", "dhe", "and", "-", "–", "deri në", "to",
    "10.06.2014", "10.06.06.2014", "05,05,2014", "31.06.2014", "5 dhjetor 2012", "5 December 2012", "1.200.000",
    "1,200,000", "1 200 000", "1\u00a0200", "0,5 %", "%", "lekë", "EUR", "€", "mijë", "milion", "million",
    "shtatë (7)", "seven (8)", "njëmijë e dyqind", "six hundred", "ALO 116", "ALOI 16", "116-006",
    "+355 4 2223 444", "(04)", "a@b.al", "www.x.al", "Ministria e Drejtësisë", "Ministrisë së Brendshme",
    "(MD)", "Ministry of lnterior", "MoI", "Action #1", "Action No. 1", "1.", "a)", "k)", "(", ")", "\"", "“",
    "”", "«", "»", "/", "\n", "\t", "  ", "<p>", "</p>", "<u>", "&amp;", "•", "#", "1" * 60, "\u0301", "\u202e",
    "٣", "１２", "½", "\x00", "\ud800", "é", "Ã«", "ë", "ç", "e\u0308", "’",
)  # fmt: skip


def random_text(rng: random.Random) -> str:
    """One to twenty pieces, some of them damaged by a character."""
    parts = []
    for _ in range(rng.randint(1, 20)):
        piece = rng.choice(PIECES)
        if rng.random() < 0.15 and piece:
            at = rng.randrange(len(piece))
            piece = piece[:at] + rng.choice("0OlI1.,/-ëç \u00a0") + piece[at + rng.randint(0, 1) :]
        parts.append(piece)
    return rng.choice(("", " ", " ", " ")).join(parts)


def check(run: Callable[[str], object], text: str) -> str | None:
    """What went wrong with one text; None where all held."""
    start = time.perf_counter()
    try:
        mentions = run(text)
    except Exception as error:
        return f"{type(error).__name__}: {error} on {text!r}"
    if time.perf_counter() - start > HANG:
        return f"over {HANG} s on {text!r}"
    for mention in mentions:  # type: ignore[attr-defined]
        span = mention.span
        if text[span.start : span.end] != span.exact:
            return f"span does not quote its place on {text!r}"
    return None


def finders() -> dict[str, Callable[[str], object]]:
    from pipeline.find import find_figures, find_institutions, find_references
    from pipeline.settings import Settings
    from pipeline.terminology import load_glossary

    glossary = load_glossary(Settings().glossary)
    return {
        "figures": lambda text: find_figures(text, "mixed"),
        "references": lambda text: find_references(text, "mixed", glossary),
        "institutions": lambda text: find_institutions(text, "mixed", glossary),
    }


def fuzz_finders(seconds: float, seed: int = 0, most: int | None = None) -> list[Tally]:
    """Random texts at each finder for its share of the time."""
    tallies = []
    for name, run in finders().items():
        tally = Tally(f"random text into the {name} grammar")
        rng = random.Random(seed)
        deadline = time.monotonic() + seconds / 3
        while time.monotonic() < deadline and (most is None or tally.tried < most):
            problem = check(run, random_text(rng))
            tally.tried += 1
            if problem:
                tally.failed.append(problem)
        tallies.append(tally)
    return tallies


def fuzz_segmenter(seconds: float, seed: int = 0, most: int | None = None) -> Tally:
    """Random text into the segmenter: every character lands in one passage or is white space."""
    from pipeline.errors import AccountingError
    from pipeline.export.accounting import check_accounts
    from pipeline.model import Document, Run
    from pipeline.segment import split_passages

    tally = Tally("random text into the segmenter, accounts checked")
    rng = random.Random(seed)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and (most is None or tally.tried < most):
        text = random_text(rng) + "\n" + random_text(rng)
        tally.tried += 1
        try:
            document = Document("d", "d.txt", "text/plain", text, text)
            check_accounts(Run(document, split_passages(document), (), (), (), (), ()))
        except AccountingError as error:
            tally.failed.append(f"{error} on {text!r}")
        except Exception as error:
            tally.failed.append(f"{type(error).__name__}: {error} on {text!r}")
    return tally


def damaged(content: bytes, rng: random.Random) -> bytes:
    """A file with bytes flipped, cut, doubled, spliced or re-encoded."""
    data = bytearray(content)
    match rng.randrange(5):
        case 0:
            for _ in range(rng.randint(1, 20)):
                data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        case 1:
            del data[rng.randrange(len(data)) :]
        case 2:
            at = rng.randrange(len(data))
            data[at:at] = data[at : at + rng.randint(1, 4096)]
        case 3:
            one, two = sorted((rng.randrange(len(data)), rng.randrange(len(data))))
            data[one:two] = bytes(rng.randrange(256) for _ in range(rng.randint(0, 64)))
        case _:
            return bytes(data).decode("latin-1").encode(rng.choice(("utf-16", "utf-8")))
    return bytes(data)


def mutate_documents(seconds: float, folder: Path, seed: int = 0, most: int | None = None) -> Tally:
    """Damaged variants of the sample documents: a result or a named error each, in bounded time."""
    from pipeline.errors import DygjuheError
    from pipeline.ingest import read_document

    documents = sorted(p for p in (ROOT / "tests" / "cases" / "documents").rglob("*") if p.is_file())
    suffixes = (".txt", ".docx", ".pdf", ".html", ".md", ".xlsx", ".csv")
    documents = [p for p in documents if p.stat().st_size and p.suffix in suffixes]
    tally = Tally(f"damaged variants of {len(documents)} documents")
    rng = random.Random(seed)
    deadline = time.monotonic() + seconds
    while documents and time.monotonic() < deadline and (most is None or tally.tried < most):
        path = documents[tally.tried % len(documents)]
        variant = folder / path.name
        variant.write_bytes(damaged(path.read_bytes(), rng))
        tally.tried += 1
        try:
            read_document(variant)
        except DygjuheError:
            pass
        except Exception as error:
            tally.failed.append(f"{path.name}, variant {tally.tried} of seed {seed}: {type(error).__name__}: {error}")
    return tally
