"""The whole document in one picture: findings by severity, languages, and where copies and pairs lie.

Reads: Run. Writes: inline SVG without a word in it, so that it needs no translation and stretches to any width.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterator

from pipeline.model import Run, Severity
from pipeline.review.places import Places

# The picture's own units; the page stretches it to its width.
WIDTH = 1200
# Height of the findings above the band, of the band of languages, and of the arcs below it.
ABOVE, BAND, BELOW = 72, 16, 52
# Height under the band where nothing is said twice.
NO_ARCS = 6
# Columns of findings: at 1,200 pixels one is 8 wide, the narrowest that a mouse can hit.
COLUMNS = 150
# Arcs drawn; more would be a grey surface. The rest is counted in the legend.
MOST_ARCS = 240


def document_map(run: Run) -> str:
    """The picture. Every place is proportional to its character in the source, so equal lengths look equal."""
    scale = _Scale(max(1, len(run.document.source_text)))
    height = ABOVE + BAND + (BELOW if run.copies or run.pairs else NO_ARCS)
    # Many arcs over each other are drawn fainter, so that their density shows and not a grey surface.
    opacity = max(0.15, min(0.6, 40 / max(1, len(run.copies) + len(run.pairs))))
    parts = [
        f'<svg id="map" class="map" viewBox="0 0 {WIDTH} {height}" height="{round(height * 1.15)}" '
        f'preserveAspectRatio="none" aria-hidden="true" focusable="false" data-band="{ABOVE / height:.3f}">',
        '<defs><pattern id="both" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="6" height="6" class="l-en"/><rect width="3" height="6" class="l-sq"/></pattern></defs>',
        f'<g class="findings">{"".join(_findings(run, scale))}</g>',
        f'<g class="languages">{"".join(_languages(run, scale))}</g>',
        f'<g class="arcs" opacity="{opacity:.2f}">{"".join(_arcs(run, scale))}</g>',
        f'<g id="map-here"></g><rect id="map-hit" class="hit" width="{WIDTH}" height="{height}"/></svg>',
    ]
    return "".join(parts)


class _Scale:
    def __init__(self, length: int) -> None:
        self.length = length

    def x(self, offset: int) -> float:
        return WIDTH * offset / self.length

    def column(self, offset: int) -> int:
        return min(COLUMNS - 1, COLUMNS * offset // self.length)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _findings(run: Run, scale: _Scale) -> Iterator[str]:
    """Stacked columns, the most serious at the band; a finding counts once in each column it touches."""
    places = Places(run)
    columns: list[Counter[Severity]] = [Counter() for _ in range(COLUMNS)]
    for finding in run.findings:
        offsets = [
            a.start if a.side == "source" else run.units[places.unit_index[a.text_id]].start for a in finding.anchors
        ]
        for column in {scale.column(o) for o in offsets}:
            columns[column][finding.severity] += 1
    tallest = max((c.total() for c in columns), default=0)
    if not tallest:
        return
    # One finding is at most a quarter of the height, or a quiet report would look like an alarming one.
    step = min(ABOVE / 4, (ABOVE - 4) / tallest)
    width = WIDTH / COLUMNS
    for i, here in enumerate(columns):
        y = float(ABOVE - 1)
        for severity in sorted(here, reverse=True):
            height = here[severity] * step
            y -= height
            yield (
                f'<rect class="s-{severity.word}" x="{_number(i * width + 0.8)}" y="{_number(y)}" '
                f'width="{_number(width - 1.6)}" height="{_number(max(height - 0.6, 0.8))}"/>'
            )


def _languages(run: Run, scale: _Scale) -> Iterator[str]:
    """The band: neighbouring passages of one language are one stretch."""
    stretches: list[tuple[str, int, int]] = []
    for passage in run.passages:
        if stretches and stretches[-1][0] == passage.lang:
            stretches[-1] = (passage.lang, stretches[-1][1], passage.end)
        else:
            stretches.append((passage.lang, passage.start, passage.end))
    yield f'<rect class="l-none" x="0" y="{ABOVE}" width="{WIDTH}" height="{BAND}"/>'
    for lang, start, end in stretches:
        x = scale.x(start)
        yield (
            f'<rect class="l-{lang}" x="{_number(x)}" y="{ABOVE}" width="{_number(max(scale.x(end) - x, 0.6))}" '
            f'height="{BAND}"/>'
        )


def _arcs(run: Run, scale: _Scale) -> Iterator[str]:
    """Arcs between the middles of copies and of pairs, those of the same columns drawn once."""
    middles = {p.passage_id: (p.start + p.end) // 2 for p in run.passages}
    arcs: Counter[tuple[str, int, int]] = Counter()
    for kind, one, two in (
        *(("copy", c.of_passage_id, c.passage_id) for c in run.copies),
        *(("pair", p.sq_passage_id, p.en_passage_id) for p in run.pairs),
    ):
        left, right = sorted((middles[one], middles[two]))
        arcs[kind, round(scale.x(left)), round(scale.x(right))] += 1
    top = ABOVE + BAND
    for kind, left, right in sorted(_heaviest(arcs)):
        depth = top + 6 + (BELOW - 8) * 2 * ((right - left) / WIDTH) ** 0.5
        yield f'<path class="a-{kind}" d="M{left} {top}Q{(left + right) / 2:g} {_number(depth)} {right} {top}"/>'


def _heaviest(arcs: Counter[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """At most MOST_ARCS of each kind: those that stand for most, the rest thinned evenly along the document."""
    kept: list[tuple[str, int, int]] = []
    for kind in ("copy", "pair"):
        mine = sorted(a for a in arcs if a[0] == kind)
        if len(mine) > MOST_ARCS:
            heavy = sorted(mine, key=lambda a: (-arcs[a], a))[: MOST_ARCS // 2]
            rest = [a for a in mine if (i := bisect.bisect_left(heavy, a)) == len(heavy) or heavy[i] != a]
            mine = sorted({*heavy, *rest[:: max(1, len(rest) // (MOST_ARCS // 2))]})
        kept += mine
    return kept
