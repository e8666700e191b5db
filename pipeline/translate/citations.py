"""Says a plain citation in the other language by rule: article, act and the article's own title, nothing else.

Reports list them by the page, and a model that is asked for `Article 143/b of the Criminal Code "Computer fraud"`
has nothing to add. Whatever is not of this make is left to the model.

Reads: a sentence, its citations, Glossary. Writes: the sentence in the other language.

Real forms: `Article 117 of the Criminal Code`, `Article 293/ b of the Criminal Code "..."`,
`neni 117 i Kodit Penal`, `Neni 192/b i Kodit Penal “...”`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.languages import fold
from pipeline.model import Lang, LegalReference, Mention
from pipeline.terminology import Glossary
from pipeline.translate.inflect import in_case
from pipeline.translate.wording import act_name, article_title

_HEAD = {
    "en": re.compile(r"(?:article|art\.) [\w/]{1,12}(?: [a-zçë]{1,2})? of (?:the )?"),
    "sq": re.compile(r"neni [\w/]{1,12} (?:i|e) "),
}
_TITLE = re.compile(r"(?P<open>\s*[,:–—-]?\s*[\"“„«])\s*(?P<title>[^\"“”„«»]{3,300}?)\s*(?P<close>[\"“”»][.;,]?)\s*")


def cited(sentence: str, mentions: Sequence[Mention], glossary: Glossary, target: Lang) -> str | None:
    """The sentence in `target` where it is one plain citation, with or without its title; None otherwise."""
    for mention in mentions:
        if (
            isinstance(mention, LegalReference)
            and mention.span.start == 0
            and mention.span.exact == sentence[: mention.span.end]
        ):
            head = _head(mention, glossary, target)
            rest = sentence[mention.span.end :]
            if head is None:
                return None
            first = head[:1].upper() if sentence[:1].isupper() else head[:1].lower()
            tail = rest if not rest.strip(" .;,:") else _tail(rest, mention, glossary, target)
            return None if tail is None else first + head[1:] + tail
    return None


def _head(mention: LegalReference, glossary: Glossary, target: Lang) -> str | None:
    exact = re.sub(r"\s+", " ", mention.span.exact)
    if not mention.instrument or not mention.article or mention.paragraph or mention.point or mention.letter:
        return None
    pattern = _HEAD.get(mention.lang)
    words = fold(exact).removesuffix(fold(re.sub(r"\s+", " ", mention.instrument)))
    if pattern is None or mention.article_end or not pattern.fullmatch(re.sub(r"/ ", "/", words)):
        return None
    name = act_name(mention, glossary, target)
    if not name:
        return None
    if target == "en":
        return f"Article {mention.article} of the {name}"
    particle = "i" if name.split(" ")[0].endswith(("i", "u", "a")) else "e"
    return f"Neni {mention.article} {particle} {in_case(name, 'genitive')}"


def _tail(rest: str, mention: LegalReference, glossary: Glossary, target: Lang) -> str | None:
    match = _TITLE.fullmatch(rest)
    title = article_title(mention, glossary, target)
    if match is None or title is None or fold(match["title"]).strip(" .,;") != fold(mention.title or "").strip(" .,;"):
        return None
    return f"{match['open']}{title}{match['close']}"
