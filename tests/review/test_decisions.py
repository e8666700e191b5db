"""Decisions that last: the store survives kills, a re-run keeps all of them, a new edition none on changed words."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Run
from pipeline.review.decisions import Matching, Store, basis_of, match_entries, quotes_of
from pipeline.review.entries import Entry, answer_of, entry_of, row_of
from pipeline.review.places import Places
from tests.review.builders import FINDINGS, LINES, big_run, build_run, small_run

NOW = "2026-03-01T10:00:00+01:00"


def entry(run: Run, index: int = 0, judgement: str = "confirmed", reviewer: str = "Ana", **more: object) -> Entry:
    places = Places(run)
    finding = run.findings[index]
    values: dict = {
        "entry_id": f"{finding.finding_id}-{reviewer}-{judgement}-{more.get('decided_at', '')}", "type": "decision",
        "reviewer": reviewer, "decided_at": NOW, "basis": basis_of(places, finding), "report": "report",
        "doc_id": run.document.doc_id, "finding_id": finding.finding_id, "rule_id": finding.rule_id,
        "judgement": judgement, "quotes": quotes_of(places, finding), **more,
    }  # fmt: skip
    return Entry(**values)


def test_what_is_appended_is_read_back(tmp_path: Path) -> None:
    run = small_run()
    entries = [
        entry(run, 0, "corrected", correction="116006", places=(1,)),
        entry(run, 1, "dismissed", note="so it is"),
    ]
    assert Store(tmp_path).append(entries) == 2
    read, notes = Store(tmp_path).read()
    assert [replace(e, batch="", batch_size=0) for e in read] == entries
    assert notes == ()
    assert (tmp_path / "decisions.jsonl").stat().st_mode & 0o077 == 0


def test_the_same_entry_is_stored_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.append([entry(small_run())]) == 1
    assert store.append([entry(small_run())]) == 0
    assert Store(tmp_path).append([entry(small_run())]) == 0


@pytest.mark.parametrize("cut", [1, 5, 40, 200])
def test_a_torn_last_line_is_left_out_and_said(tmp_path: Path, cut: int) -> None:
    run = small_run()
    store = Store(tmp_path)
    store.append([entry(run, 0)])
    store.append([entry(run, 1)])
    written = store.path.read_bytes()
    store.path.write_bytes(written[: -cut - 1])
    read, notes = Store(tmp_path).read()
    assert [e.finding_id for e in read] == [run.findings[0].finding_id]
    assert "line 2" in notes[0]
    assert "cut off" in notes[0]
    # Going on after the crash harms neither the old lines nor the new one.
    Store(tmp_path).append([entry(run, 2)])
    read, notes = Store(tmp_path).read()
    assert [e.finding_id for e in read] == [run.findings[0].finding_id, run.findings[2].finding_id]
    assert len(notes) == 1


def test_a_file_read_in_counts_whole_or_not_at_all(tmp_path: Path) -> None:
    run = small_run()
    store = Store(tmp_path)
    store.append([entry(run, 3)])
    store.append([entry(run, i) for i in range(3)])
    lines = store.path.read_bytes().splitlines(keepends=True)
    store.path.write_bytes(b"".join(lines[:-1]))
    read, notes = Store(tmp_path).read()
    assert [e.finding_id for e in read] == [run.findings[3].finding_id]
    assert "only partly" in notes[0]


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from pipeline.review.decisions import Store
from pipeline.review.entries import Entry
store = Store(Path({folder!r}))
for i in range(100000):
    when = "2026-03-01T10:00:00+01:00"
    store.append([Entry(f"e{{i}}", "decision", "Ana", when, "b", finding_id="f", judgement="confirmed")])
    print(i, flush=True)
"""


def test_a_kill_while_saving_loses_at_most_the_decision_being_saved(tmp_path: Path) -> None:
    root = str(Path(__file__).parents[2])
    script = KILLED.format(root=root, folder=str(tmp_path))
    path = os.pathsep.join(p for p in sys.path if p)
    child = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}
    )
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(0.4)
    child.send_signal(signal.SIGKILL)
    rest = child.stdout.read().splitlines()
    child.wait()
    said = int(rest[-1]) + 1 if rest else 1
    read, _ = Store(tmp_path).read()
    assert said <= len(read) <= said + 1


