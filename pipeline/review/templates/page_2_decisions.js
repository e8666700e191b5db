// Decisions: what people said of findings and units. Entries are only ever added; an undo is an entry too.

const decisions = {
  /** finding id -> entries that hold for the words as they are now; unit id -> edits */
  entries: new Map(),
  edits: new Map(),
  /** finding id -> entries about words that have changed since */
  stale: new Map(),
  /** entries made here that no file and no server has yet */
  unsaved: [],
};
const SURE = new Set(["confirmed", "dismissed", "corrected"]);
const STORE = `decisions.${RUN.document.doc_id}`;

function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => b.toString(16).padStart(2, "0")).join("");
}
function nowText() {
  const now = new Date();
  const two = (n) => String(Math.floor(Math.abs(n))).padStart(2, "0");
  const offset = -now.getTimezoneOffset();
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}T${two(now.getHours())}:` +
    `${two(now.getMinutes())}:${two(now.getSeconds())}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
}

/** Each reviewer's last word on a finding, withdrawn and settled ones left out, oldest first. */
function heldEntries(id) {
  const all = [...(decisions.entries.get(id) || [])].sort((a, b) => new Date(a.decided_at) - new Date(b.decided_at));
  const gone = new Set(all.flatMap((e) => [...(e.type === "withdrawn" ? [e.withdraws] : []), ...(e.settles || [])]));
  const last = new Map();
  for (const entry of all) {
    if (entry.type !== "decision" || gone.has(entry.entry_id)) continue;
    last.delete(entry.reviewer);
    last.set(entry.reviewer, entry);
  }
  return [...last.values()];
}
const sameAnswer = (a, b) => a.judgement === b.judgement && (a.correction || "") === (b.correction || "");

/** state: open, decided, stale or conflict, with the entries that make it so. */
function stateOf(finding) {
  const held = heldEntries(finding[F.id]);
  const sure = held.filter((e) => SURE.has(e.judgement));
  if (sure.some((e) => !sameAnswer(e, sure[0]))) return { state: "conflict", held };
  if (held.length) return { state: "decided", held, says: sure.at(-1) || held.at(-1) };
  const stale = decisions.stale.get(finding[F.id]);
  return stale ? { state: "stale", held, stale } : { state: "open", held };
}

function take(entry) {
  const map = entry.unit_id ? decisions.edits : decisions.entries;
  const id = entry.unit_id || entry.finding_id;
  const list = map.get(id) || [];
  if (list.some((e) => e.entry_id === entry.entry_id)) return false;
  map.set(id, [...list, entry]);
  return true;
}

/** What is known at the start: from the server, or from the page itself and what this browser kept. */
async function loadDecisions() {
  if (SERVED) {
    const answer = await (await fetch("state", { headers: { "X-Dygjuhe": "1" } })).json();
    answer.entries.forEach(take);
    for (const [id, entries] of Object.entries(answer.stale)) decisions.stale.set(id, entries);
    return;
  }
  RUN.decisions.entries.forEach(take);
  for (const [id, entries] of Object.entries(RUN.decisions.stale)) decisions.stale.set(id, entries);
  try {
    for (const entry of JSON.parse(kept.get(STORE) || "[]")) if (take(entry)) decisions.unsaved.push(entry);
  } catch { /* what this browser kept is damaged: the page starts without it */ }
}

/** Adds an entry, shows it at once, and saves it. Returns when it is safe, or says why it is not. */
async function record(entry, finding) {
  take(entry);
  if (finding) decided(finding);
  decisions.unsaved.push(entry);
  if (SERVED) {
    await sendUnsaved();
  } else {
    kept.set(STORE, JSON.stringify(decisions.unsaved));
    showSaving();
  }
}

// One at a time, or an entry on its way would be sent again.
let sending = Promise.resolve();
function sendUnsaved() {
  sending = sending.then(sendNow);
  return sending;
}
async function sendNow() {
  const saving = $("saving");
  let sent = 0;
  for (const entry of [...decisions.unsaved]) {
    try {
      sent = performance.now();
      const answer = await fetch("entries", {
        method: "POST", headers: { "Content-Type": "application/json", "X-Dygjuhe": "1" }, body: JSON.stringify(entry),
      });
      if (!answer.ok) throw new Error((await answer.text()).slice(0, 200));
      decisions.unsaved = decisions.unsaved.filter((e) => e.entry_id !== entry.entry_id);
    } catch (error) {
      saving.className = "bad";
      saving.replaceChildren(T("not_saved", error.message), " ",
        h("button", { type: "button", onclick: sendUnsaved }, T("retry")));
      return;
    }
  }
  saving.className = "good";
  saving.textContent = T("saved");
  // From the last request to its answer, for the tests.
  saving.dataset.ms = Math.ceil(performance.now() - sent);
}

