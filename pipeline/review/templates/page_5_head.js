// The head of the page: facts, the picture of the whole document, the numbers.

// Start of each passage in the picture's own units: characters of all passages before it.
const offsets = [0];
for (const passage of RUN.passages) offsets.push(offsets.at(-1) + passage[P.text].length + 1);
const LENGTH = offsets.at(-1) || 1;
const spotOf = (place) => (place[A.passage] < 0 ? 0 : (offsets[place[A.passage]] + (place[A.unit] >= 0 ? 0 : place[A.start])) / LENGTH);

function drawHead() {
  const doc = RUN.document;
  const facts = [`${number(RUN.counts.passages)} ${T("passages_word")}`, `${number(doc.characters)} ${T("characters")}`,
    `${T("report_date")}: ${doc.report_date || T("no_date")}`];
  $("facts").textContent = facts.join(" · ");
  const repairs = doc.repairs.map(([kind, n]) => `${kind.replaceAll("_", " ")} (${number(n)})`);
  const notes = [...doc.notes, ...(repairs.length ? [`${T("repaired")}: ${repairs.join(", ")}`] : [])];
  $("notes").hidden = !notes.length;
  $("notes").replaceChildren(...notes.map((n) => h("li", {}, n)));
}

function drawLegend() {
  const box = (cls) => svg("svg", { viewBox: "0 0 12 8", "aria-hidden": "true" }, svg("rect", { class: cls, width: "12", height: "8" }));
  const arc = (cls) => svg("svg", { viewBox: "0 0 12 8", "aria-hidden": "true" }, svg("path", { class: cls, d: "M1 1Q6 13 11 1" }));
  const entries = RUN.severities.filter((s) => RUN.counts.findings[s]).map((s) => [swatch(s), T(`${s}_many`)]);
  for (const lang of ["sq", "en", "mixed", "und"]) if (RUN.counts.languages[lang]) entries.push([box(`l-${lang}`), T(`lang_${lang}`)]);
  if (RUN.counts.copies) entries.push([arc("a-copy"), `${T("copies")} (${number(RUN.counts.copies)})`]);
  if (RUN.counts.pairs) entries.push([arc("a-pair"), `${T("pairs")} (${number(RUN.counts.pairs)})`]);
  $("legend").replaceChildren(...entries.map(([picture, words]) => h("li", {}, picture, words)));
}
const swatch = (severity) => h("span", { class: `c-${severity}`, "aria-hidden": "true" }, SHAPES[severity] + " ");

function drawGlance() {
  const c = RUN.counts;
  $("glance-findings").replaceChildren(...RUN.severities.map((s) => h("button", { type: "button", class: `c-${s}`,
    onclick: () => { filter.severities = new Set([s]); drawToolbar(); applyFilters(); bringIntoView($("findings")); } },
  h("b", {}, number(c.findings[s])), h("span", {}, T(`${s}_many`)))));
  const all = Math.max(1, c.passages);
  $("glance-passages").replaceChildren(...["sq", "en", "mixed", "und"].filter((l) => c.languages[l]).map((l) =>
    bar(T(`lang_${l}`), number(c.languages[l]), c.languages[l] / all, `l-${l}`)));
  $("glance-coverage").replaceChildren(...Object.entries(c.coverage).map(([what, { seen, understood }]) =>
    bar(T(what), seen ? T("of_seen", number(understood), number(seen)) : T("none_seen"), seen ? understood / seen : 0, "bar-full")));
  const made = Object.entries(c.translated).filter(([, n]) => n).map(([origin, n]) => [n, T(`origin_${origin}`)]);
  if (c.untranslated) made.push([c.untranslated, T("origin_none")]);
  const list = $("glance-translation");
  list.replaceChildren(...made.flatMap(([n, words]) => [h("dt", {}, number(n)), h("dd", {}, words)]));
  list.hidden = !made.length;
  const box = list.parentElement;
  box.querySelectorAll("p").forEach((p) => p.remove());
  if (!made.length) box.append(h("p", { class: "hint" }, T("nothing_translated")));
  if (c.translated.machine) box.append(h("p", { class: "draft-note" }, T("drafts")));
  if (RUN.engines.length) box.append(h("p", { class: "made-by" }, `${T("engine")}: ${RUN.engines.join("; ")}`));
}
function bar(label, value, share, cls) {
  return h("div", {}, h("dt", {}, label), h("dd", {}, value), h("dd", { class: "bar", "aria-hidden": "true" },
    svg("svg", { viewBox: "0 0 100 5", preserveAspectRatio: "none" }, svg("rect", { class: "bar-ground", width: "100", height: "5" }),
      svg("rect", { class: cls, width: String(Math.round(1000 * share) / 10), height: "5" }))));
}

// --- the picture ---------------------------------------------------------------------------------

