// The text in both languages, with the findings in place.

const unitsOf = new Map();
RUN.units.forEach((unit, i) => {
  const list = unitsOf.get(unit[U.passage]) || [];
  list.push(i);
  unitsOf.set(unit[U.passage], list);
});

// passage (or unit, from its length on) -> [start, end, finding], in the order of the findings
const placesIn = { passage: new Map(), unit: new Map() };
for (const finding of RUN.findings) {
  for (const place of finding[F.anchors].flat()) {
    const side = place[A.unit] >= 0 ? "unit" : "passage";
    const id = place[A.unit] >= 0 ? place[A.unit] : place[A.passage];
    if (id < 0 || place.length > A.exact) continue;
    const list = placesIn[side].get(id) || [];
    list.push([place[A.start], place[A.end], finding]);
    placesIn[side].set(id, list);
  }
}

// A mark over more than this share of a passage is said beside it, or the whole page would be coloured.
const MOST_OF_IT = 0.7;

/** A text with its findings underlined and numbered; those of the whole text are returned beside it. */
function marked(text, places) {
  const inside = [], whole = [];
  for (const place of places || []) (place[1] - place[0] > MOST_OF_IT * text.length && text.length > 60 ? whole : inside).push(place);
  const cuts = [...new Set([0, text.length, ...inside.flatMap((p) => [p[0], p[1]])])].sort((a, b) => a - b);
  const parts = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [start, end] = [cuts[i], cuts[i + 1]];
    const here = inside.filter((p) => p[0] <= start && p[1] >= end);
    const piece = text.slice(start, end);
    if (!here.length) parts.push(piece);
    else {
      const worst = here.map((p) => p[2][F.severity]).sort((a, b) => ORDER.get(a) - ORDER.get(b))[0];
      parts.push(h("span", { class: `place s-${worst}` }, piece));
    }
    for (const p of inside.filter((q) => q[1] === end)) parts.push(reference(p[2]));
  }
  return { parts, whole };
}
function reference(finding, words) {
  const n = numberOf.get(finding);
  return h("a", { class: `ref c-${finding[F.severity]}`, href: `#finding-${n}`, title: message(finding),
    "aria-label": `${T("to_finding")} ${n}`, onclick: (event) => { event.preventDefault(); openFinding(finding); } },
  words || String(n));
}
function wholeNotes(whole) {
  return whole.map(([, , finding]) => h("p", { class: `whole c-${finding[F.severity]}` },
    `${SHAPES[finding[F.severity]]} ${kindName(RUN.kinds[finding[F.kind]])} `, reference(finding)));
}

const rows = new LongList($("rows"), 30, 110, (i) => row(i));
function row(i) {
  const passage = RUN.passages[i];
  const { parts, whole } = marked(passage[P.text], placesIn.passage.get(i));
  const where = [`${T("line")} ${number(passage[P.line])}`];
  if (passage[P.page]) where.unshift(`${T("page")} ${number(passage[P.page])}`);
  if (passage[P.kind] === "page_furniture") return h("div", { class: "unit is-page_furniture", id: `passage-${i}`, tabindex: "-1" },
    h("div", { class: "gutter" }, String(passage[P.number])),
    h("div", { class: "said-here", title: T("passage_kind_page_furniture") }, parts, wholeNotes(whole)), h("div"));
  return h("div", { class: `unit is-${passage[P.kind]}`, id: `passage-${i}`, tabindex: "-1" },
    h("div", { class: "gutter" }, h("span", { title: T(`passage_kind_${passage[P.kind]}`) }, `${passage[P.number]}`), h("br"), where.join(" · ")),
    h("div", { class: "said-here", lang: langOf(passage[P.lang]) }, parts,
      passage[P.repeats] >= 0 && h("p", { class: "about", lang: tongue }, h("button", { type: "button", class: "quiet",
        onclick: () => showPassage(passage[P.repeats]) }, T("copy_of", RUN.passages[passage[P.repeats]][P.number]))),
      wholeNotes(whole)),
    h("div", { class: "gives" }, (unitsOf.get(i) || []).map((u) => unitBox(u, i))));
}

function originWords(unit, edited) {
  if (edited) return `${T("by_person")}: ${edited.reviewer}, ${T("reviewed")}`;
  switch (unit[U.origin]) {
    case "machine": return unit[U.target] ? T("draft") : T("no_translation");
    case "memory": return T("from_memory");
    case "person": return T("by_person");
    default: return unit[U.paired] >= 0 ? T("counterpart", RUN.passages[unit[U.paired]][P.number]) : T("no_translation");
  }
}

function unitBox(u, passageIndex) {
  const unit = RUN.units[u];
  const edited = editOf(unit);
  const text = edited ? edited.target_text : unit[U.target];
  const { parts, whole } = edited ? { parts: [text], whole: [] } : marked(text, placesIn.unit.get(u));
  const box = h("div", {}, unit[U.source] && h("p", { class: "about from" }, `“${shortened(unit[U.source], 160)}”`),
    h("div", { lang: langOf(unit[U.lang]) }, parts), wholeNotes(whole),
    h("p", { class: "about" }, text || edited ? originWords(unit, edited) : T("no_translation"), " ",
      h("button", { type: "button", class: "quiet", "aria-label": `${T("edit")}: ${T("passage")} ${RUN.passages[passageIndex][P.number]}`,
        onclick: () => openEdit(box, u, passageIndex) }, T("edit"))),
    unit[U.warnings].map((w) => h("p", { class: "about warned" }, w[tongue === "sq" ? 1 : 0])));
  return box;
}

function openEdit(box, u, passageIndex) {
  const unit = RUN.units[u];
  const edited = editOf(unit);
  const area = h("textarea", { lang: langOf(unit[U.lang]), "aria-label": T("edit_label", RUN.passages[passageIndex][P.number]),
    value: edited ? edited.target_text : unit[U.target] });
  const close = () => rows.refresh(passageIndex);
  const save = async (event) => {
    event.preventDefault();
    if (!area.value.trim() || !reviewerName()) return;
    const done = editUnit(unit, area.value);
    close();
    if (await done && $("saving").className !== "bad") $("saving").textContent = T("edit_saved");
  };
  box.replaceChildren(h("form", { class: "edit-form", onsubmit: save, onkeydown: (event) => {
    if (event.key === "Escape") { event.stopPropagation(); close(); }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save(event);
  } }, area, h("div", {}, h("button", { type: "submit", class: "main" }, T("save")), " ",
    h("button", { type: "button", onclick: close }, T("cancel")))));
  area.focus();
}

function showPassage(i) {
  const element = rows.element(i);
  document.querySelectorAll(".unit.is-target").forEach((e) => e.classList.remove("is-target"));
  element.classList.add("is-target");
  element.focus({ preventScroll: true });
  bringIntoView(element);
}
const showInText = (place) => showPassage(place[A.passage]);
