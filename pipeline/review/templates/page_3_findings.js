// The findings: filters, cards, and the forms in which they are decided.

const filter = { severities: new Set(), kind: "", state: "", order: "severity", words: "" };
const ORDER = new Map(RUN.severities.map((s, i) => [s, i]));
const SHAPES = { critical: "◆", major: "▲", minor: "●", trivial: "○" };
const numberOf = new Map(RUN.findings.map((f, i) => [f, i + 1]));
let current = null;
// A card opens when it becomes the current one; were that to happen while the button of the mouse is down, the
// button of the page would slip away from under it.
let pointerIsDown = false;
let openForm = null; // {finding, judgement}

const message = (finding) => finding[tongue === "sq" ? F.sq : F.en];

/** The text that a place counts in. */
function textOf(place) {
  if (place.length > A.exact) return place[A.exact];
  return place[A.unit] >= 0 ? RUN.units[place[A.unit]][U.target] : RUN.passages[place[A.passage]][P.text];
}
const quoted = (place) => textOf(place).slice(place[A.start], place[A.end]);
function placeLang(place) {
  if (place[A.unit] >= 0) return langOf(RUN.units[place[A.unit]][U.lang]);
  return place[A.passage] >= 0 ? langOf(RUN.passages[place[A.passage]][P.lang]) : null;
}

// --- filters ------------------------------------------------------------------------------------

const searchText = new Map();
function haystack(finding) {
  let text = searchText.get(finding);
  if (text === undefined) {
    const rule = RUN.rules[finding[F.rule]];
    const kind = RUN.kinds[finding[F.kind]];
    const quotes = finding[F.anchors].slice(0, 12).flat().map((p) => `${quoted(p)} ${T("line")} ${p[A.line]}`);
    text = fold([finding[F.en], finding[F.sq], rule.id, kind, RUN.languages.en.kinds[kind], RUN.languages.sq.kinds[kind],
      ...quotes].join("\n"));
    searchText.set(finding, text);
  }
  return text;
}

function passes(finding, words) {
  if (filter.severities.size && !filter.severities.has(finding[F.severity])) return false;
  if (filter.kind && RUN.kinds[finding[F.kind]] !== filter.kind) return false;
  if (filter.state === "new" && !finding[F.isNew]) return false;
  if (filter.state && filter.state !== "new") {
    const { state } = stateOf(finding);
    if (filter.state === "open" ? state === "decided" : state !== filter.state) return false;
  }
  return words.every((word) => haystack(finding).includes(word));
}

const feed = new LongList($("feed"), 12, 330, (finding, i) => card(finding, i));
function applyFilters() {
  const words = fold(filter.words).split(/\s+/).filter(Boolean);
  const shown = RUN.findings.filter((finding) => passes(finding, words));
  const first = (f) => { const p = f[F.anchors][0][0]; return [p[A.passage], p[A.start]]; };
  if (filter.order === "place") {
    shown.sort((a, b) => first(a)[0] - first(b)[0] || first(a)[1] - first(b)[1]);
  }
  if (current && !shown.includes(current)) current = null;
  openForm = null;
  feed.show(shown);
  $("clear").hidden = !(filter.severities.size || filter.kind || filter.state || filter.words);
  $("nothing").hidden = shown.length > 0;
  $("nothing").textContent = RUN.findings.length ? T("none_match") : T("no_findings");
  tally();
  drawLocator();
}

/** After a filter was changed from the toolbar, which stays on the screen: so must what was found. */
function refilter() {
  applyFilters();
  if ($("feed").getBoundingClientRect().top < 0) $("feed").scrollIntoView({ block: "start" });
}

function tally() {
  const done = RUN.findings.filter((f) => stateOf(f).state === "decided").length;
  $("shown").textContent = T("shown", number(feed.items.length), number(RUN.findings.length));
  $("decided").textContent = T("decided_count", number(done), number(RUN.findings.length));
  $("progress").style.width = `${RUN.findings.length ? (100 * done) / RUN.findings.length : 0}%`;
}

