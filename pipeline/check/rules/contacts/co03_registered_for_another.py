"""A registered number is given for another service, or for a time when it was not in use.

Why a reviewer should care: the number works, so nobody notices that the reader reaches the wrong service.

Not flagged: a service described in other words, as long as it is not the description of another registered line; the
meanings one number has in several countries; lines that opened or closed within the report's own year.

Source: national emergency numbers (police 129, ambulance 127, fire service 128) that reports mix up.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.lines import country_of, is_short, names_operator, own_words, phones, registered, words_of, year_of
from pipeline.check.rule import CheckContext, Flags, Passes, Rule, Scope, finding
from pipeline.model import Figure, Finding, Lang, Severity
from pipeline.terminology import Contact

RULE = Rule(
    id="CO03",
    name="contacts.registered-for-another",
    kind="hotline_unregistered",
    issue_type="inconsistency",
    severity=Severity.CRITICAL,
    scope=Scope.DOCUMENT,
    heading_sq="Një numër i regjistruar jepet për një shërbim tjetër ose për një kohë kur nuk ishte në përdorim.",
    why_sq="Numri funksionon, prandaj askush nuk e vë re që lexuesi lidhet me shërbimin e gabuar.",
    examples=(
        Flags("In an emergency call the ambulance on ⟦128⟧.", why="128 is the fire service, the ambulance is 127"),
        Flags("Për ndihmë mjekësore telefononi urgjencën mjekësore në numrin ⟦129⟧.", why="129 është policia"),
        Flags(
            "In Pristina the Kosovo Police can be called at ⟦129⟧ day and night.", why="192 in Kosovo, 129 in Albania"
        ),
        Passes("In an emergency the police answer at 129 and the ambulance at 127.", why="as registered"),
        Passes("The municipality informs parents that the police can be called on 129 at night.", why="as registered"),
    ),
)


def check(subject: CheckContext, context: CheckContext) -> Iterator[Finding]:
    done: set[str] = set()
    for figure, lang in phones(context):
        contacts = registered(context.glossary, figure.value)
        if not contacts or not is_short(figure) or (figure.value or "") in done:
            continue
        other = _other_service(figure, lang, contacts, context)
        late = _out_of_time(contacts, context.report_date)
        if other is None and late is None:
            continue
        done.add(figure.value or "")
        anchors = [
            f.span
            for f, _ in phones(context)
            if f.value == figure.value and (late or own_words(f) == own_words(figure))
        ]
        own = next((c for c in contacts if c.country == "AL"), contacts[0])
        if other is not None:
            message = (
                f"“{figure.span.exact}” is given for “{figure.label}”, but it is registered as {own.label_en}; "
                f"{other.label_en} is {other.number}. Check which service is meant."
            )
            message_sq = (
                f"“{figure.span.exact}” jepet për “{figure.label}”, por është i regjistruar si {own.label_sq}; "
                f"{other.label_sq} është {other.number}. Kontrolloni cili shërbim është fjala."
            )
        else:
            message = (
                f"“{figure.span.exact}” ({own.label_en}) was {late} in the report's year. Check the number in use then."
            )
            message_sq = (
                f"“{figure.span.exact}” ({own.label_sq}) nuk ishte në përdorim në vitin e raportit. Kontrolloni numrin."
            )
        yield finding(
            RULE, message, message_sq, anchors, found=figure.span.exact, expected=other.number if other else None,
            suggestion=other.number if other else None,
        )  # fmt: skip


def _other_service(figure: Figure, lang: Lang, own: tuple[Contact, ...], context: CheckContext) -> Contact | None:
    """The registered line that the label describes, where the number's own line is described by none of its words."""
    words = own_words(figure)
    abroad = country_of(figure)
    if abroad is not None and not {c.country for c in own} & {abroad, "EU"}:
        theirs = [c for c in context.glossary.contacts if c.country == abroad and words & words_of(c, lang)]
        return min(theirs, key=lambda c: (c.confidence != "high", bool(c.valid_until)), default=None)
    if not words or names_operator(figure, own, context.glossary, lang):
        return None
    countries = {c.country for c in own}
    fitting = [
        c for c in context.glossary.contacts if c.country in countries and words & words_of(c, lang) and c not in own
    ]
    numbers = {c.number for c in fitting}
    return fitting[0] if len(numbers) == 1 else None


def _out_of_time(contacts: tuple[Contact, ...], when: str | None) -> str | None:
    """`not yet in use` or `no longer in use` where that holds for every contact with the number."""
    year = year_of(when)
    if not year:
        return None
    if all(year_of(c.valid_from) > year for c in contacts):
        return "not yet in use"
    if all(c.valid_until and year_of(c.valid_until) < year for c in contacts):
        return "no longer in use"
    return None
