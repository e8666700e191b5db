"""An article, with its parts before or after it.

Albanian: `neni 117`, `nenit 74/a`, `nenin 293/ç`, `Neni 192-b`, `NENI 117`, `neni 245/1`, `neni 143/a/1`, `neni nr. 5`,
`pika 2 e nenit 5`, `neni 5, pika 2`, `neni 108 paragrafi i katërt`, `nen1 117`, `nenit\\n117`.
English: `Article 117`, `Art. 108/1`, `article 293/ b`, `ARTICLE 5`, `Article 5(1)(a)`, `Article 108, paragraph four`,
`paragraph 2 of Article 5`, `Artic1e 117`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.find.references.article_list import read_more
from pipeline.find.references.article_parts import read_number, read_parts, read_parts_before
from pipeline.find.references.draft import Citation, RefScan

# On text with l, 1 and | as i. The number must follow at once, or after `nr.`; `art 5` without stop needs its capital.
_HEAD = re.compile(
    r"""(?:(?<![\w-])|(?<=ish-))(?P<head>articies?|articie|arts?\.|art|nen(?:i|it|in|e|et|eve))
    (?:\s{0,3}(?:(?:nr|no|nos)\.?\s?)?)(?=[\dio|])""",
    re.VERBOSE,
)
_PLURAL = ("articies", "arts.", "nene", "nenet", "neneve")


def articles(scan: RefScan) -> Iterator[Citation]:
    """Each citation of one article or of a list; the act is put to it later."""
    taken = 0
    for match in _HEAD.finditer(scan.alike):
        head, at = match["head"], match.end()
        if match.start() < taken or not scan.text[match.start() : match.start() + 3].isalpha():
            continue
        glued = match.end("head") == at
        if head == "art" and not (scan.text[match.start()].isupper() and not glued):
            continue
        first = read_number(scan, at)
        if first is None or (glued and not scan.text[at].isdigit()):
            continue
        if head == "art" and re.fullmatch(r"(?:19|20)\d\d", first[1]):
            continue
        start, paragraph, point, letter = read_parts_before(scan, match.start())
        end, pinpoint = read_parts(scan, *first)
        end, more, form = read_more(scan, end, pinpoint, plural=head in _PLURAL)
        if start < match.start():
            form = "pinpoint_first" if form == "article" else form
            more = tuple(
                replace(p, paragraph=p.paragraph or paragraph, point=p.point or point, letter=p.letter or letter)
                for p in more
            )
        taken = end
        yield Citation(start, end, form, more)
