"""`dygjuhe rules`: every rule with its reason."""

from __future__ import annotations

import json

import click


@click.command("rules")
@click.option("--lang", type=click.Choice(["en", "sq"]), default="en", show_default=True, help="Language of the list.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a rule, for other programs.")
def command(lang: str, as_json: bool) -> None:
    """Every rule: its id, what it flags, how severe that is, and why a reviewer should care.

    \b
    Example:
      dygjuhe rules --lang sq
    """
    from pipeline.check.rule import docstring_part, heading
    from pipeline.check.rules import RULES

    for module in RULES:
        rule = module.RULE
        title = rule.heading_sq if lang == "sq" else heading(module)
        why = rule.why_sq if lang == "sq" else docstring_part(module, "Why a reviewer should care")
        if as_json:
            row = {"id": rule.id, "name": rule.name, "kind": rule.kind, "severity": rule.severity.word,
                   "heading": title, "why": why, "not_flagged": docstring_part(module, "Not flagged"),
                   "source": docstring_part(module, "Source")}  # fmt: skip
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            click.echo(f"{click.style(rule.id, bold=True)}  {title}  [{rule.severity.word}, {rule.kind}]\n      {why}")
