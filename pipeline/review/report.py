"""`report.html`: one file that shows a run to its reviewer, opens without a network, and takes decisions.

Reads: Run, Glossary. Writes: HTML.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from pipeline.model import Run
from pipeline.review.history import History
from pipeline.review.map import document_map
from pipeline.review.page_data import page_data, script_json
from pipeline.review.places import Places
from pipeline.review.texts import KINDS, TEXTS
from pipeline.terminology import Glossary

TEMPLATES = Path(__file__).parent / "templates"

# Findings in the form for browsers without scripts; all of them are in the workbook and in findings.jsonl.
MOST_PLAIN = 2000

# The page may send nothing anywhere; `dygjuhe review` changes this word for its own copy.
NO_CONNECTIONS = "connect-src 'none'"


def render_report(run: Run, glossary: Glossary, history: History | None = None) -> str:
    """The page for `run` with what was decided and found before; the same run and history give the same text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    css, js = (_joined(name) for name in ("css", "js"))
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    from markupsafe import Markup

    data = page_data(run, history or History())
    return environment.get_template("report.html").render(
        name=run.document.name,
        policy=Markup(_policy(css, js)),
        css=Markup(css),
        js=Markup(js),
        data=Markup(script_json(data)),
        map=Markup(document_map(run)),
        t={k: v[0] for k, v in TEXTS.items()},
        counts=data["counts"],
        plain=_plain(run),
        left_out=max(0, len(run.findings) - MOST_PLAIN),
    )


def _joined(ending: str) -> str:
    """The page's style sheets or scripts, one after the other in order of name."""
    return "\n".join(p.read_text(encoding="utf-8") for p in sorted(TEMPLATES.glob(f"*.{ending}")))


def _policy(css: str, js: str) -> str:
    """Only our own style sheet and script run, by their hash; nothing is loaded from anywhere."""
    return "; ".join([
        "default-src 'none'", f"script-src '{_hash(js)}'", f"style-src '{_hash(css)}'", NO_CONNECTIONS,
        "img-src data:", "base-uri 'none'", "form-action 'none'",
    ])  # fmt: skip


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")


def _plain(run: Run) -> list[dict[str, object]]:
    """Findings for the form without scripts: kind, messages in both languages, and quotes with their lines."""
    places = Places(run)
    rows: list[dict[str, object]] = []
    for f in run.findings[:MOST_PLAIN]:
        quotes = [(p.line, p.exact) for a in f.anchors[:6] for p in places.of(a)]
        rows.append({"severity": f.severity.word, "severity_sq": TEXTS[f.severity.word][1], "kind": KINDS[f.kind],
                     "en": f.message, "sq": f.message_sq or "", "quotes": quotes})  # fmt: skip
    return rows
