"""Small runs for the tests of reviewing, made without the stages before: text in, findings where the marks are."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from pipeline.model import (
    Copy,
    Document,
    Figure,
    Finding,
    Lang,
    LegalReference,
    Location,
    Pair,
    Passage,
    Run,
    Severity,
    Span,
    TermMention,
    TranslationUnit,
    short_hash,
)

MARKS = re.compile(r"⟦([^⟧]*)⟧")


def build_run(
    lines: Sequence[tuple[Lang, str]],
    findings: Sequence[dict] = (),
    *,
    name: str = "report.txt",
    translate: bool = True,
    doc_id: str = "",
) -> Run:
    """One passage a line. A finding is {rule, kind, severity, quotes: [(line from 0, words, which time)], ...}."""
    text = "\n\n".join(t for _, t in lines)
    doc_id = doc_id or short_hash(text)
    passages: list[Passage] = []
    at = 0
    for number, (lang, line) in enumerate(lines, 1):
        kind = "title" if number == 1 else "heading" if line.isupper() else "paragraph"
        where = Location(line=2 * number - 1)
        passages.append(
            Passage(f"p{number}", doc_id, number, at, at + len(line), line, kind, where, lang=lang, lang_score=0.99)
        )
        at += len(line) + 2
    units = tuple(
        TranslationUnit(f"u{p.number}", p.passage_id, p.start, p.end, p.lang, p.text, "en" if p.lang == "sq" else "sq",
                        f"[{p.text}]", "initial", "machine", "argos sq-en 1.2 (sha256 0123456789ab)", score=-0.4)
        for p in passages if p.lang in ("sq", "en")
    ) if translate else ()  # fmt: skip
    made = tuple(_finding(f, passages, units, doc_id) for f in findings)
    return Run(
        document=Document(doc_id, name, "text/plain", text, text, notes=("Read as UTF-8.",)), passages=tuple(passages),
        mentions=_mentions(passages, doc_id), copies=(), pairs=(), units=units,
        findings=tuple(sorted(made, key=lambda f: -int(f.severity))),
        signature={"program": "dygjuhe 0.1.0", "code": "c" * 64, "glossary": "g" * 64, "report_date": "2023-05",
                   "libraries": {"spacy": "3.8"}, "settings": {"translate": "all"}, "memory": []},
        seconds={"read": 0.1}, switched_off=(("FO99", "the office writes it so"),),
    )  # fmt: skip


def _finding(row: dict, passages: Sequence[Passage], units: Sequence[TranslationUnit], doc_id: str) -> Finding:
    anchors: list[Span] = []
    for line, words, *which in row["quotes"]:
        if line == "target":
            unit = units[which[0]]
            start = unit.target_text.index(words)
            anchors.append(Span(unit.unit_id, start, start + len(words), words, "target"))
            continue
        passage = passages[line]
        start = -1
        for _ in range((which[0] if which else 0) + 1):
            start = passage.text.index(words, start + 1)
        anchors.append(Span(doc_id, passage.start + start, passage.start + start + len(words), words))
    rule = row.get("rule", "CO01")
    quotes = " / ".join(f"“{a.exact}”" for a in anchors)
    return Finding(
        row.get("id") or short_hash(rule, *(a.exact for a in anchors)), rule, row.get("kind", "hotline_variant"),
        "inconsistency", Severity[row.get("severity", "critical").upper()],
        row.get("message", f"One line is written with different numbers: {quotes}."), tuple(anchors),
        row.get("found"), row.get("expected"), row.get("suggestion"),
        row.get("message_sq", f"Një linjë është shkruar me numra të ndryshëm: {quotes}."),
    )  # fmt: skip


def _mentions(passages: Sequence[Passage], doc_id: str) -> tuple:
    found: list = []
    for p in passages:
        for m in re.finditer(r"\b\d[\d ./]*\d\b", p.text):
            span = Span(doc_id, p.start + m.start(), p.start + m.end(), m.group())
            found.append(Figure(span, "count", re.sub(r"\D", "", m.group())))
        for m in re.finditer(r"State Police|Policia e Shtetit", p.text):
            span = Span(doc_id, p.start + m.start(), p.start + m.end(), m.group())
            found.append(TermMention(span, "institution", p.lang, m.group(), "preferred", "state-police", 100.0))
        for m in re.finditer(r"Article \d+|neni \d+", p.text):
            span = Span(doc_id, p.start + m.start(), p.start + m.end(), m.group())
            found.append(LegalReference(span, "article", p.lang, article=m.group().split()[1]))
    return tuple(found)


LINES: list[tuple[Lang, str]] = [
    ("en", "Report of the Republic of Liria 2023"),
    ("en", "1. VICTIM SUPPORT"),
    (
        "en",
        "Victims can call the national helpline on 116006, day and night; the State Police answers within 24 hours.",
    ),
    (
        "sq",
        "Viktimat mund të telefonojnë linjën kombëtare 16006, ditë e natë; Policia e Shtetit përgjigjet "
        "brenda 24 orëve.",
    ),
    (
        "en",
        "Order no. 135, dated 10.06.06.2014, created the Cyber Crime Division provided by Article 117 of the "
        "Penal Code.",
    ),
    ("en", "The same offence is listed under Article 117 of the Criminal Code."),
    ("sq", "Raporti u miratua nga Këshilli i Ministrave më 5 maj 2023."),
]
FINDINGS: list[dict] = [
    {"quotes": [(2, "116006"), (3, "16006")], "found": "16006", "expected": "116006", "suggestion": "116006"},
    {"rule": "DA01", "kind": "date_malformed", "severity": "major", "quotes": [(4, "10.06.06.2014")],
     "message": "“10.06.06.2014” looks like a date and is none. Look the order up.",
     "message_sq": "“10.06.06.2014” duket si datë dhe nuk është. Kërkojeni urdhrin.", "found": "10.06.06.2014"},
    {"rule": "RF03", "kind": "instrument_name_variant", "severity": "minor",
     "quotes": [(4, "Penal Code"), (5, "Criminal Code")],
     "message": "One act is called “Penal Code” and “Criminal Code”. Choose one.",
     "message_sq": "Një akt quhet “Penal Code” dhe “Criminal Code”. Zgjidhni njërin.", "found": "Penal Code",
     "suggestion": "Criminal Code"},
    {"rule": "TR01", "kind": "untranslated_passage", "severity": "trivial", "quotes": [(6, LINES[6][1])],
     "message": "This passage is only in Albanian.", "message_sq": "Ky pasazh është vetëm shqip."},
]  # fmt: skip


def small_run(name: str = "report.txt") -> Run:
    return build_run(LINES, FINDINGS, name=name)


HOSTILE = [
    "<script>document.title='owned'</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    '=HYPERLINK("http://127.0.0.1/","x")', "+355 4 222 111", "-2+3", "@SUM(1)", "{=1+1}", "http://example.org/",
    "<!-- --> ]]> \u2028 \u2029 \ud83d\ude00 \U0001f600 \x0b", "'; DROP TABLE", "00123", "1e5", "\t=1+1",
]  # fmt: skip


def hostile_run() -> Run:
    """Every passage and message tries to be more than text."""
    lines: list[tuple[Lang, str]] = [("en", f"{words} tail of the passage") for words in HOSTILE]
    findings = [
        {"quotes": [(i, words)], "message": words, "message_sq": words, "found": words, "suggestion": words,
         "expected": words, "severity": "major", "rule": f"CO{i:02}"}
        for i, words in enumerate(HOSTILE)
    ]  # fmt: skip
    return build_run(lines, findings, name='<b>"report"</b>.txt')


def big_run(count: int = 5000, *, seed: int = 7) -> Run:
    """`count` passages with a unit each, and as many findings, two places each, with the sizes of a real report."""
    rng = random.Random(seed)
    words = """the measures of ministry police children online abuse convention report order article law action
    cooperation investigation training database images institution national agency response victims support""".split()
    words_sq = """masat e ministrisë policisë fëmijët abuzimi konventa raporti urdhri neni ligji veprimi bashkëpunimi
    hetimi trajnimi institucioni kombëtare agjencia viktimat mbështetja përgjigjja""".split()
    lines: list[tuple[Lang, str]] = []
    for i in range(count):
        sq = rng.random() < 0.3
        body = " ".join(rng.choice(words_sq if sq else words) for _ in range(rng.randint(12, 48)))
        lines.append(("sq" if sq else "en", f"Item {i} of {rng.randint(1, 999)}: {body}."))
    findings: list[dict] = []
    kinds = ["count_mismatch", "institution_name_variant", "date_mismatch", "passage_near_duplicate", "term_variant"]
    for i in range(count):
        j = (i + 1 + rng.randint(0, 40)) % count
        kind = kinds[i % len(kinds)]
        one, two = (" ".join(lines[k][1].split()[:4]) for k in (i, j))
        findings.append({
            "rule": f"FG{i % 7:02}", "kind": kind,
            "severity": rng.choice(["critical", "major", "minor", "minor", "trivial"]),
            "quotes": [(i, one), (j, two)], "found": two, "expected": one, "suggestion": one,
            "message": f"The same thing is counted in two ways: “{one}” in one place and “{two}” in another. "
            "Check the source.",
            "message_sq": f"E njëjta gjë numërohet në dy mënyra: “{one}” në një vend dhe “{two}” në një tjetër. "
            "Kontrolloni burimin.",
        })  # fmt: skip
    run = build_run(lines, findings, name="big.txt")
    from dataclasses import replace

    copies = tuple(Copy(f"p{i + 400}", f"p{i}", 90.0) for i in range(1, count - 400, 9))
    pairs = tuple(Pair(f"p{i}", f"p{i + 1}", 0.9, "alternating") for i in range(1, count - 1, 17))
    return replace(run, copies=copies, pairs=pairs)
