"""The number or the date of an act disagrees with the register, with its other mention, or with itself.

Why a reviewer should care: a reader who looks the act up by that number finds another one, or none.

Not flagged: an unregistered act with two dates, which another rule reports; orders and decisions of the same number
in two years, or of two offices; a date written in another way;
EC where it is right (directives before December 2009); a law that the glossary does not hold.

Source: reports with Directive 2011/93/EC for 2011/93/EU, and Law 111/2018 of 14.12.2017 for 111/2017.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.check.citations import cited, references
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.languages import fold
from pipeline.model import Finding, LegalReference, Severity, Span
from pipeline.terminology import Instrument
from pipeline.terminology.concepts import number_keys

RULE = Rule(
    id="RF06",
    name="references.act-number-against-register",
    kind="instrument_number_mismatch",
    issue_type="inconsistent-entities",
    severity=Severity.CRITICAL,
    scope=Scope.DOCUMENT,
    heading_sq="Numri ose data e një akti nuk përputhet me regjistrin, me përmendjen tjetër ose me veten.",
    why_sq="Kush e kërkon aktin me këtë numër gjen një tjetër ose nuk gjen asnjë.",
    examples=(
        Flags("The standards of ⟦Directive 2012/29/EC⟧ are applied in the centres.", why="acts after 2009 are EU"),
        Flags(
            "Ndihma jepet sipas ⟦ligjit nr. 9669, datë 18.11.2006⟧ për mbrojtjen e viktimave.",
            why="ligji është i datës 18.12.2006",
        ),
        Flags("The fund was set up by ⟦Law No. 88/2018, dated 14.12.2017⟧ of the Assembly.", why="year and date"),
        Passes("Directive 2000/31/EC and Directive 95/46/EC were the first of their kind.", why="EC was right then"),
        Passes(
            "Urdhri nr. 15, datë 10.03.2019 u shfuqizua dhe u zëvendësua nga urdhri nr. 15, datë 22.07.2021.",
            why="i njëjti numër në dy vite",
        ),
        Passes("Ligji nr. 9887, datë 10.3.2008, dhe ligji nr. 9887, datë 10.03.2008, janë i njëjti.", why="një datë"),
    ),
    supersedes=("DA03", "RF07"),
)

# The Treaty of Lisbon came into force on 1 December 2009: acts of 2010 and later are EU, of 2008 and earlier EC.
_FIRST_EU, _LAST_EC = 2010, 2008
_SUFFIX = re.compile(r"(?P<number>\d{2,4}/\d{1,4})/(?P<suffix>EU|EC|EEC|BE|KE|KEE)\b")
_NOW, _THEN = {"EC": "EU", "EEC": "EU", "KE": "BE", "KEE": "BE"}, {"EU": "EC", "BE": "KE"}


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    met: list[LegalReference] = []
    same: dict[tuple[str, str], list[LegalReference]] = {}
    for _, reference in references(context):
        if not reference.anaphoric and reference.number:
            same.setdefault((reference.act_type or "", cited(reference).lower()), []).append(reference)
    for group in same.values():
        first = group[0]
        found = _suffix(first) or _register(first, context) or _own_year(first, context) or _near_number(first, context)
        if found is not None:
            # The same slip in every copy is one finding with all of its places.
            yield replace(found, anchors=_places(found.anchors, group))
        else:
            met += group
    yield from _two_numbers(met)


def _places(anchors: tuple[Span, ...], group: list[LegalReference]) -> tuple[Span, ...]:
    spans = {(a.start, a.end): a for a in (*anchors, *(r.span for r in group))}
    return tuple(spans[k] for k in sorted(spans))


def _near_number(reference: LegalReference, context: CheckContext) -> Finding | None:
    """`03/L-116` in a report that elsewhere cites the registered 03/L-166: one digit, in a number of several parts."""
    number = reference.number or ""
    if reference.concept_id is not None or reference.date or reference.title or sum(c.isdigit() for c in number) < 5:
        return None
    for _, other in references(context):
        if (
            other.concept_id is not None and other.number and other.act_type == reference.act_type
            and len(other.number) == len(number) and sum(a != b for a, b in zip(other.number, number, strict=True)) == 1
        ):  # fmt: skip
            return finding(
                RULE,
                f'"{cited(reference)}" is in no register; the report also has "{cited(other)}". Which is right?',
                f'"{cited(reference)}" nuk është në regjistër; raporti ka edhe "{cited(other)}". Cili është i saktë?',
                (other.span, reference.span),
                found=number,
                expected=other.number,
            )
    return None


def _suffix(reference: LegalReference) -> Finding | None:
    match = _SUFFIX.search(reference.span.exact.replace(" ", ""))
    if match is None or reference.act_type not in ("directive", "decision", "regulation"):
        return None
    first = match["number"].split("/")[0]
    year = int(first) if len(first) == 4 else 1900 + int(first) if len(first) == 2 else 0
    suffix = match["suffix"]
    right = _NOW.get(suffix) if year >= _FIRST_EU else _THEN.get(suffix) if 0 < year <= _LAST_EC else None
    if right is None:
        return None
    expected = f"{match['number']}/{right}"
    return finding(
        RULE,
        f'"{cited(reference)}": an act of {year} is cited with {right}, so it is {expected}.',
        f'"{cited(reference)}": një akt i vitit {year} citohet me {right}, pra është {expected}.',
        (reference.span,),
        found=match.group(),
        expected=expected,
        suggestion=reference.span.exact.replace(match.group(), expected)
        if match.group() in reference.span.exact
        else None,
    )


def _register(reference: LegalReference, context: CheckContext) -> Finding | None:
    """A registered act by its number with another date, or by its title with another number."""
    instrument = context.glossary.instruments.get(reference.concept_id or "")
    if instrument is not None and reference.date and _is_whole(instrument.date) and _is_whole(reference.date):
        if instrument.date != reference.date and instrument.concept.country in ("AL", "XK") and reference.score < 100:
            return _wrong(reference, instrument, f"is dated {instrument.date}", f"mban datën {instrument.date}",
                          instrument.date, context)  # fmt: skip
        return None
    if instrument is None and reference.title and reference.act_type in ("law", "decision"):
        return _by_title(reference, context)
    return None


def _is_whole(date: str) -> bool:
    return len(date) == 10


def _by_title(reference: LegalReference, context: CheckContext) -> Finding | None:
    """The title of one registered act with the date of that act and another number."""
    title = fold(" ".join((reference.title or "").split()))
    number = "".join((reference.number or "").split()).lower()
    for instrument in context.glossary.instruments.values():
        same = title in (fold(instrument.title_sq), fold(instrument.title_en)) and reference.date == instrument.date
        if same and number not in number_keys(instrument.number):
            return _wrong(
                reference, instrument, f"has the number {instrument.number}", f"ka numrin {instrument.number}",
                instrument.number, context,
            )  # fmt: skip
    return None


def _wrong(
    reference: LegalReference, instrument: Instrument, says: str, says_sq: str, expected: str, context: CheckContext
) -> Finding:
    # Where the report has it right as well, both places are shown: the reviewer sees that it is a slip.
    right = [
        r for _, r in references(context) if r.concept_id == instrument.concept.concept_id and r.date == instrument.date
    ]
    name, name_sq = instrument.concept.preferred_en, instrument.concept.preferred_sq
    return finding(
        RULE,
        f'"{cited(reference)}": in the register this act ({name}, No. {instrument.number}) {says}.',
        f'"{cited(reference)}": në regjistër ky akt ({name_sq}, nr. {instrument.number}) {says_sq}.',
        tuple(sorted((reference.span, *(r.span for r in right[:2])), key=lambda s: s.start)),
        found=reference.date_text or reference.number,
        expected=expected,
    )


def _own_year(reference: LegalReference, context: CheckContext) -> Finding | None:
    """`Law No. 88/2018, dated 14.12.2017`: laws are numbered anew each year, and carry that year."""
    match = re.fullmatch(r"(\d{1,3})/((?:19|20)\d\d)", reference.number or "")
    if match is None or reference.act_type != "law" or not reference.date or reference.concept_id is not None:
        return None
    year = reference.date[:4]
    if year == match[2]:
        return None
    other = next(
        (r for _, r in references(context) if r.number == f"{match[1]}/{year}" and r.date == reference.date), None
    )
    also = f' Elsewhere it is "{cited(other)}".' if other else ""
    also_sq = f' Gjetkë është "{cited(other)}".' if other else ""
    return finding(
        RULE,
        f'"{cited(reference)}": the number says {match[2]}, the date {year}.{also} Check both.',
        f'"{cited(reference)}": numri thotë {match[2]}, data {year}.{also_sq} Kontrolloni të dyja.',
        (reference.span, other.span) if other else (reference.span,),
        found=reference.number,
        expected=f"{match[1]}/{year}" if other else None,
    )


def _two_numbers(group: list[LegalReference]) -> Iterator[Finding]:
    """One day and one title, two numbers."""
    seen: dict[tuple[str, str, str], LegalReference] = {}
    for reference in group:
        if not reference.date or not reference.title or not _is_whole(reference.date):
            continue
        key = (reference.act_type or "", reference.date, fold(" ".join(reference.title.split())))
        other = seen.setdefault(key, reference)
        if other.number != reference.number:
            yield finding(
                RULE,
                f'"{cited(other)}" and "{cited(reference)}" have one title and one date, and two numbers.',
                f'"{cited(other)}" dhe "{cited(reference)}" kanë një titull e një datë, por dy numra.',
                (other.span, reference.span),
                found=f"{other.number} / {reference.number}",
            )