function passageAt(share) {
  const wanted = share * LENGTH;
  let low = 0, high = RUN.passages.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[middle] <= wanted) low = middle; else high = middle - 1;
  }
  return low;
}
// Findings by passage, for what the picture says under the mouse.
const findingsAt = new Map();
for (const finding of RUN.findings) {
  for (const p of new Set(finding[F.anchors].flat().map((place) => place[A.passage]))) {
    findingsAt.set(p, [...(findingsAt.get(p) || []), finding]);
  }
}
function sayPassage(i) {
  const passage = RUN.passages[i];
  const here = findingsAt.get(i) || [];
  const per = RUN.severities.map((s) => [s, here.filter((f) => f[F.severity] === s).length]).filter(([, n]) => n);
  return [`${T("line")} ${number(passage[P.line])}`, T(`lang_${passage[P.lang]}`),
    per.length ? per.map(([s, n]) => `${number(n)} ${T(n === 1 ? s : `${s}_many`)}`).join(", ") : null, shortened(passage[P.text].replace(/\s+/g, " "), 90)]
    .filter(Boolean).join(" · ");
}
function setUpMap() {
  const map = $("map"), slider = $("slider"), says = $("map-says");
  if (!RUN.passages.length) { slider.disabled = true; return; }
  const share = (event) => { const box = map.getBoundingClientRect(); return Math.min(0.9999, Math.max(0, (event.clientX - box.left) / box.width)); };
  map.addEventListener("pointermove", (event) => { says.textContent = sayPassage(passageAt(share(event))); });
  map.addEventListener("pointerleave", () => { says.textContent = "\u00a0"; });
  map.addEventListener("click", (event) => {
    const box = map.getBoundingClientRect();
    const i = passageAt(share(event));
    // The upper half shows findings: a click there goes to the next one; below, to the text.
    const near = event.clientY - box.top < box.height * map.dataset.band && nearestFinding(i);
    if (near) openFinding(near); else showPassage(i);
  });
  slider.max = RUN.passages.length;
  const tell = () => slider.setAttribute("aria-valuetext", sayPassage(slider.value - 1));
  slider.addEventListener("input", () => { says.textContent = sayPassage(slider.value - 1); tell(); });
  slider.addEventListener("change", () => tell());
  slider.addEventListener("keydown", (event) => { if (event.key === "Enter") showPassage(slider.value - 1); });
  slider.addEventListener("pointerup", () => showPassage(slider.value - 1));
  tell();
}
function nearestFinding(i) {
  // A column of the picture is 1/150 of the document: no further than that.
  const reach = LENGTH / 150;
  let best = null;
  for (let by = 0; by < RUN.passages.length; by++) {
    for (const j of [i - by, i + by]) {
      const here = findingsAt.get(j);
      if (here && !best) best = here.find((f) => feed.place.has(f)) || here[0];
    }
    if (best || (Math.abs((offsets[i + by] ?? Infinity) - offsets[i]) > reach && Math.abs((offsets[i - by] ?? -Infinity) - offsets[i]) > reach)) break;
  }
  return best;
}

/** The places of the finding one is at, in the picture and in the strip under the toolbar. */
function drawHere() {
  const spots = current ? current[F.anchors].flat().slice(0, 60).map(spotOf) : [];
  const map = [];
  spots.forEach((spot, i) => {
    const x = (spot * 1200).toFixed(1);
    map.push(svg("path", { class: "here-line", d: `M${x} 0V92` }));
    if (i) {
      const x0 = (spots[0] * 1200).toFixed(1);
      map.push(svg("path", { class: "here-line", d: `M${x0} 88Q${((+x0 + +x) / 2).toFixed(1)} ${(100 + Math.abs(x - x0) / 12).toFixed(1)} ${x} 88` }));
    }
  });
  $("map-here").replaceChildren(...map);
  $("locator").querySelectorAll(".now").forEach((e) => e.remove());
  $("locator").append(...spots.map((spot) => svg("rect", { class: "now", x: (spot * 1000 - 1).toFixed(1), width: "3", height: "8" })));
}
function drawLocator() {
  const columns = new Set(feed.items.map((f) => Math.round(spotOf(f[F.anchors][0][0]) * 500)));
  $("locator").replaceChildren(...[...columns].map((c) => svg("rect", { class: "tick", x: String(c * 2), width: "1.4", height: "8" })));
  drawHere();
}

function drawEnd() {
  $("off").replaceChildren(...(RUN.off.length ? RUN.off.map(([rule, reason]) => h("li", {}, h("b", {}, RUN.rules[rule].id), ` ${RUN.rules[rule][tongue][0]} — ${reason}`))
    : [h("li", {}, T("rules_off_none"))]));
  const s = RUN.signature;
  const plain = (value) => Object.entries(value || {}).map(([k, v]) => `${k} ${typeof v === "object" ? JSON.stringify(v) : v}`).join(", ");
  const facts = [["program", s.program], ["document_sum", RUN.document.doc_id], ["code_sum", s.code], ["glossary_sum", s.glossary],
    ["engine", RUN.engines.join("; ") || T("no_engine")], ["memories", (s.memory || []).join(", ")], ["libraries", plain(s.libraries)], ["settings", plain(s.settings)]];
  $("signature").replaceChildren(...facts.filter(([, v]) => v).flatMap(([k, v]) => [h("dt", {}, T(k)), h("dd", {}, String(v))]));
}
