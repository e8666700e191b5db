"""Finds telephone numbers, short codes, e-mail and web addresses; damaged short codes too.

Reads: a Scan. Writes: Figure. Written forms: `ALO 116`, `ALO116`, `Alo 116 111`, `ALOI 16` (damaged), `AL0116`
(damaged), `116 006`, `116-111`, `116.000`, `linja (16006)`, `a line of the Ministry 116006`, `+355 4 2223 444`,
`tel. 04 2223 444`, `0800 1212`, `0800.90.90`, `numri 129`, `call 112`, `info@mb.gov.al`, `www.alo116.al`.
"""

from __future__ import annotations

import re

from pipeline.find.labels import FUNCTION_WORDS
from pipeline.find.scan import Scan
from pipeline.find.stems import is_finite

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”„()]{2,400}")
_ALO = re.compile(
    r"(?<!\w)AL[O0Q](?P<rest>[ \u00a0-]{0,2}[Il|]{0,2}[ \u00a0-]?[\dOIl|]{1,6}(?:[ .\u00a0-]?[\dOIl"
    r"|]{1,3}){0,4})(?!\w)",
    re.IGNORECASE,
)
_INTERNATIONAL = re.compile(r"(?<!\w)(?:\+|00(?=[1-9]))[ \u00a0]?\d{1,3}(?:[ \u00a0./-]{0,2}\(?\d{1,7}\)?){2,6}(?!\w)")
_NATIONAL = re.compile(r"(?<![\w.,/+-])\(?0\d{1,3}\)?(?:[ \u00a0./-]{0,2}\d{2,7}){1,4}(?!\w|[.,]\d)")
_HARMONISED = re.compile(r"(?<![\w.,/+-])116[ \u00a0.-]?\d{3}(?!\w|[.,/-]\d|[ \u00a0]\d{3}\b)")
_DATE_SHAPE = re.compile(
    r"\(?\d{1,2}\)?[ \u00a0./-]{1,2}\d{1,2}[ \u00a0./-]{1,2}\d{2,4}|\d{2}[./-]\d{4}|\d{2}\.\d{2}\s?-\s?\d{2}\.\d{2}"
)
_SHORT = re.compile(r"(?<![\w.,/+#-])(?:\d{2,3}[ \u00a0.-])?(?:\d{3,6}|116\d{4})(?!\w|[.,/-]\d|\s?%)")

_LINE_WORD = re.compile(
    r"\b(?:lin(?:ja|je|jen|jes|jat|jave)|telefon\w{0,5}|tel|cel|fax|faks|mob"
    r"|numri\s(?:i\s)?(?:gjelber|falas|i\semergjences)|hotlines?|helplines?|help-line|phones?|telephone"
    r"|call|calls|called"
    r"|calling|dial|dialling|lines?|toll-free|short\scode|green\snumber|numri[nt]\s(?:e|te)\s(?:gjelber|emergjences)"
    r"|emergency\snumber|emergjence\w{0,2}|thirr\w{0,4})\b"
)
# What people do with an emergency number, and whose it is: `the police answer at 129`, `telefononi urgjencën 127`.
_CALLING = re.compile(
    r"\b(?:call|calls|called|calling|dial|dialled|reports?|reported|answers?|reached?|contact|contacted"
    r"|phone|telefon\w{1,5}|thirr\w{0,4}"
    r"|lajmero\w{0,3}|njofto\w{0,3}|pergjigj\w{0,3}|raporto\w{0,3}|kontakto\w{0,3})\b"
)
_SERVICE = (
    r"(?:police|polic\w{2,4}|ambulance|urgjenc\w{1,2}|emergency|emergjenc\w{1,2}|mjekesore|fire"
    r"|zjarrfikes\w{0,2}|zjarr\w{0,2}|brigade)"
)
_AT_SERVICE = re.compile(rf"\b{_SERVICE}\b[^.;:\d]{{0,30}}\b(?:at|on|ne|te|numrin|number)\s$|\b{_SERVICE}\s\(?$")
# A line's number follows its name within these characters, in the same sentence.
_REACH = 110
_SENTENCE_END = re.compile(r"[.!?;]\s+(?=[A-ZÇË])|\n|\t")
_DAY_AND_NIGHT = re.compile(r"\sdite\s(?:e|dhe)\snate")
_NEXT_WORD = re.compile(r"[ \u00a0]([^\W\d_]{2,})")
# What else has numbers of six digits: accounts, invoices, files.
_OTHER_NUMBER = re.compile(
    r"\b(?:accounts?|llogari\w{0,3}|iban|protokoll\w{0,3}|prot|fatur\w{1,2}|invoices?|files?|dosj\w{1,3}"
    r"|ref|nipt|id)\b[.:]?\s?(?:nr|no)?\.?\s?$"
)
_CONFUSED = str.maketrans("OoQIl|", "000111")

# Country code of Albania: national numbers in Albanian reports are read as Albanian.
_HOME = "+355"


def find_addresses(scan: Scan) -> None:
    """Adds e-mail and web addresses; first of all, since they hold digits of every kind."""
    if "@" in scan.text:
        for match in _EMAIL.finditer(scan.text):
            end = match.start() + len(match.group().rstrip(".-"))
            scan.add("email", match.start(), end, scan.text[match.start() : end].lower())
    if "www." in scan.folded or "http" in scan.folded:
        for match in _URL.finditer(scan.text):
            end = match.start() + len(match.group().rstrip(".,;:!?)'"))
            if scan.free(match.start(), end):
                scan.add("url", match.start(), end, scan.text[match.start() : end])


