"""An abbreviation is never explained, or only after its first use.

Why a reviewer should care: a reader from another institution or country cannot know what it means.

Not flagged: abbreviations that every reader knows (EU, UN, NGO, DCM, TVSH); those that the glossary holds; an
abbreviation that is only part of a product's name; headings in capitals.

Source: a report that names the ICSE database in five places and explains it in none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.names import acronym_places, explained, slips
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.languages import fold
from pipeline.lexicon import lexicon
from pipeline.model import AnnotatedPassage, Finding, LegalReference, Severity, Span

RULE = Rule(
    id="AB03",
    name="abbreviations.abbreviation-not-explained",
    kind="abbreviation_undefined",
    issue_type="omission",
    severity=Severity.MINOR,
    scope=Scope.DOCUMENT,
    heading_sq="Një shkurtim nuk shpjegohet asnjëherë, ose vetëm pas përdorimit të parë.",
    why_sq="Një lexues nga një institucion ose vend tjetër nuk mund ta dijë çfarë do të thotë.",
    examples=(
        Flags(
            "The register is kept by the ⟦LCDV⟧ of the municipality. Every week the ⟦LCDV⟧ checks it.",
            why="never explained",
        ),
        Flags("Projektin e financoi ⟦OSFA⟧ me dy milionë lekë.", why="nuk shpjegohet"),
        Passes(
            "The Local Coordinator against Domestic Violence (LCDV) keeps the register. The LCDV checks it weekly.",
            why="explained at its first use",
        ),
        Passes("Shkolla ka internet (IT), dhe OJQ-të e BE-së e mbështesin me 5 % TVSH.", why="i njohin të gjithë"),
        Passes("The laboratory uses FTK Imager and a USB reader.", why="the name of a product"),
    ),
)

# Known to every reader of a report in this region; the glossary adds its own.
_KNOWN = frozenset(
    """EU BE UN OKB USA SHBA UK US NGO NGOs OJQ OJF IT TI ICT TIK PDF SMS MMS TV GPS USB CD DVD WWW HTTP URL IP SIM
    ID PIN ATM VAT TVSH GDP PBB CEO HR PR ALL EUR USD LEK HIV AIDS COVID DNA ADN SOS FAQ NATO OSCE OSBE
    UNICEF UNESCO UNDP UNFPA WHO OBSH IMF FMN WB DCM VKM KM CC NIPT NUIS SHA SHPK LGBT LGBTI LGBTIQ PC WC AC
    DC CV MB GB KB TB KW MW GWH KWH MWH KG CCTV RSH AL XK MK ME EN SQ AM PM BC AD TEL FAX ISO QR API APP NR
    NO FYI OK UNHCR IOM ILO ONP INTERPOL EUROPOL CETS ETS SDG SDGS OZHQ COE KIE EC KE ECHR GDPR KEDNJ ISP
    ISPS VIP SME SMES NVM EBRD EIB BERZH USAID GIZ SIDA IPA EURO""".split()
)
# How many places of one abbreviation are shown.
_MOST = 4


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    defined: dict[str, int] = {}
    for e in explained(context):
        defined[e.definition.short] = min(defined.get(e.definition.short, e.short.start), e.short.start)
    slipped = slips(context)
    for short, found in acronym_places(context).items():
        if _is_known(short, context) or short in slipped:
            continue
        places = [(one, a, s) for one, a, s in found if not _is_cited(one, s)]
        if not places or all(_PRODUCT.match(one.passage.text, a.end) for one, a, _ in places):
            continue
        spans = [s for _, _, s in places]
        at = defined.get(short)
        if at is None:
            yield _never(short, spans)
        elif sum(s.start < at for s in spans) > 1:
            yield _late(short, spans, at)


# `FTK Imager`: the first half of a product's name.
_PRODUCT = re.compile(r"\s[A-Z][a-z]{2,}")


def _is_cited(one: AnnotatedPassage, span: Span) -> bool:
    return any(isinstance(m, LegalReference) and m.span.overlaps(span) for m in one.mentions)


def _is_known(short: str, context: CheckContext) -> bool:
    if short.upper() in _KNOWN or len(short) < 2 or re.fullmatch(r"[A-ZÇË]{2,}\d+", short):
        return True
    if len(short) > 3 and (lexicon("en").lists(short.lower()) or lexicon("sq").lists(short.lower())):
        # A word in capitals: `INSERT TABLE HERE`.
        return True
    # What is listed as an abbreviation, or inside a listed name (`ICSE database` is not an explanation).
    entries = context.glossary.by_form.get(fold(short), ())
    return any(t.sort == "abbreviation" for _, t in entries)


def _never(short: str, spans: list[Span]) -> Finding:
    return finding(
        RULE,
        f"{short} is never explained. Write the full name at its first use, with {short} in brackets.",
        f"{short} nuk shpjegohet asnjëherë. Shkruani emrin e plotë herën e parë, me {short} në kllapa.",
        tuple(spans[:_MOST]),
        found=short,
    )


def _late(short: str, spans: list[Span], at: int) -> Finding:
    return finding(
        RULE,
        f"{short} is used before it is explained. Explain it at its first use.",
        f"{short} përdoret para se të shpjegohet. Shpjegojeni herën e parë.",
        (spans[0], next(s for s in spans if s.start >= at)),
        found=short,
        severity=Severity.TRIVIAL,
    )