def test_two_writers_keep_each_others_lines(tmp_path: Path) -> None:
    run = small_run()
    one, two = Store(tmp_path), Store(tmp_path)
    for i in range(4):
        (one if i % 2 else two).append([entry(run, i)])
    assert len(Store(tmp_path).read()[0]) == 4


def test_a_decision_is_saved_in_under_50_ms_beside_20_000_others(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.append(
        [Entry(f"e{i}", "decision", "Ana", NOW, "b", finding_id=f"f{i}", judgement="confirmed") for i in range(20000)]
    )
    took = []
    for i in range(5):
        start = time.perf_counter()
        store.append([entry(small_run(), 0, reviewer=f"R{i}")])
        took.append(time.perf_counter() - start)
    assert sorted(took)[2] < 0.05


# --- the same report again, and its next edition ------------------------------------------------------------------


def test_a_rerun_keeps_every_decision() -> None:
    run = big_run(600)
    entries = [entry(run, i) for i in range(600)]
    matching = match_entries(big_run(600), entries, "report")
    assert sum(matching.answer(f).state == "decided" for f in run.findings) == 600
    assert not matching.stale
    assert not matching.gone


def edited(run: Run, share: float, seed: int) -> tuple[Run, set[int]]:
    """The run with that share of its passages changed, and their indexes; findings keep their quotes."""
    rng = random.Random(seed)
    chosen = set(rng.sample(range(len(run.passages)), int(share * len(run.passages))))
    lines = [(p.lang, p.text + (" Edited." if i in chosen else "")) for i, p in enumerate(run.passages)]
    rows = []
    for f in run.findings:
        quotes = [
            (next(i for i, p in enumerate(run.passages) if p.start <= a.start < p.end), a.exact) for a in f.anchors
        ]
        rows.append({"id": f.finding_id, "rule": f.rule_id, "kind": f.kind, "severity": f.severity.word,
                     "quotes": quotes, "message": f.message, "message_sq": f.message_sq})  # fmt: skip
    return build_run(lines, rows), chosen


def test_an_edition_keeps_decisions_on_untouched_words_and_none_on_changed_ones() -> None:
    run = big_run(400)
    entries = [entry(run, i) for i in range(400)]
    new, changed = edited(run, 0.1, 3)
    # The new edition has another file name, so another run folder.
    matching = match_entries(new, entries, "report-2026")
    touched = 0
    for old in run.findings:
        passages = {next(i for i, p in enumerate(run.passages) if p.start <= a.start < p.end) for a in old.anchors}
        state = matching.answer(old).state
        if passages & changed:
            touched += 1
            assert state == "open"
            assert old.finding_id in matching.stale
        else:
            assert state == "decided"
    assert touched > 40


def test_a_decision_goes_with_its_place_when_an_earlier_place_of_the_same_words_goes() -> None:
    lines = [*LINES, ("en", "The State Police trained 24 officers in the first half of the year."),
             ("en", "The State Police trained 24 officers, said the other report.")]  # fmt: skip
    first = {"rule": "FG01", "id": "same", "kind": "count_mismatch", "quotes": [(7, "24 officers")]}
    second = {"rule": "FG01", "id": "same-2", "kind": "count_mismatch", "quotes": [(8, "24 officers")]}
    run = build_run(lines, [first, second])
    entries = [entry(run, 0, "confirmed"), entry(run, 1, "dismissed", note="fine")]
    later = build_run([*LINES, lines[8]], [{**second, "id": "same", "quotes": [(7, "24 officers")]}])
    answer = match_entries(later, entries, "report").answer(later.findings[0])
    assert answer.says is not None
    assert answer.says.judgement == "dismissed"


def test_changed_words_come_back_with_the_old_decision() -> None:
    run = small_run()
    lines = list(LINES)
    lines[3] = ("sq", LINES[3][1].replace("16006", "16606"))
    rows = [{**FINDINGS[0], "quotes": [(2, "116006"), (3, "16606")], "found": "16606"}, *FINDINGS[1:]]
    new = build_run(lines, rows)
    assert new.findings[0].finding_id != run.findings[0].finding_id
    old = entry(run, 0, "dismissed", note="asked the ministry")
    matching = match_entries(new, [old, entry(run, 1)], "report")
    assert matching.answer(new.findings[0]).state == "open"
    assert matching.stale == {new.findings[0].finding_id: (old,)}
    again = replace(entry(new, 0, "confirmed"), settles=(old.entry_id,))
    settled = match_entries(new, [old, entry(run, 1), again], "report")
    assert not settled.stale
    assert settled.answer(new.findings[0]).state == "decided"


def test_another_report_is_not_asked_about_words_of_this_one() -> None:
    run = small_run()
    other = build_run([("en", "Quite another report."), ("en", "It calls 116006 and 16006 too.")],
                      [{**FINDINGS[0], "quotes": [(1, "116006"), (1, "16006", 1)]}])  # fmt: skip
    assert other.findings[0].finding_id == run.findings[0].finding_id
    matching = match_entries(other, [entry(run, 0)], "another")
    assert matching == Matching({}, {}, (), {})


def test_a_mended_fault_is_gone() -> None:
    run = small_run()
    mended = build_run(LINES, FINDINGS[1:])
    old = entry(run, 0)
    assert match_entries(mended, [old, entry(run, 1)], "report").gone == (old,)


# --- reviewers ----------------------------------------------------------------------------------------------------

LATER, LATEST = "2026-03-01T11:00:00+01:00", "2026-03-01T10:30:00+00:00"


def say(who: str, what: str, when: str = NOW, **more: object) -> Entry:
    return entry(small_run(), 0, what, who, decided_at=when, **more)


YES, NO = say("Ana", "confirmed"), say("Ben", "dismissed", LATER)
ANSWERS = [
    ("one says yes", [say("Ana", "confirmed")], "decided", "confirmed"),
    ("both say yes", [say("Ana", "confirmed"), say("Ben", "confirmed", LATER)], "decided", "confirmed"),
    ("they disagree", [YES, NO], "conflict", None),
    ("two right texts", [say("Ana", "corrected", correction="1"), say("Ben", "corrected", LATER, correction="2")],
     "conflict", None),
    ("one changed her mind", [say("Ana", "confirmed"), say("Ana", "dismissed", LATER)], "decided", "dismissed"),
    ("the later one in another time zone holds", [say("Ana", "dismissed", LATEST), say("Ana", "confirmed", LATER)],
     "decided", "dismissed"),
    ("who is unsure yields", [say("Ana", "confirmed"), say("Ben", "unsure", LATER)], "decided", "confirmed"),
    ("only unsure", [say("Ana", "unsure")], "decided", "unsure"),
    ("taken back", [YES, Entry("w", "withdrawn", "Ana", LATER, "b", withdraws=YES.entry_id)], "open", None),
    ("settled by a third", [YES, NO, say("Eva", "confirmed", LATEST, settles=(YES.entry_id, NO.entry_id))],
     "decided", "confirmed"),
    ("nobody", [], "open", None),
]  # fmt: skip


@pytest.mark.parametrize(("why", "entries", "state", "judgement"), ANSWERS, ids=[a[0] for a in ANSWERS])
def test_what_reviewers_come_to(why: str, entries: list[Entry], state: str, judgement: str | None) -> None:
    answer = answer_of(entries)
    assert answer.state == state, why
    assert (answer.says.judgement if answer.says else None) == judgement


@given(st.permutations(list(range(4))))
@settings(max_examples=24, deadline=None)
def test_merging_in_any_order_comes_to_the_same(order: list[int]) -> None:
    entries = [
        say("Ana", "confirmed"),
        say("Ben", "dismissed", LATER),
        say("Ana", "dismissed", LATEST),
        say("Eva", "unsure"),
    ]
    assert answer_of([entries[i] for i in order]) == answer_of(entries)


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_words_survive_the_store(note: str, correction: str) -> None:
    one = say("Ana", "corrected", note=note, correction=correction)
    assert entry_of(json.loads(json.dumps(row_of(one), ensure_ascii=False))) == one