function drawToolbar() {
  const counts = RUN.counts.findings;
  $("chips").replaceChildren(...RUN.severities.filter((s) => counts[s]).map((s) =>
    h("button", { type: "button", class: `c-${s}`, "aria-pressed": String(filter.severities.has(s)), "data-severity": s,
      onclick: () => toggleSeverity(s) }, h("span", { "aria-hidden": "true" }, SHAPES[s]), T(`${s}_many`), h("b", {}, number(counts[s])))));
  const perKind = new Map();
  for (const f of RUN.findings) perKind.set(RUN.kinds[f[F.kind]], (perKind.get(RUN.kinds[f[F.kind]]) || 0) + 1);
  const kinds = [...perKind].sort((a, b) => b[1] - a[1] || kindName(a[0]).localeCompare(kindName(b[0]), tongue));
  fillSelect($("kind"), [["", T("all_kinds")], ...kinds.map(([k, n]) => [k, `${kindName(k)} (${number(n)})`])], filter.kind);
  const states = ["open", "decided", "stale", "conflict", ...(RUN.compared ? ["new"] : [])];
  fillSelect($("state"), [["", T("all_states")], ...states.map((s) => [s, T(s)])], filter.state);
  fillSelect($("order"), [["severity", T("by_severity")], ["place", T("by_place")]], filter.order);
}
function fillSelect(select, options, chosen) {
  select.replaceChildren(...options.map(([value, label]) => h("option", { value, selected: value === chosen }, label)));
}
function toggleSeverity(severity) {
  if (!filter.severities.delete(severity)) filter.severities.add(severity);
  for (const chip of $("chips").children) chip.setAttribute("aria-pressed", String(filter.severities.has(chip.dataset.severity)));
  refilter();
}
function clearFilters() {
  Object.assign(filter, { severities: new Set(), kind: "", state: "", words: "" });
  $("search").value = "";
  drawToolbar();
  refilter();
}

// --- a card ---------------------------------------------------------------------------------------

// Characters of context on each side of a quote; about two lines of a column.
const AROUND = 150;
// A quote longer than this is shown around its differences only.
const WHOLE = 520;

function before(text, start) {
  if (start <= AROUND) return text.slice(0, start);
  const cut = text.slice(start - AROUND, start);
  return "… " + cut.slice(cut.search(/\s/) + 1);
}
function after(text, end) {
  if (text.length - end <= AROUND) return text.slice(end);
  const cut = text.slice(end, end + AROUND);
  return cut.replace(/\s\S*$/, "") + " …";
}

/** The quote with its differences marked; long stretches without any are left out, and that is said. */
function markedQuote(text, marks) {
  const parts = [];
  const add = (s, e, differs) => e > s && parts.push(differs ? h("b", {}, text.slice(s, e)) : text.slice(s, e));
  const gap = (s, e) => {
    const side = 90;
    if (text.length <= WHOLE || e - s <= 2 * side + 40) return add(s, e, false);
    add(s, s + side, false);
    parts.push(h("span", { class: "left-out", title: T("unchanged_left_out") }, ` [… ${number(e - s - 2 * side)} …] `));
    add(e - side, e, false);
  };
  let at = 0;
  for (let i = 0; i < marks.length; i += 2) {
    gap(at, marks[i]);
    add(marks[i], marks[i + 1], true);
    at = marks[i + 1];
  }
  gap(at, text.length);
  // A whole passage in yellow says nothing: there only the differences are coloured.
  return h("mark", { class: marks.length && text.length > 90 ? "wide" : null }, parts);
}

function whereText(place) {
  const parts = [`${T("line")} ${number(place[A.line])}`];
  const passage = RUN.passages[place[A.passage]];
  if (passage) {
    if (passage[P.page]) parts.unshift(`${T("page")} ${number(passage[P.page])}`);
    if (passage[P.at]) {
      const [table, row, column, part] = passage[P.at];
      if (table) parts.push(`${T("table")} ${table}, ${T("row")} ${row}, ${T("column")} ${column}`);
      if (part) parts.push(part);
    }
  }
  if (place[A.unit] >= 0) parts.push(T("in_translation"));
  return parts.join(" · ");
}

