"""A numbered series jumps over a number, or has one twice.

Why a reviewer should care: an item was lost, or the next one has the wrong number, and references to it go astray.

Not flagged: a list that begins anew with 1 or a; Albanian lists that use ç, dh, gj or leave them out; actions that are
counted anew under each objective; a heading that comes back with the same number and the same words.

Source: drafting rules: the items of an enumeration are numbered without gaps.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.check.series import Jump, label_jumps, list_jumps
from pipeline.check.streams import one_language, streams
from pipeline.model import Finding, Severity

# Characters of the item quoted with its number.
_QUOTED = 40

RULE = Rule(
    id="NU01",
    name="numbering.series-jumps",
    kind="numbering_gap",
    issue_type="inconsistency",
    severity=Severity.MAJOR,
    scope=Scope.DOCUMENT,
    heading_sq="Një radhë e numëruar kapërcen një numër, ose e ka dy herë.",
    why_sq="Një pikë ka humbur, ose pika pasuese ka numrin e gabuar, dhe referimet çojnë gabim.",
    examples=(
        Flags(
            "⟦Action #1⟧: Investigations\nThe police opened a unit.\n⟦Action #3⟧: Training\nThe staff was trained.",
            why="action 2 is missing",
        ),
        Flags(
            "Veprat penale janë:\na) vjedhja me dhunë\n⟦b)⟧ mashtrimi me kompjuter\n⟦d)⟧ falsifikimi i dokumenteve",
            why="mungon shkronja c",
        ),
        Passes(
            "The offences are:\na) theft by force\nb) computer fraud\nThe others are:\na) forgery of documents\n"
            "b) misuse of equipment",
            why="a second list begins anew",
        ),
        Passes(
            "Detyrat janë:\na) mbledhja e të dhënave\nb) raportimi\nc) trajnimi i stafit\nç) botimi i raportit\n"
            "d) ruajtja e dosjeve\ndh) njoftimi i publikut\ne) arkivimi",
            why="alfabeti shqip",
        ),
        Passes(
            "1. Identifying the victims\nAction #1: Procedures\nAction #2: Database\n"
            "2. Prosecuting the offenders\nAction #1: Capacity\nAction #2: Cooperation",
            why="actions are counted under each objective",
        ),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    found: dict[tuple[str, ...], list[Jump]] = {}
    rows = [part for row in streams(context) for part in one_language(row, context)]
    for row in rows:
        for jump in (*label_jumps(row), *list_jumps(row)):
            same = found.setdefault(_key(jump), [])
            if all((j.before, j.after) != (jump.before, jump.after) for j in same):
                same.append(jump)
    for jumps in found.values():
        first = jumps[0]
        before, after = (_clean(w) for w in first.written)
        where = f"“{_item(first.before.text)}” and “{_item(first.after.text)}”"
        where_sq = f"“{_item(first.before.text)}” dhe “{_item(first.after.text)}”"
        if first.repeated:
            message = f"The number “{after}” stands twice in one series: {where}. One of them has the wrong number."
            message_sq = f"Numri “{after}” del dy herë në të njëjtën radhë: {where_sq}. Njëri e ka numrin gabim."
        else:
            message = (
                f"The series goes from “{before}” to “{after}”: {where}. An item is missing, or “{after}” has "
                "the wrong number."
            )
            message_sq = (
                f"Radha kalon nga “{before}” te “{after}”: {where_sq}. Mungon një pikë, ose “{after}” e ka "
                "numrin gabim."
            )
        anchors = [
            context.quote(p, _start(p.text), end)
            for jump in jumps
            for p, end in ((jump.before, jump.before_end), (jump.after, jump.after_end))
        ]
        minor = all(len(_clean(w)) <= 4 for w in first.written)
        yield finding(
            RULE, message, message_sq, list(dict.fromkeys(anchors)), found=after,
            severity=Severity.MINOR if minor else None,
        )  # fmt: skip


def _key(jump: Jump) -> tuple[str, ...]:
    """The same jump in two copies is one finding."""
    return (
        *(_clean(w).lower() for w in jump.written),
        *(" ".join(p.text[end:].lower().split()[:4]) for p, end in
          ((jump.before, jump.before_end), (jump.after, jump.after_end))),
    )  # fmt: skip


def _clean(written: str) -> str:
    return written.strip()


def _item(text: str) -> str:
    return text if len(text) <= _QUOTED else text[: _QUOTED - 3] + "..."


def _start(text: str) -> int:
    """After a bullet: the number alone is quoted."""
    at = 0
    while at < len(text) and (text[at].isspace() or text[at] in "-–—•*"):
        at += 1
    return at
