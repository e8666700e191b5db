"""Names every difference between two copies, to the character: figure, reference, word, spacing, case, punctuation.

Reads: two texts. Writes: Difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from pipeline.align.words import Word, words_of
from pipeline.languages import fold
from pipeline.model import Difference
from pipeline.segment.lines import is_capitals
from pipeline.segment.lists import read_marker

Kind = Literal["figure", "reference", "word", "spacing", "case", "punctuation", "accent", "missing", "added"]

# Words right before a figure that make it the number of an article, an act or the like.
_REFERRING = frozenset(
    """article articles art neni nenit nenin nenet neneve order urdhri urdhrin urdhrit law ligji ligjit ligjin no nr
    number numer numri dcm vkm decision vendimi vendimit vendimin directive direktiva direktives direktiven paragraph
    paragrafi point pika pikes letter shkronja section seksioni chapter kreu annex aneksi""".split()
)
_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "‑": "-", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
                         "’": "'", "‘": "'"})  # fmt: skip


def differences(
    left: str, right: str, left_bounds: tuple[int, int] | None = None, right_bounds: tuple[int, int] | None = None
) -> tuple[Difference, ...]:
    """Every difference of the copies in order of place; list markers are not compared.

    The bounds limit the comparison to the part of a passage that the other one repeats.

    >>> [(d.left, d.right, d.kind) for d in differences("a line ALO 116, call", "a line ALO 16, call now")]
    [('116', '16', 'figure'), ('', 'now', 'added')]
    >>> [(d.left, d.right, d.kind) for d in differences("PAMECA mission", "PAMEC A Mission")]
    [('PAMECA', 'PAMEC A', 'spacing'), ('mission', 'Mission', 'case')]
    """
    a = _within(words_of(left), left_bounds)
    b = _within(words_of(right), right_bounds)
    found: list[Difference] = list(_markers(left, right, left_bounds, right_bounds))
    # A heading in capitals is no misspelling of the same words in a list.
    small = is_capitals(left) != is_capitals(right)
    if small:
        a, b = ([replace(w, text=w.text.lower()) for w in words] for words in (a, b))
    for tag, a1, a2, b1, b2 in _opcodes(a, b):
        if tag == "equal":
            found.extend(_spaces(left, right, a[a1:a2], b[b1:b2]))
        else:
            found.extend(_changed(left, right, a, b, (a1, a2), (b1, b2)))
    return tuple(sorted(found, key=lambda d: (d.left_start, d.right_start)))


def _markers(
    left: str, right: str, left_bounds: tuple[int, int] | None, right_bounds: tuple[int, int] | None
) -> Iterator[Difference]:
    """A lost space between the list marker and the text: `1.Improvement`, `e)Article`."""
    a, b = read_marker(left), read_marker(right)
    if a is None or b is None or (left_bounds or (0, 0))[0] or (right_bounds or (0, 0))[0]:
        return
    if a.style not in ("letter", "number") or a.text != b.text:
        return
    if left[a.end : a.end + 1].isspace() != right[b.end : b.end + 1].isspace():
        ends = [m.end + len(t[m.end :].split()[0]) + t[m.end :].find(t[m.end :].split()[0]) for t, m in
                ((left, a), (right, b))]  # fmt: skip
        yield _difference(left, right, (a.start, ends[0]), (b.start, ends[1]), "spacing")


def _within(words: list[Word], bounds: tuple[int, int] | None) -> list[Word]:
    if bounds is None:
        return words
    return [w for w in words if bounds[0] <= w.start and w.end <= bounds[1]]


def _opcodes(a: Sequence[Word], b: Sequence[Word]) -> list[tuple[str, int, int, int, int]]:
    """Runs of equal and changed words; a lone sign that is equal between two changes is taken into them."""
    from rapidfuzz.distance import Indel

    codes = [
        (code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end)
        for code in Indel.opcodes([w.text for w in a], [w.text for w in b])
    ]
    merged: list[tuple[str, int, int, int, int]] = []
    for tag, a1, a2, b1, b2 in codes:
        kind = "equal" if tag == "equal" else "change"
        if merged and kind == "change" and merged[-1][0] == "change":
            _, c1, _, d1, _ = merged[-1]
            merged[-1] = ("change", c1, a2, d1, b2)
        else:
            merged.append((kind, a1, a2, b1, b2))
    return merged


def _spaces(left: str, right: str, a: Sequence[Word], b: Sequence[Word]) -> Iterator[Difference]:
    """Where two neighbouring words that agree stand apart in one copy and together in the other."""
    for n in range(1, len(a)):
        gap_a, gap_b = left[a[n - 1].end : a[n].start], right[b[n - 1].end : b[n].start]
        if bool(gap_a) != bool(gap_b):
            yield _difference(left, right, (a[n - 1].start, a[n].end), (b[n - 1].start, b[n].end), "spacing")


def _changed(
    left: str, right: str, a: Sequence[Word], b: Sequence[Word], a_at: tuple[int, int], b_at: tuple[int, int]
) -> Iterator[Difference]:
    """The differences inside one changed stretch, word against word where they can be matched."""
    (a1, a2), (b1, b2) = a_at, b_at
    n, m = a1, b1
    for i, i2, j, j2 in _matches(a[a1:a2], b[b1:b2]):
        yield from _one_sided(left, right, a, b, (n, a1 + i), (m, b1 + j))
        own, other = a[a1 + i : a1 + i2], b[b1 + j : b1 + j2]
        if [w.text for w in own] != [w.text for w in other]:
            kind = _kind_of(own, other, a[: a1 + i], b[: b1 + j])
            places = (own[0].start, own[-1].end), (other[0].start, other[-1].end)
            yield _difference(left, right, *places, kind)
        n, m = a1 + i2, b1 + j2
    yield from _one_sided(left, right, a, b, (n, a2), (m, b2))


# Words on one side that may stand for others: `PAMEC A` for `PAMECA`, `self - regulatory` for `selfregulatory`.
_STEPS = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (2, 3), (3, 2))
# Cells of the table of a changed stretch; a longer stretch is reported as one difference.
_TABLE = 2_500


def _matches(a: Sequence[Word], b: Sequence[Word]) -> list[tuple[int, int, int, int]]:
    """Bounds of words of a changed stretch that stand for each other, in order: the best chain of alike words."""
    rows, columns = len(a), len(b)
    if not rows or not columns or rows * columns > _TABLE:
        return []
    table = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    choice: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            best, step = table[i + 1][j], (1, 0)
            if table[i][j + 1] > best:
                best, step = table[i][j + 1], (0, 1)
            for x, y in _STEPS:
                if i + x > rows or j + y > columns:
                    continue
                alike = _alike(a[i : i + x], b[j : j + y])
                if alike and alike + table[i + x][j + y] > best:
                    best, step = alike + table[i + x][j + y], (x, y)
            table[i][j], choice[i, j] = best, step
    chain: list[tuple[int, int, int, int]] = []
    i = j = 0
    while i < rows and j < columns:
        x, y = choice[i, j]
        if x and y:
            chain.append((i, i + x, j, j + y))
        i, j = i + x, j + y
    return chain


def _alike(a: Sequence[Word], b: Sequence[Word]) -> float:
    """0 to 1, 0 below a half: signs stand for signs, words for words that share most letters."""
    from rapidfuzz.distance import Indel

    if len(a) == len(b) == 1:
        x, y = a[0], b[0]
        if x.text == y.text:
            return 1.0
        if x.sign or y.sign:
            return 0.55 if x.sign and y.sign else 0.0
        if x.key == y.key:
            return 0.95
        if any(c.isdigit() for c in x.text) and any(c.isdigit() for c in y.text):
            # Two figures in the same place are two readings of one, however unlike.
            return max(0.6, float(Indel.normalized_similarity(x.key, y.key)))
        alike = float(Indel.normalized_similarity(x.key, y.key))
        return alike if alike >= 0.5 else 0.0
    if all(w.sign for w in a) or all(w.sign for w in b) or a[0].sign or a[-1].sign or b[0].sign or b[-1].sign:
        return 0.0
    one, other = _bare(a), _bare(b)
    if one == other:
        # More than the parts could give: `PAMEC` alone is near to `PAMECA`.
        return 1.2
    alike = float(Indel.normalized_similarity(one, other))
    return alike * 0.9 if alike >= 0.8 and min(len(a), len(b)) == 1 else 0.0


def _one_sided(
    left: str, right: str, a: Sequence[Word], b: Sequence[Word], a_at: tuple[int, int], b_at: tuple[int, int]
) -> Iterator[Difference]:
    """What stands in one copy only, or stands for something quite different in the other."""
    (a1, a2), (b1, b2) = a_at, b_at
    if a1 == a2 and b1 == b2:
        return
    own, other = a[a1:a2], b[b1:b2]
    place_a = (own[0].start, own[-1].end) if own else _gap(a, a1)
    place_b = (other[0].start, other[-1].end) if other else _gap(b, b1)
    one = own or other
    kind: Kind
    if own and other:
        kind = "figure" if _figures(own) or _figures(other) else "word"
        if all(w.sign for w in (*own, *other)):
            kind = "punctuation"
        elif kind == "figure" and (_refers(a[:a1]) or _refers(b[:b1])):
            kind = "reference"
    elif all(w.sign for w in one):
        kind = "punctuation"
    else:
        kind = "missing" if own else "added"
    yield _difference(left, right, place_a, place_b, kind)


def _gap(words: Sequence[Word], at: int) -> tuple[int, int]:
    """The empty place before the word at `at`, right after the one before it."""
    place = words[at - 1].end if at else (words[0].start if words else 0)
    return place, place


def _kind_of(a: Sequence[Word], b: Sequence[Word], before_a: Sequence[Word], before_b: Sequence[Word]) -> Kind:
    if all(w.sign for w in (*a, *b)):
        return "punctuation"
    one, other = _bare(a), _bare(b)
    if len(a) + len(b) > 2 and one == other:
        return "spacing"
    if any(c.isdigit() for c in one + other):
        return "reference" if _refers(before_a) or _refers(before_b) else "figure"
    if one == other:
        return "case"
    if fold(one) == fold(other):
        return "accent"
    return "word"


def _refers(before: Sequence[Word]) -> bool:
    """Whether the word before, over a full stop, names what a number belongs to."""
    for word in reversed(before[-3:]):
        if word.text in (".", "#", "°"):
            continue
        return word.key in _REFERRING
    return False


def _figures(words: Sequence[Word]) -> bool:
    return any(w.text[0].isdigit() for w in words)


def _bare(words: Sequence[Word]) -> str:
    return "".join(w.text for w in words if w.text not in "-‑").lower()


def _difference(left: str, right: str, a: tuple[int, int], b: tuple[int, int], kind: Kind) -> Difference:
    one, other = left[a[0] : a[1]], right[b[0] : b[1]]
    if kind == "word" and one.translate(_DASHES) == other.translate(_DASHES):
        kind = "punctuation"
    return Difference(a[0], a[1], b[0], b[1], one, other, kind)