def find_phones(scan: Scan) -> None:
    """Adds telephone numbers and short codes."""
    text = scan.text
    if not scan.has_digit:
        return
    if "al" in scan.folded:
        for match in _ALO.finditer(text):
            _read_alo(scan, match)
    for match in _INTERNATIONAL.finditer(text):
        if scan.free(*match.span()) and 8 <= sum(c.isdigit() for c in match.group()) <= 15:
            digits = _digits(match.group())
            scan.add("phone", *match.span(), "+" + digits.removeprefix("00"))
    for match in _NATIONAL.finditer(text):
        if _DATE_SHAPE.fullmatch(match.group()):
            continue
        if scan.free(*match.span()) and 7 <= sum(c.isdigit() for c in match.group()) <= 11:
            digits = _digits(match.group())
            freephone = digits.startswith(("0800", "0900"))
            if freephone or len(digits) >= 8 or _cued(scan, match.start()):
                scan.add("phone", *match.span(), digits if freephone else _HOME + digits.removeprefix("0"))
    for match in _HARMONISED.finditer(text):
        if not scan.free(*match.span()) or _OTHER_NUMBER.search(scan.folded, max(0, match.start() - 22), match.start()):
            continue
        if _cued(scan, match.start()) or not _counted(scan, match.end()):
            scan.add("phone", *match.span(), _digits(match.group()))
    if _LINE_WORD.search(scan.folded) or _CALLING.search(scan.folded):
        for match in _SHORT.finditer(text):
            _read_short(scan, match)


def _digits(text: str) -> str:
    return "".join(str(int(c)) for c in text if c.isdigit())


def _read_alo(scan: Scan, match: re.Match[str]) -> None:
    rest = match["rest"]
    if (
        not scan.free(*match.span())
        or not any(c.isdigit() for c in rest)
        or (not match.group()[:2].isupper() and match.group()[:1].islower())
    ):
        return
    digits = _digits(rest.translate(_CONFUSED))
    damaged = any(c.isalpha() or c == "|" for c in rest) or match.group()[2:3] not in "oO"
    if 2 <= len(digits) <= 6:
        scan.add("phone", *match.span(), digits, generous=damaged)


def _cued(scan: Scan, start: int) -> bool:
    """A word for a line or a telephone stands before, in the same sentence."""
    at = max(0, start - _REACH)
    before = scan.text[at:start]
    breaks = [m.end() for m in _SENTENCE_END.finditer(before)]
    return bool(_LINE_WORD.search(scan.folded, at + (breaks[-1] if breaks else 0), start))


def _counted(scan: Scan, end: int) -> bool:
    """A noun follows directly: the number counts something, such as calls."""
    following = _NEXT_WORD.match(scan.folded, end)
    if following is None:
        return False
    word = following[1]
    if word == "dite" and _DAY_AND_NIGHT.match(scan.folded, end):
        return False
    return word not in FUNCTION_WORDS and word not in _SAID_OF_LINES and not is_finite(word, scan.lang)


_SAID_OF_LINES = frozenset(
    """operates operate works answers answer received receives opened open available free toll which offers offered
    takes
    day and
    funksionon punon hapet mbyllet pranon jep pergjigjet eshte ofron mori merr falas pranon hapur vlen i e te""".split()
)

_NEAR = re.compile(
    r"(?:\b(?:lin(?:ja|je|jen|jes)|telefon\w{0,5}|tel|cel|fax|faks|mob|phone|number|numri|numrin|numrit"
    r"|nr|hotline|helpline|line|call|dial|thirrni"
    r"|thirrur|gjelber|code|kodi|kodin|falas|at|ne|on|emergency|emergjences|to|is|eshte"
    r"|me)\b[.:]?\s?(?:no\.?|nr\.?|numri|number)?\s?[:(]?\s?|[(:]\s?|[-–]\s)$"
)


_LOOSELY_BEFORE = re.compile(r"\b(?:ne|at|me|to|is|eshte|on)\s$")
_CALLED_BEFORE = re.compile(r"\b(?:call|called|dial|thirr\w*|numri\w*|number|tel\w*|gjelber|emergjenc\w*|emergency)\b")


def _read_short(scan: Scan, match: re.Match[str]) -> None:
    start, end = match.span()
    digits = _digits(match.group())
    if not scan.free(start, end) or _counted(scan, end) or (len(digits) == 4 and digits[:2] in ("19", "20")):
        return
    if len(digits) == 3 and _emergency(scan, start):
        scan.add("phone", start, end, digits)
        return
    if not _cued(scan, start):
        return
    near = bool(_NEAR.search(scan.folded, max(0, start - 30), start))
    # A number of five or six digits near a line's name is its number; a shorter one only right beside the word.
    if len(digits) in (5, 6, 7) and (near or match.group().isdigit()):
        scan.add("phone", start, end, digits)
    elif near and len(digits) in (3, 4) and " " not in match.group():
        loose = _LOOSELY_BEFORE.search(scan.folded, max(0, start - 8), start)
        if not loose or _CALLED_BEFORE.search(scan.folded, max(0, start - 40), start):
            scan.add("phone", start, end, digits)


def _emergency(scan: Scan, start: int) -> bool:
    """`the police answer at 129`: a service right before, and a word for calling in the sentence."""
    at = max(0, start - _REACH)
    breaks = [m.end() for m in _SENTENCE_END.finditer(scan.text, at, start)]
    at = breaks[-1] if breaks else at
    beside = _AT_SERVICE.search(scan.folded, max(at, start - 50), start)
    return beside is not None and _CALLING.search(scan.folded, at, start) is not None