function quote(place) {
  const text = textOf(place);
  const start = place[A.start], end = place[A.end];
  const outside = place.length > A.exact;
  const lead = outside ? place[A.before] : before(text, start);
  const tail = outside ? place[A.after] : after(text, end);
  const figure = h("figure", { class: "quote" },
    h("figcaption", {}, h("span", {}, whereText(place)),
      place[A.passage] >= 0 && h("button", { type: "button", class: "quiet", onclick: () => showInText(place) }, T("to_text"))),
    h("blockquote", { lang: placeLang(place) }, h("span", { class: "around" }, lead),
      markedQuote(text.slice(start, end), place[A.marks]), h("span", { class: "around" }, tail)));
  return figure;
}

function card(finding, i) {
  const number_ = numberOf.get(finding);
  const severity = finding[F.severity];
  const rule = RUN.rules[finding[F.rule]];
  const [heading, why] = rule[tongue];
  const state = stateOf(finding);
  const title = `finding-${number_}-title`;
  const classes = ["card", `s-${severity}`, `is-${state.state}`];
  if (finding === current) classes.push("is-current");
  const places = finding[F.anchors].flat();
  const shown = places.slice(0, 2);
  const rest = places.slice(2);
  const badges = [
    state.state === "stale" && h("span", { class: "badge stale" }, T("stale")),
    state.state === "conflict" && h("span", { class: "badge conflict" }, T("conflict")),
    finding[F.isNew] ? h("span", { class: "badge new" }, T("new_badge")) : null,
  ];
  return h("article", { class: classes.join(" "), id: `finding-${number_}`, tabindex: "-1", "aria-labelledby": title,
    "aria-posinset": i + 1, "aria-setsize": feed.items.length, "data-id": finding[F.id],
    onfocusin: () => pointerIsDown || setCurrent(finding), onclick: () => setCurrent(finding) },
    h("div", { class: "card-top" },
      h("span", { class: `sev c-${severity}` }, h("span", { "aria-hidden": "true" }, SHAPES[severity] + " "), T(severity)),
      h("span", {}, kindName(RUN.kinds[finding[F.kind]])), badges,
      h("span", { class: "rule-id" }, `${number_} · ${rule.id}`)),
    h("h3", { id: title }, message(finding)),
    h("div", { class: shown.length > 1 ? "quotes" : "quotes single" }, shown.map(quote)),
    morePlaces(finding, rest),
    h("dl", { class: "reasons" },
      suggestionRow(finding),
      why && [h("dt", {}, T("why")), h("dd", { title: heading }, why)]),
    said(finding, state),
    openForm && openForm.finding === finding ? form(finding, openForm) : buttons(finding, state));
}

function morePlaces(finding, rest) {
  const hidden = rest.length + finding[F.more];
  if (!hidden) return null;
  const box = h("div", { class: "more" });
  const button = h("button", { type: "button", class: "quiet", "aria-expanded": "false", onclick: () => {
    box.replaceChildren(h("div", { class: "quotes" }, rest.slice(0, 100).map(quote)));
  } }, hidden === 1 ? T("one_more_place") : T("more_places", number(hidden)));
  box.append(button);
  return box;
}

function suggestionRow(finding) {
  const rows = [];
  if (finding[F.suggestion] !== null) {
    rows.push(h("dt", {}, T("suggestion")), h("dd", {}, finding[F.found] !== null && [h("q", {}, finding[F.found]),
      h("span", { class: "to" }, "→")], h("q", {}, finding[F.suggestion])));
  } else if (finding[F.expected] !== null) {
    rows.push(h("dt", {}, T("expected")), h("dd", {}, h("q", {}, finding[F.expected])));
  }
  return rows;
}

function sentence(entry) {
  return [h("b", {}, T(`${entry.judgement}_word`)),
    entry.correction !== null && entry.correction !== undefined ? [": ", h("q", {}, entry.correction)] : null,
    entry.note ? [" — ", entry.note] : null,
    h("span", { class: "who" }, ` · ${entry.reviewer}, ${dateText(entry.decided_at)}${entry.carried ? ` · ${T("carried")}` : ""}`)];
}

