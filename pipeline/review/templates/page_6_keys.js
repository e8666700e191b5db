// Keys, the language switch, printing, and the start.

const KEYS = [["j", "key_next"], ["k", "key_back"], ["o", "key_next_open"], ["1 2 3 4", "key_decide"], ["u", "key_undo"],
  ["n", "key_note"], ["t", "key_text"], ["/", "key_search"], ["l", "key_language"], ["Esc", "key_close"]];

function drawHelp() {
  $("keys").replaceChildren(...KEYS.flatMap(([keys, words]) => [
    h("dt", {}, keys.split(" ").map((k) => [h("kbd", {}, k), " "])), h("dd", {}, T(words))]));
  $("help-private").textContent = SERVED ? T("served") : T("help_private");
}

function redraw() {
  speak();
  drawHead();
  drawLegend();
  drawGlance();
  drawToolbar();
  drawReasons();
  const at = current;
  applyFilters();
  if (at && feed.place.has(at)) setCurrent(at);
  rows.show(RUN.passages.map((_, i) => i));
  drawEnd();
  drawHelp();
  showSaving();
}
function setTongue(chosen) {
  tongue = chosen;
  kept.set("tongue", tongue);
  searchText.clear();
  const at = current;
  redraw();
  if (at) goTo(at);
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const field = event.target.closest("input, select, textarea");
  if (event.key === "Escape") {
    if (!closeForm() && field) field.blur();
    return;
  }
  if (field || $("help").open) return;
  const acts = {
    j: () => step(1), k: () => step(-1), o: () => step(1, (f) => stateOf(f).state !== "decided"),
    1: () => current && choose(current, "confirmed"), 2: () => current && choose(current, "dismissed"),
    3: () => current && choose(current, "corrected"), 4: () => current && choose(current, "unsure"),
    u: undoLast, n: () => current && openNote(current), t: textAndBack,
    "/": () => { bringIntoView($("toolbar")); $("search").focus(); $("search").select(); },
    "?": () => $("help").showModal(), l: () => setTongue(tongue === "sq" ? "en" : "sq"),
  };
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}
/** The last decision made here, wherever one is now. */
function undoLast() {
  const gone = new Set([...decisions.entries.values()].flat().filter((e) => e.type === "withdrawn").map((e) => e.withdraws));
  const mine = [...decisions.entries.values()].flat().filter((e) => e.type === "decision" && !e.carried && !gone.has(e.entry_id) &&
    e.reviewer === $("reviewer").value.trim()).sort((a, b) => (a.decided_at < b.decided_at ? -1 : 1)).at(-1);
  const finding = mine && RUN.findings.find((f) => f[F.id] === mine.finding_id);
  if (!finding) return;
  undo(finding);
  openFinding(finding);
}
function textAndBack() {
  if (document.activeElement && document.activeElement.closest("#text") && current) return openFinding(current);
  const place = current && current[F.anchors][0][0];
  if (place && place[A.passage] >= 0) showInText(place);
  return undefined;
}

function start() {
  $("reviewer").value = kept.get("reviewer") || "";
  $("reviewer").addEventListener("change", () => reviewerName() && ($("saving").textContent = "") === "" && showSaving());
  $("search").addEventListener("input", () => { filter.words = $("search").value; refilter(); });
  $("search").addEventListener("keydown", (event) => { if (event.key === "Enter" && feed.items.length) { event.preventDefault(); goTo(feed.items[0]); } });
  for (const name of ["kind", "state", "order"]) $(name).addEventListener("change", () => { filter[name] = $(name).value; refilter(); });
  $("clear").addEventListener("click", clearFilters);
  $("download").addEventListener("click", download);
  $("load").addEventListener("change", () => { if ($("load").files[0]) loadFile($("load").files[0]); $("load").value = ""; });
  $("help-open").addEventListener("click", () => $("help").showModal());
  for (const button of document.querySelectorAll("[data-tongue]")) button.addEventListener("click", () => setTongue(button.dataset.tongue));
  document.addEventListener("keydown", pressed);
  document.addEventListener("pointerdown", () => { pointerIsDown = true; }, true);
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => { pointerIsDown = false; }, true);
  window.addEventListener("beforeprint", () => { feed.fillAll(); rows.fillAll(); });
  window.addEventListener("afterprint", () => { feed.keepAll = rows.keepAll = false; });
  setUpMap();
  redraw();
  const named = /^#finding-(\d+)$/.exec(location.hash);
  if (named && RUN.findings[named[1] - 1]) goTo(RUN.findings[named[1] - 1]);
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}
loadDecisions().catch((error) => { $("saving").className = "bad"; $("saving").textContent = T("not_saved", error.message); }).then(start);
