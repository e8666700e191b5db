"""What decisions do to the text: corrections by place, edits, a log; nothing on stale, disputed, overlapping words."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import DecisionError
from pipeline.export.accounting import check_accounts
from pipeline.model import Document, Passage, Repair, Run, short_hash
from pipeline.review.apply import apply_decisions, cleaned_run, replaced
from pipeline.review.decisions import Store, match_entries
from pipeline.review.entries import Entry
from pipeline.review.places import clean_offset, unit_text
from pipeline.review.session import apply_file
from pipeline.spans import apply_repairs
from pipeline.terminology import Glossary
from tests.review.builders import FINDINGS, LINES, build_run, small_run
from tests.review.conftest import make_folder
from tests.review.test_decisions import LATER, NOW, entry


def clean(run: Run, *entries: Entry) -> tuple[Run, object]:
    applied = apply_decisions(run, match_entries(run, entries, "report"))
    cleaned = cleaned_run(run, applied)
    check_accounts(cleaned)
    return cleaned, applied


def test_a_correction_replaces_the_words_that_the_finding_says_are_wrong() -> None:
    run = small_run()
    cleaned, applied = clean(run, entry(run, 0, "corrected", correction="116006"))
    assert "linjën kombëtare 116006, ditë" in cleaned.document.source_text
    assert len(applied.changes) == 1
    assert len(cleaned.document.source_text) == len(run.document.source_text) + 1
    # The machine's translation was made from the wrong number: it says so.
    unit = next(u for u in cleaned.units if u.unit_id == "u4")
    assert "116006" in unit.source_text
    assert "corrected after" in unit.warnings[0]


def test_the_reviewer_chooses_other_places() -> None:
    run = small_run()
    cleaned, _ = clean(run, entry(run, 0, "corrected", correction="16 006", places=(0, 1)))
    assert cleaned.document.source_text.count("16 006") == 2


UNTOUCHED = [
    ("confirmed", [{"judgement": "confirmed"}]),
    ("dismissed", [{"judgement": "dismissed", "note": "fine"}]),
    ("unsure", [{"judgement": "unsure"}]),
    ("stale", [{"judgement": "corrected", "correction": "1", "basis": "0" * 16}]),
    ("conflict", [{"judgement": "corrected", "correction": "1"},
                  {"judgement": "confirmed", "reviewer": "Ben", "decided_at": LATER}]),
]  # fmt: skip


@pytest.mark.parametrize(("word", "rows"), UNTOUCHED, ids=[u[0] for u in UNTOUCHED])
def test_only_agreed_corrections_change_the_text(word: str, rows: list[dict]) -> None:
    run = small_run()
    entries = [entry(run, 0, **row) for row in rows]
    cleaned, applied = clean(run, *entries)
    assert cleaned.document.source_text == run.document.source_text
    assert dict(applied.counts)[word] == 1


def test_overlapping_corrections_are_refused_both_and_said() -> None:
    rows = [*FINDINGS, {"rule": "FO01", "kind": "case_variant", "severity": "minor", "quotes": [(4, "dated 10.06")],
                        "found": "dated 10.06"}]  # fmt: skip
    run = build_run(LINES, rows)
    by_rule = {f.rule_id: i for i, f in enumerate(run.findings)}
    one = entry(run, by_rule["DA01"], "corrected", correction="10.06.2014")
    two = entry(run, by_rule["FO01"], "corrected", correction="of 10.06")
    third = entry(run, by_rule["CO01"], "corrected", correction="116006")
    cleaned, applied = clean(run, one, two, third)
    assert "dated 10.06.06.2014" in cleaned.document.source_text
    assert [r.place for r in applied.refused] == ["line 9", "line 9"]
    assert len(applied.changes) == 1


def test_two_findings_that_correct_one_place_alike_are_one_change() -> None:
    run = build_run(LINES, [*FINDINGS, {**FINDINGS[1], "rule": "DA02"}])
    indexes = [i for i, f in enumerate(run.findings) if f.rule_id.startswith("DA")]
    cleaned, applied = clean(run, *(entry(run, i, "corrected", correction="10.06.2014") for i in indexes))
    assert len(applied.changes) == 1
    assert "dated 10.06.2014, created" in cleaned.document.source_text


def test_an_edit_is_the_persons_and_goes_into_the_memory(tmp_path: Path) -> None:
    run = small_run()
    folder = make_folder(run, tmp_path / "report")
    edit = Entry("e1", "edit", "Ana", NOW, short_hash(*unit_text(run.units[1])), unit_id="u2",
                 target_text="MBËSHTETJA E VIKTIMAVE")  # fmt: skip
    sent = tmp_path / "sent.jsonl"
    sent.write_text(json.dumps({"entry_id": "e1", "type": "edit", "reviewer": "Ana", "decided_at": NOW,
                                "basis": edit.basis, "unit_id": "u2",
                                "target_text": edit.target_text}), "utf-8")  # fmt: skip
    outcome = apply_file(folder, sent, Glossary())
    assert outcome.added == 1
    memory = [json.loads(line) for line in (tmp_path / "memory.jsonl").read_text("utf-8").splitlines()]
    assert [(m["source_lang"], m["source_text"], m["target_text"]) for m in memory] == [
        ("en", "1. VICTIM SUPPORT", "MBËSHTETJA E VIKTIMAVE")
    ]
    apply_file(folder, sent, Glossary())
    assert len((tmp_path / "memory.jsonl").read_text("utf-8").splitlines()) == 1
    applied = apply_decisions(run, match_entries(run, Store(tmp_path).read()[0], "report"))
    unit = next(u for u in cleaned_run(run, applied).units if u.unit_id == "u2")
    assert (unit.state, unit.origin, unit.target_text) == ("reviewed", "person", "MBËSHTETJA E VIKTIMAVE")


def test_a_correction_in_a_translation_changes_that_alone() -> None:
    row = {
        "rule": "BI01",
        "kind": "figure_differs_between_languages",
        "quotes": [(2, "24"), ("target", "24", 2)],
        "found": "24",
    }
    run = build_run(LINES, [row])
    cleaned, applied = clean(run, entry(run, 0, "corrected", correction="42", places=(1,)))
    assert cleaned.document.source_text == run.document.source_text
    assert "within 42 hours" in next(u for u in cleaned.units if u.unit_id == "u3").target_text
    assert applied.changes[0].unit_id == "u3"


def test_repairs_are_in_the_cleaned_text_and_corrections_find_their_place_behind_them() -> None:
    source = "QÃ«llimi Ã«shtÃ« 16006 sot"
    repairs = tuple(
        Repair(i, i + 2, "Ã«", "ë", "mojibake") for i in range(len(source) - 1) if source[i : i + 2] == "Ã«"
    )
    text = apply_repairs(source, repairs)[0]
    document = Document("d", "r.txt", "text/plain", source, text, repairs)
    passage = Passage("p1", "d", 1, 0, len(source), text, "paragraph", repairs=repairs, lang="sq")
    run = replace(build_run([("sq", "x")], []), document=document, passages=(passage,), units=(), mentions=())
    at = source.index("16006")
    assert text[clean_offset(passage, at) : clean_offset(passage, at + 5, after=True)] == "16006"
    from pipeline.model import Finding, Severity, Span

    finding = Finding("f", "CO01", "hotline_variant", "", Severity.MAJOR, "m", (Span("d", at, at + 5, "16006"),))
    run = replace(run, findings=(finding,))
    cleaned, _ = clean(run, entry(run, 0, "corrected", correction="116006"))
    assert cleaned.document.source_text == "Qëllimi është 116006 sot"


@given(st.lists(st.tuples(st.integers(0, 3), st.text(max_size=12)), max_size=4, unique_by=lambda c: c[0]))
@settings(max_examples=40, deadline=None)
def test_whatever_is_corrected_the_accounts_hold_and_the_rest_stays(corrections: list[tuple[int, str]]) -> None:
    run = small_run()
    cleaned, applied = clean(run, *(entry(run, i, "corrected", correction=c) for i, c in corrections))
    expected = replaced(run.document.source_text, [(c.start, c.end, c.after) for c in applied.changes])
    assert cleaned.document.source_text == expected
    for mention in cleaned.mentions:
        assert cleaned.document.source_text[mention.span.start : mention.span.end] == mention.span.exact


def test_strict_takes_nothing_of_a_file_with_one_bad_line(tmp_path: Path) -> None:
    run = small_run()
    folder = make_folder(run, tmp_path / "report")
    from pipeline.review.entries import row_of

    sent = tmp_path / "sent.jsonl"
    bad = {**row_of(entry(run, 1)), "judgement": "perhaps", "entry_id": "x"}
    sent.write_text(json.dumps(row_of(entry(run, 0))) + "\n" + json.dumps(bad) + "\n", "utf-8")
    with pytest.raises(DecisionError, match="cannot be taken"):
        apply_file(folder, sent, Glossary(), strict=True)
    assert not (tmp_path / "decisions.jsonl").exists()
    outcome = apply_file(folder, sent, Glossary())
    assert (outcome.added, len(outcome.reading.refused)) == (1, 1)


def test_the_command_says_what_became_of_each(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from pipeline.commands.apply import command
    from pipeline.review.entries import row_of

    run = small_run()
    folder = make_folder(run, tmp_path / "report")
    sent = tmp_path / "sent.jsonl"
    rows = [entry(run, 0, "corrected", correction="116006"), entry(run, 1, "dismissed", note="so", basis="0" * 16),
            entry(run, 2, "confirmed"), entry(run, 2, "dismissed", "Ben", note="no", decided_at=LATER)]  # fmt: skip
    sent.write_text("".join(json.dumps(row_of(r)) + "\n" for r in rows), "utf-8")
    result = CliRunner().invoke(command, [str(folder), "--decisions", str(sent), "--fail-on-open", "critical"])
    assert result.exit_code == 0, result.output
    for words in (
        "4 new",
        "1 corrected",
        "1 in dispute",
        "1 stale",
        "its words have changed since",
        "settle it in the page",
    ):
        assert words in result.output
    assert (folder / "cleaned" / "report.txt").read_text("utf-8").count("116006") == 2
    log = [json.loads(line) for line in (folder / "cleaned" / "changes.jsonl").read_text("utf-8").splitlines()]
    assert [(c["before"], c["after"], c["reviewer"]) for c in log] == [("16006", "116006", "Ana")]
    assert CliRunner().invoke(command, [str(folder), "--fail-on-open", "major"]).exit_code == 1
    assert '"carried"' not in (folder / "report.html").read_text("utf-8").split('"decisions":')[1][:400]