function said(finding, state) {
  if (state.state === "stale") {
    return h("div", { class: "said stale" }, h("p", {}, T("stale_note")), state.stale.map((entry) => h("p", {}, sentence(entry),
      (entry.quotes || []).length > 0 && [h("br"), `${T("then")}: `, entry.quotes.slice(0, 4).map((q, i) => [i ? " / " : "", h("q", {}, q.exact)]),
        h("br"), `${T("now")}: `, finding[F.anchors].slice(0, 4).map((g, i) => [i ? " / " : "", h("q", {}, quoted(g[0]))])])));
  }
  if (state.state === "conflict") {
    return h("div", { class: "said conflict" }, h("p", {}, T("conflict_note")), state.held.map((entry) => h("p", {}, sentence(entry), " ",
      h("button", { type: "button", onclick: () => settle(finding, entry, state.held) }, T("settle")))));
  }
  if (!state.held.length) return null;
  return h("div", { class: "said" }, state.held.map((entry) => h("p", {}, sentence(entry))));
}

function buttons(finding, state) {
  const mine = state.says && state.says.judgement;
  const one = (key, label, judgement) => h("button", { type: "button", "data-judgement": judgement, title: T(`${label}_hint`),
    "aria-pressed": String(mine === judgement), onclick: () => choose(finding, judgement) }, h("kbd", { "aria-hidden": "true" }, key), T(label));
  return h("div", { class: "deciding", role: "group", "aria-label": T("decide") },
    one("1", "confirm", "confirmed"), one("2", "dismiss", "dismissed"), one("3", "correct", "corrected"), one("4", "unsure", "unsure"),
    state.held.length > 0 && h("button", { type: "button", class: "quiet", "data-act": "note", onclick: () => openNote(finding) }, T("add_note")),
    state.held.length > 0 && h("button", { type: "button", class: "quiet", "data-act": "undo", onclick: () => undo(finding) }, T("undo")));
}

// --- deciding --------------------------------------------------------------------------------------

function choose(finding, judgement) {
  setCurrent(finding);
  if (judgement === "dismissed" || judgement === "corrected") return showForm(finding, { judgement });
  return decideAndGoOn(finding, judgement, {});
}
async function decideAndGoOn(finding, judgement, more) {
  if (!$("reviewer").value.trim()) return reviewerName();
  openForm = null;
  const next = feed.items[feed.place.get(finding) + 1];
  decide(finding, judgement, more);
  if (next) goTo(next); else goTo(finding);
}
function openNote(finding) {
  const { says } = stateOf(finding);
  if (!says) return showForm(finding, { judgement: "confirmed", noteOnly: true });
  return showForm(finding, { judgement: says.judgement, noteOnly: true, old: says });
}
function showForm(finding, what) {
  if (!reviewerName()) return;
  const last = openForm && openForm.finding;
  openForm = { finding, ...what };
  if (last && last !== finding) feed.refresh(last);
  feed.refresh(finding);
  const element = feed.element(finding);
  element.querySelector("form textarea, form input[type=text]").focus();
}
function closeForm() {
  if (!openForm) return false;
  const { finding } = openForm;
  openForm = null;
  feed.refresh(finding);
  goTo(finding, false);
  return true;
}

