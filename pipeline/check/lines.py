"""Public telephone lines: which registered line a figure may be, and which words say whose line it is.

Reads: Figure, Glossary. Writes: what the rules on contacts compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.check.rule import CheckContext
from pipeline.find.stems import stem
from pipeline.languages import fold
from pipeline.model import Figure, Lang
from pipeline.terminology import Contact, Glossary

# Words that every line's name has; they do not tell one line from another.
_COMMON = """line hotline helpline telephone phone number call calls dial national free toll alo contact green
    public albanian
    reserved original digit code short service centre center office help helplines mobile fax tel emergency european
    linja linje telefoni telefon numri numer kombetare falas gjelber thirrje kontakt sherbim sherbimi qendra zyra
    ndihmes ndihme
    shqiptare publike emergjence emergjences evropian tel cel alo rezervuar trishifror pare telefononi thirrni
    shqiperi kosove albania kosovo
    ministry ministria ministrise minister agency agjencia directorate drejtoria institution institucion state shtet
    republic republika government qeveria department departamenti authority autoriteti""".split()
COMMON = frozenset(stem(w, "en") for w in _COMMON) | frozenset(stem(w, "sq") for w in _COMMON)

# Words, folded, that present a number as a line the public may call.
_LINE = frozenset(stem(w, "en") for w in "line hotline helpline".split()) | frozenset(
    stem(w, "sq") for w in "linja linje gjelber".split()
)


_CALL = frozenset(stem(w, "en") for w in "call dial".split()) | frozenset(
    stem(w, "sq") for w in "telefononi telefonohet telefonoje telefono thirrni".split()
)

# How a country is named in a line's label, by stems, and its code in the register.
_COUNTRIES = {
    "kosovo": "XK",
    "kosov": "XK",
    "albania": "AL",
    "shqiperi": "AL",
    "macedonia": "MK",
    "maqedoni": "MK",
    "montenegro": "ME",
}


def country_of(figure: Figure) -> str | None:
    """The country that the label names, if it names one."""
    found = {code for key in figure.label_key for name, code in _COUNTRIES.items() if key.startswith(name)}
    return found.pop() if len(found) == 1 else None


def phones(context: CheckContext) -> tuple[tuple[Figure, Lang], ...]:
    """The telephone numbers of the report with the language of their passage, in order of place."""
    return tuple(
        (m, a.passage.lang)
        for a in context.annotated
        for m in a.mentions
        if isinstance(m, Figure) and m.kind == "phone"
    )


def is_short(figure: Figure) -> bool:
    """A code that the public calls: three to six digits, or a freephone number; not an office's number."""
    value = figure.value or ""
    return value.isdigit() and (len(value) <= 6 or value.startswith(("0800", "116")))


def presented_as_line(figure: Figure) -> bool:
    value = figure.value or ""
    if figure.span.exact.upper().startswith("AL") or _LINE & set(figure.label_key):
        return True
    # Freephone and harmonised numbers are public lines by their nature; so is a short code that one is told to call.
    harmonised = len(value) == 6 and value.startswith("116")
    return value.startswith("0800") or harmonised or (len(value) <= 4 and bool(_CALL & set(figure.label_key)))


def own_words(figure: Figure) -> frozenset[str]:
    """The stems of the label that tell whose line it is."""
    return frozenset(k for k in figure.label_key if k[:1] not in "@^~+?") - COMMON


def registered(glossary: Glossary, value: str | None) -> tuple[Contact, ...]:
    """The contacts that have this number, whatever their country."""
    if value is None:
        return ()
    return tuple(c for c in glossary.contacts if value in numbers_of(c))


def numbers_of(contact: Contact) -> frozenset[str]:
    """The contact's number in all of its written variants, digits only."""
    return frozenset(_digits(n) for n in (contact.number, *contact.variants)) - {""}


def _digits(written: str) -> str:
    digits = "".join(c for c in written if c.isdigit())
    return "+" + digits if written.strip().startswith("+") else digits


def words_of(contact: Contact, lang: Lang) -> frozenset[str]:
    """Stems of the contact's name in the language, without those that every line has."""
    label = (
        contact.label_en
        if lang == "en"
        else contact.label_sq
        if lang == "sq"
        else f"{contact.label_sq} {contact.label_en}"
    )
    words = "".join(c if c.isalpha() else " " for c in fold(label)).split()
    return frozenset(stem(w, lang) for w in words if len(w) > 2) - COMMON - _FUNCTION


_FUNCTION = frozenset("the for and per dhe nga via vik with".split())


def names_operator(figure: Figure, contacts: Iterable[Contact], glossary: Glossary, lang: Lang) -> bool:
    """Whether the label names the line's service or the institution that runs it."""
    words = own_words(figure)
    for contact in contacts:
        if words & words_of(contact, lang):
            return True
        concept = glossary.concepts.get(contact.operator_id)
        if concept is not None:
            named = " ".join((concept.preferred_sq, concept.preferred_en))
            if words & frozenset(stem(w, lang) for w in fold(named).split()):
                return True
    return False


def year_of(date: str | None) -> str:
    return date[:4] if date else ""


def distinct(figures: Sequence[Figure]) -> list[str]:
    return list(dict.fromkeys(f.value for f in figures if f.value is not None))
