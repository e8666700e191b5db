"""Translates sentences so that nothing is changed that must not be, each step for those that the one before failed.

1. The model's hypotheses, the best faithful one.  2. Stand-ins for figures, addresses and the glossary's names.
3. Smaller pieces, cut at clauses.  4. The source is kept, and said to be.

Reads: Sentence. Writes: Said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from pipeline.translate.casing import cased_like, in_small_letters, is_capitals
from pipeline.translate.engine import Decoding, Hypothesis, Told, Translator, tell_nobody
from pipeline.translate.faithful import Fault, faults
from pipeline.translate.fidelity import mended
from pipeline.translate.names import lost_names
from pipeline.translate.pieces import Part, clauses, join, shown, smaller
from pipeline.translate.protect import Masked, leaks, mask, unmask
from pipeline.translate.wording import Wanted, is_said, placed, reworded

# Tokens a model reads at once: small models were trained on sentences of up to about this length.
LONGEST_SENTENCE = 100
# Times that a sentence is cut at clauses before its source is kept.
DEEPEST = 2
# Names tried by themselves.
MOST_ALONE = 3
# Times as many hypotheses, before a sentence is cut.
WIDER = 3
# Share of a sentence's tokens whose source may stay in it; beyond it the whole source is easier to mend.
MOST_KEPT = 0.34
# Mean log-probability a token that a hypothesis may lie below the best one: further down stands what the model itself
# holds for wrong, and a check that it happens to pass proves nothing.
FURTHEST = 0.7
# Mean log-probability a token. On 700 sentences set aside, 60 % of those below UNSURE were poor (chrF under 40), 5 % of
# those above -0.5; none of real sentences was below HOPELESS, which is what damaged words get.
UNSURE, HOPELESS = -0.78, -1.2
# Mean log-probability a token that a name may cost: beyond it the sentence suffers more than the name is worth, and
# the name is asked for in a warning.
DEAREST = 0.3
# Tokens in a row that may not come twice when a loop is tried again.
NO_REPEAT = 4


UNSURE_MESSAGE = "the model is unsure of this translation: read it against the source"
HOPELESS_MESSAGE = "the model does not know these words"


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is to be said in the other language, and what the glossary wants of it."""

    text: str
    wanted: tuple[Wanted, ...] = field(default=(), compare=False)
    names: tuple[tuple[int, int], ...] = field(default=(), compare=False)
    """Places of proper names that the glossary does not know."""
    fixed: str | None = field(default=None, compare=False)
    """What it is in the other language, where that needs no model."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in the other language. `score` is None where no model said it (glossary, source kept)."""

    text: str
    score: float | None
    tokens: int
    """Weight of the score: length of the source in tokens."""
    faults: tuple[Fault, ...] = ()
    kept: Literal["", "part", "all"] = ""
    """How much of the source itself stands here, for want of a faithful translation."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    score: float
    faults: tuple[Fault, ...]

    @property
    def rank(self) -> tuple[int, int, float]:
        return sum(f.hard for f in self.faults), len(self.faults), -self.score


_Best = dict[Sentence, _Candidate | None]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps over one translator."""

    translator: Translator
    decoding: Decoding
    told: Told = tell_nobody

    def translate(self, sentences: Sequence[Sentence], depth: int = 0) -> dict[Sentence, Said]:
        """Each sentence as it may be shown to a reviewer; equal sentences once."""
        if not sentences:
            return {}
        ready = {s: Said(s.fixed, None, 0) for s in sentences if s.fixed is not None}
        unique = [s for s in dict.fromkeys(sentences) if s not in ready]
        sizes = dict(zip(unique, self.translator.count_tokens([shown(s.text) for s in unique]), strict=True))
        # A piece is never cut as too long a second time: what clauses() returns is as short as it gets.
        long = [s for s in unique if sizes[s] > LONGEST_SENTENCE] if depth == 0 else []
        short = [s for s in unique if s not in set(long)]
        best = self._plain(short, self.told if depth == 0 else tell_nobody)
        if depth == 0:
            self.told(len(long))
        for turn in (0, 1):
            best = self._improved(best, partial(self._masked, turn=turn))
        for step in (self._without_repeats, self._wider):
            best = self._improved(best, step)
        failed = [s for s in short if _is_bad(best[s])]
        said = {s: self._settled(s, best[s], sizes[s]) for s in short}
        if depth < DEEPEST:
            for sentence, whole in self._in_pieces(failed, smaller, depth).items():
                if whole.kept != "all":
                    said[sentence] = whole
        return ready | said | self._in_pieces(long, self._clauses, depth)

    def _plain(self, sentences: Sequence[Sentence], told: Told) -> _Best:
        said = self._ask([s.text for s in sentences], self.decoding, told)
        return {s: self._best(s, hypotheses) for s, hypotheses in zip(sentences, said, strict=True)}

    def _ask(
        self, texts: Sequence[str], decoding: Decoding | None = None, told: Told = tell_nobody
    ) -> list[tuple[Hypothesis, ...]]:
        """What the model says of each text, as it is shown to it."""
        calm = [in_small_letters(t) if is_capitals(t) else t for t in map(shown, texts)]
        return self.translator.translate(calm, decoding or self.decoding, told)

    def _best(self, sentence: Sentence, hypotheses: Sequence[Hypothesis]) -> _Candidate | None:
        """The first hypothesis without a fault, else the one with the fewest and least; None without any."""
        best: _Candidate | None = None
        for hypothesis in hypotheses:
            if hypothesis.score < hypotheses[0].score - FURTHEST:
                continue
            candidate = self._judged(sentence, hypothesis.text, hypothesis.score)
            if not candidate.faults:
                return candidate
            if best is None or candidate.rank < best.rank:
                best = candidate
        return best

    def _judged(self, sentence: Sentence, text: str, score: float) -> _Candidate:
        source, target = self.translator.source_lang, self.translator.target_lang
        text = reworded(mended(sentence.text, text, source), sentence.wanted)
        text = cased_like(sentence.text, text)
        found = faults(sentence.text, text, source, target, sentence.wanted, sentence.names)
        hopeless = (Fault("unsure", HOPELESS_MESSAGE),) if score < HOPELESS else ()
        return _Candidate(text, score, found + hopeless)

    def _improved(
        self,
        best: _Best,
        step: Callable[[_Best], _Best],
    ) -> _Best:
        """`best` with what the step does better for the sentences that have a fault."""
        better = step({s: c for s, c in best.items() if c is None or c.faults})
        chosen = dict(best)
        for sentence, candidate in better.items():
            before = best[sentence]
            if candidate is not None and (before is None or _is_better(candidate, before)):
                chosen[sentence] = candidate
        return chosen

    def _masked(self, failed: _Best, turn: int) -> _Best:
        tries = [(s, m) for s, candidate in failed.items() for m in _masks(s, candidate, turn)]
        told = self._ask([m.text for _, m in tries])
        found: _Best = {}
        for (sentence, masked), hypotheses in zip(tries, told, strict=True):
            whole = [(_unmasked(sentence, masked, h.text), h.score) for h in hypotheses]
            candidate = self._best(sentence, [Hypothesis(t, score) for t, score in whole if t is not None])
            before = found.get(sentence)
            if candidate is not None and (before is None or candidate.rank < before.rank):
                found[sentence] = candidate
        return found

    def _wider(self, failed: _Best) -> _Best:
        """More hypotheses, for what only just went wrong."""
        again = [s for s, c in failed.items() if _is_bad(c)]
        beam = self.decoding.beam * WIDER
        said = self._ask([s.text for s in again], replace(self.decoding, beam=beam, hypotheses=beam))
        return {s: self._best(s, hypotheses) for s, hypotheses in zip(again, said, strict=True)}

    def _without_repeats(self, failed: _Best) -> _Best:
        """For what looped or came out far too long."""
        again = [s for s, c in failed.items() if c is not None and any(f.kind in ("loop", "length") for f in c.faults)]
        told = self._ask([s.text for s in again], replace(self.decoding, no_repeat=NO_REPEAT))
        return {s: self._best(s, hypotheses) for s, hypotheses in zip(again, told, strict=True)}

    def _settled(self, sentence: Sentence, candidate: _Candidate | None, tokens: int) -> Said:
        if candidate is None:
            return Said(
                sentence.text, None, tokens, (Fault("empty", "there was not enough memory for it"),), kept="all"
            )
        if _is_bad(candidate):
            return Said(sentence.text, None, tokens, candidate.faults, kept="all")
        unsure = (Fault("unsure", UNSURE_MESSAGE, hard=False),) if candidate.score < UNSURE else ()
        return Said(candidate.text, candidate.score, tokens, candidate.faults + unsure)

    def _clauses(self, text: str) -> list[Part]:
        return clauses(text, LONGEST_SENTENCE, self.translator.count_tokens)

    def _in_pieces(
        self, sentences: Sequence[Sentence], cut: Callable[[str], list[Part]], depth: int
    ) -> dict[Sentence, Said]:
        """Each sentence from the translations of its pieces; a piece that fails keeps its source."""
        cuts = {s: cut(s.text) for s in sentences}
        pieces = {(s, p): _piece(s, p) for s, parts in cuts.items() for p in parts if p.said}
        # A sentence that could not be cut would come back for ever.
        uncut = {s for s, parts in cuts.items() if sum(p.said for p in parts) < 2}
        said = self.translate([p for (s, _), p in pieces.items() if s not in uncut], depth + 1)
        found: dict[Sentence, Said] = {}
        for sentence, parts in cuts.items():
            if sentence in uncut:
                found[sentence] = Said(
                    sentence.text, None, 1, (Fault("length", "the text is too long for the model"),), kept="all"
                )
                continue
            told = [said[pieces[sentence, p]] for p in parts if p.said]
            found[sentence] = self._joined(sentence, parts, told, cut is smaller)
        return found

    def _joined(self, sentence: Sentence, parts: Sequence[Part], told: Sequence[Said], cut_to_save: bool) -> Said:
        text = join(sentence.text, parts, [t.text for t in told])
        scored = [t for t in told if t.score is not None]
        tokens = sum(t.tokens for t in told)
        weight = sum(t.tokens for t in scored)
        score = sum((t.score or 0.0) * t.tokens for t in scored) / weight if weight else None
        wrong = tuple(dict.fromkeys(f for t in told for f in t.faults))
        kept = sum(t.tokens for t in told if t.kept == "all")
        # A failed sentence is tried in pieces to save it; a long one is in pieces anyway.
        all_kept = kept > 0 and (kept == tokens or (cut_to_save and kept > MOST_KEPT * tokens))
        return Said(text, score, tokens, wrong, "all" if all_kept else "part" if any(t.kept for t in told) else "")