function form(finding, what) {
  const { judgement, noteOnly, old } = what;
  const correcting = judgement === "corrected" && !noteOnly;
  const start = old ? old.note : "";
  const wrong = h("p", { class: "wrong", role: "alert", hidden: true });
  const field = (label, control) => h("label", {}, h("span", {}, label), control);
  const correction = correcting && h("textarea", { rows: 2, spellcheck: "true",
    value: draftCorrection(finding) });
  const note = h("input", { type: "text", value: start, maxlength: 500, list: judgement === "dismissed" ? "reasons" : null });
  const places = correcting && h("fieldset", {}, h("legend", {}, T("places_to_correct")),
    finding[F.anchors].slice(0, 40).map((group, i) => h("label", {},
      h("input", { type: "checkbox", value: i, checked: finding[F.correct].includes(i) }), ` ${T("line")} ${group[0][A.line]}: `,
      h("q", {}, shortened(group.map(quoted).join(" "), 90)))));
  const submit = (event) => {
    event.preventDefault();
    const say = (key) => { wrong.textContent = T(key); wrong.hidden = false; };
    const reason = note.value.trim();
    if (judgement === "dismissed" && !noteOnly && !reason) return say("reason_needed");
    const more = { note: reason };
    if (correcting) {
      more.places = [...places.querySelectorAll("input:checked")].map((box) => +box.value);
      if (!more.places.length) return say("place_needed");
      more.correction = correction.value;
    } else if (old) Object.assign(more, { correction: old.correction, places: old.places });
    if (judgement === "dismissed" && reason) rememberReason(reason);
    return decideAndGoOn(finding, judgement, more);
  };
  return h("form", { class: "form", onsubmit: submit, onkeydown: (event) => {
    if (event.key === "Enter" && event.target.tagName === "TEXTAREA" && !event.shiftKey) submit(event);
  } },
    correcting && [field(T("correction"), correction), places],
    field(judgement === "dismissed" && !noteOnly ? T("reason") : T("note"), note), wrong,
    h("div", { class: "row" }, h("button", { type: "submit", class: "main" }, T("save")),
      h("button", { type: "button", onclick: closeForm }, T("cancel"))));
}
/** What the words to be replaced would be, mended as far as the finding says how. */
function draftCorrection(finding) {
  const words = finding[F.anchors][finding[F.correct][0] ?? 0].map(quoted).join(" ");
  const found = finding[F.found], right = finding[F.suggestion] ?? finding[F.expected];
  if (right === null || right === undefined) return words;
  if (found === words) return right;
  if (found === null) return finding[F.suggestion] ?? words;
  if (words.split(found).length !== 2) return words;
  // A rule may suggest other words for what it found, or for the whole quote: the one that changes its length least.
  const part = words.replace(found, () => right);
  return Math.abs(right.length - words.length) < Math.abs(part.length - words.length) ? right : part;
}
const shortened = (text, length) => (text.length > length ? text.slice(0, length - 1) + "…" : text);

const reasons = new Set();
function rememberReason(reason) {
  reasons.add(reason);
  drawReasons();
}
function drawReasons() {
  $("reasons").replaceChildren(...[...reasons, ...[1, 2, 3, 4].map((n) => T(`reason_${n}`))].map((r) => h("option", { value: r })));
}

function settle(finding, entry, held) {
  decide(finding, entry.judgement, {
    correction: entry.correction, places: entry.places || [], note: entry.note || "",
    settles: held.map((e) => e.entry_id),
  });
}

/** After a decision: the card, the numbers and the text say it. */
function decided(finding) {
  feed.refresh(finding);
  tally();
}

// --- going about -------------------------------------------------------------------------------------

function setCurrent(finding) {
  if (finding === current) return;
  const last = current;
  current = finding;
  for (const [f, on] of [[last, false], [finding, true]]) {
    const element = f && $(`finding-${numberOf.get(f)}`);
    if (element) element.classList.toggle("is-current", on);
  }
  drawHere();
}
function goTo(finding, scroll = true) {
  setCurrent(finding);
  const element = feed.element(finding);
  if (!element) return false;
  element.focus({ preventScroll: true });
  if (scroll) bringIntoView(element);
  return true;
}
function step(by, wanted = () => true) {
  const items = feed.items;
  let i = current === null ? (by > 0 ? -1 : items.length) : feed.place.get(current);
  do i += by; while (items[i] && !wanted(items[i]));
  if (items[i]) goTo(items[i]);
}
/** Goes to a finding from elsewhere; filters that hide it are lifted. */
function openFinding(finding) {
  if (!feed.place.has(finding)) clearFilters();
  goTo(finding);
}