function showSaving() {
  $("download").hidden = SERVED;
  document.querySelector("label[for=load]").hidden = SERVED;
  $("load").hidden = SERVED;
  if (SERVED) { if (!$("saving").textContent) $("saving").textContent = T("served"); return; }
  const n = decisions.unsaved.length;
  $("download").disabled = n === 0;
  $("download").classList.toggle("main", n > 0);
  $("saving").className = "";
  $("saving").textContent = n ? T("unsaved", number(n)) : "";
}

/** The file that `dygjuhe apply` takes. */
function decisionsFile() {
  return JSON.stringify({
    format: "dygjuhe-decisions", version: 1, report: RUN.document.name, doc_id: RUN.document.doc_id,
    entries: decisions.unsaved,
  }, null, 1) + "\n";
}
let downloaded = 0;
function download() {
  const address = URL.createObjectURL(new Blob([decisionsFile()], { type: "application/json" }));
  h("a", { href: address, download: `${RUN.document.name.replace(/\.[^.]*$/, "")}-decisions.json` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  downloaded = decisions.unsaved.length;
}
window.addEventListener("beforeunload", (event) => {
  if (SERVED ? decisions.unsaved.length : decisions.unsaved.length > downloaded && !kept.get(STORE)) event.preventDefault();
});

async function loadFile(file) {
  try {
    const content = JSON.parse(await file.text());
    if (content.format !== "dygjuhe-decisions" || !Array.isArray(content.entries)) throw new Error();
    const basis = new Map(RUN.findings.map((f) => [f[F.id], f[F.basis]]));
    let n = 0;
    for (const entry of content.entries) {
      const known = entry.unit_id ? RUN.units.some((u) => u[U.id] === entry.unit_id) : basis.has(entry.finding_id);
      if (!known || typeof entry.entry_id !== "string") continue;
      if (entry.finding_id && entry.basis && entry.basis !== basis.get(entry.finding_id)) {
        decisions.stale.set(entry.finding_id, [...(decisions.stale.get(entry.finding_id) || []), entry]);
      } else if (take(entry)) { decisions.unsaved.push(entry); n++; }
    }
    kept.set(STORE, JSON.stringify(decisions.unsaved));
    redraw();
    $("saving").textContent = T("loaded", number(n));
  } catch {
    $("saving").className = "bad";
    $("saving").textContent = T("not_loaded");
  }
}

function reviewerName() {
  const name = $("reviewer").value.trim();
  if (!name) {
    $("saving").className = "bad";
    $("saving").textContent = T("name_needed");
    $("reviewer").focus();
    return null;
  }
  kept.set("reviewer", name);
  return name;
}

async function decide(finding, judgement, more = {}) {
  const reviewer = reviewerName();
  if (!reviewer) return false;
  const quotes = finding[F.anchors].map((places) => ({
    exact: places.map((p) => quoted(p)).join(" "), line: places[0][A.line],
  }));
  const before = stateOf(finding);
  const mine = before.held.find((e) => e.reviewer === reviewer);
  if (before.state === "decided" && mine && mine.judgement === judgement && !("note" in more)) return true;
  await record({
    entry_id: newId(), type: "decision", finding_id: finding[F.id], rule_id: RUN.rules[finding[F.rule]].id, judgement,
    correction: null, note: "", places: [], reviewer,
    settles: before.state === "stale" ? before.stale.map((e) => e.entry_id) : [], decided_at: nowText(), basis: finding[F.basis],
    quotes: quotes.slice(0, 8), ...more,
  }, finding);
  return true;
}

async function undo(finding) {
  const reviewer = $("reviewer").value.trim();
  const held = heldEntries(finding[F.id]);
  const mine = held.filter((e) => e.reviewer === reviewer).at(-1) || held.at(-1);
  if (!mine) return;
  await record({
    entry_id: newId(), type: "withdrawn", withdraws: mine.entry_id, finding_id: finding[F.id],
    reviewer: reviewer || mine.reviewer, decided_at: nowText(), basis: finding[F.basis],
  }, finding);
}

async function editUnit(unit, text) {
  const reviewer = reviewerName();
  if (!reviewer) return false;
  await record({
    entry_id: newId(), type: "edit", unit_id: unit[U.id], target_text: text, reviewer, decided_at: nowText(),
    basis: unit[U.basis],
  });
  return true;
}
const editOf = (unit) => (decisions.edits.get(unit[U.id]) || []).at(-1);