def _is_better(candidate: _Candidate, before: _Candidate) -> bool:
    """Whether a retry is worth taking: fewer hard faults, or fewer others without a clearly worse sentence."""
    (hard, every, _), (hard_before, every_before, _) = candidate.rank, before.rank
    return hard < hard_before or (
        hard == hard_before and every < every_before and candidate.score > before.score - DEAREST
    )


def _is_bad(candidate: _Candidate | None) -> bool:
    return candidate is None or any(f.hard for f in candidate.faults)


def _piece(sentence: Sentence, part: Part) -> Sentence:
    """A piece of the sentence with what the glossary wants of just this piece."""
    wanted = [w for w in sentence.wanted if part.start <= w.start and w.end <= part.end]
    names = [n for n in sentence.names if part.start <= n[0] and n[1] <= part.end]
    return Sentence(
        sentence.text[part.start : part.end],
        tuple(replace(w, start=w.start - part.start, end=w.end - part.start) for w in wanted),
        tuple((start - part.start, end - part.start) for start, end in names),
    )


def _masks(sentence: Sentence, candidate: _Candidate | None, turn: int) -> list[Masked]:
    """The sentence with stand-ins for what went wrong: its figures, the names that are missing.

    At the second turn all names are masked, since the new translation would lose others; and, where several are
    missing, each of the first few by itself: one name brought in is better than none.
    """
    kinds = {f.kind for f in candidate.faults} if candidate is not None else set()
    figures = bool(kinds - {"glossary", "names", "quotation"})
    said = "" if candidate is None else candidate.text
    missing = _name_places(sentence, said)
    tries = [mask(sentence.text, _name_places(sentence, "") if turn else missing, figures=figures, turn=turn)]
    if turn and len(missing) > 1:
        tries += [mask(sentence.text, [name], figures=figures) for name in missing[:MOST_ALONE]]
    return list(dict.fromkeys(m for m in tries if m is not None))


def _name_places(sentence: Sentence, said: str) -> list[tuple[int, int, str]]:
    """The names that `said` lacks: (start, end, what shall stand there)."""
    wanted = [(w.start, w.end, w.preferred) for w in sentence.wanted if w.required and not is_said(said, w)]
    lost = lost_names(sentence.text, said, sentence.names)
    return [*wanted, *((start, end, sentence.text[start:end]) for start, end in lost)]


def _unmasked(sentence: Sentence, masked: Masked, target: str) -> str | None:
    """The translation with its stand-ins taken out, and the glossary's names inflected as their place asks."""
    wanted = {w.preferred: w for w in sentence.wanted}

    def place(said: str, before: str, ending: str) -> str:
        if said in wanted:
            return placed(wanted[said], before, "", ending)
        # A name as it was printed takes no ending of another one.
        return said

    text = unmask(masked, target, place)
    # A stand-in that the model made more of than was there.
    return None if text is None or leaks(sentence.text, text) else text
