"use strict";
// The run, the words of the interface, and how elements are made. Everything of the report goes in as text nodes.

const RUN = JSON.parse(document.getElementById("run").textContent);
const SERVED = document.documentElement.dataset.mode === "served";
const $ = (id) => document.getElementById(id);

// Rows of RUN by position; page_data.py writes them in this order.
const P = { text: 0, lang: 1, kind: 2, line: 3, page: 4, at: 5, repeats: 6, number: 7 };
const U = { id: 0, passage: 1, target: 2, lang: 3, origin: 4, state: 5, engine: 6, paired: 7, warnings: 8, basis: 9, source: 10 };
const F = { id: 0, rule: 1, kind: 2, severity: 3, en: 4, sq: 5, anchors: 6, found: 7, expected: 8, suggestion: 9,
  basis: 10, isNew: 11, more: 12, correct: 13 };
const A = { passage: 0, unit: 1, start: 2, end: 3, marks: 4, line: 5, exact: 6, before: 7, after: 8 };

// What the browser keeps for this page; where it keeps nothing (private windows), the page works without.
const kept = {
  get(name) { try { return localStorage.getItem("dygjuhe." + name); } catch { return null; } },
  set(name, value) { try { localStorage.setItem("dygjuhe." + name, value); return true; } catch { return false; } },
};

let tongue = kept.get("tongue") || ((navigator.language || "").startsWith("sq") ? "sq" : "en");
if (tongue !== "sq") tongue = "en";

/** A text of the interface in the chosen language, {0}, {1} filled in. */
function T(key, ...values) {
  const found = RUN.languages[tongue].texts[key];
  return (found === undefined ? key : found).replace(/\{(\d)\}/g, (_, i) => values[+i]);
}
const kindName = (kind) => RUN.languages[tongue].kinds[kind] || kind;
// Not every browser brings Albanian: 12 345 and 5 maj 2023 are written by hand.
const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, tongue === "sq" ? "\u00a0" : ",");
const MONTHS_SQ = ["janar", "shkurt", "mars", "prill", "maj", "qershor", "korrik", "gusht", "shtator", "tetor", "nëntor", "dhjetor"];
function dateText(iso) {
  const when = new Date(iso);
  if (isNaN(when)) return String(iso);
  const time = `${String(when.getHours()).padStart(2, "0")}:${String(when.getMinutes()).padStart(2, "0")}`;
  const month = tongue === "sq" ? MONTHS_SQ[when.getMonth()] : when.toLocaleString("en-GB", { month: "long" });
  return `${when.getDate()} ${month} ${when.getFullYear()}, ${time}`;
}

/** An element: h("p", {class: "hint", onclick: f}, "text", child, ...). Text is always text, never markup. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false));
  return element;
}
function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
const langOf = (lang) => (lang === "sq" || lang === "en" ? lang : null);

/** Lower case without ë and ç, so that a search finds `keshill` in `Këshill`. */
const fold = (text) => text.toLowerCase().replace(/ë/g, "e").replace(/ç/g, "c").replace(/[’‘`´]/g, "'");

/** The page's own texts in the chosen language. */
function speak() {
  document.documentElement.lang = tongue;
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = T(element.dataset.t);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", T(element.dataset.label));
  for (const element of document.querySelectorAll("[data-hint]")) element.placeholder = T(element.dataset.hint);
  for (const button of document.querySelectorAll("[data-tongue]"))
    button.setAttribute("aria-pressed", String(button.dataset.tongue === tongue));
  document.title = `${RUN.document.name} · ${T("title")}`;
}

/** A long list of which only what is near the screen exists as elements. */
class LongList {
  constructor(root, chunkSize, height, render) {
    Object.assign(this, { root, chunkSize, height, render, items: [], chunks: [] });
    // Two screens ahead: scrolling never meets an empty place, and 5,000 cards never exist at once.
    this.watcher = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) this.fill(entry.target);
        else if (!this.keepAll) this.empty(entry.target);
      }
    }, { rootMargin: "1600px 0px" });
  }
  show(items) {
    this.watcher.disconnect();
    this.items = items;
    this.place = new Map(items.map((item, i) => [item, i]));
    this.chunks = [];
    for (let i = 0; i < items.length; i += this.chunkSize) {
      const chunk = document.createElement("div");
      chunk.className = "chunk";
      chunk.first = i;
      chunk.style.height = `${Math.min(this.chunkSize, items.length - i) * this.height}px`;
      this.chunks.push(chunk);
    }
    this.root.replaceChildren(...this.chunks);
    if (this.chunks.length) this.fill(this.chunks[0]);
    for (const chunk of this.chunks) this.watcher.observe(chunk);
  }
  fill(chunk) {
    if (chunk.filled) return;
    chunk.filled = true;
    chunk.style.height = "";
    const end = Math.min(chunk.first + this.chunkSize, this.items.length);
    const made = [];
    for (let i = chunk.first; i < end; i++) made.push(this.render(this.items[i], i));
    chunk.replaceChildren(...made);
  }
  empty(chunk) {
    if (!chunk.filled || chunk.contains(document.activeElement) || chunk.querySelector("form")) return;
    chunk.style.height = `${chunk.offsetHeight}px`;
    chunk.filled = false;
    chunk.replaceChildren();
  }
  /** The element of an item, made if it does not exist; null where the item is filtered away. */
  element(item) {
    const i = this.place.get(item);
    if (i === undefined) return null;
    const chunk = this.chunks[Math.floor(i / this.chunkSize)];
    this.fill(chunk);
    return chunk.children[i - chunk.first];
  }
  /** Makes the element of an item anew where it exists. */
  refresh(item) {
    const i = this.place.get(item);
    if (i === undefined) return;
    const chunk = this.chunks[Math.floor(i / this.chunkSize)];
    if (chunk.filled) chunk.children[i - chunk.first].replaceWith(this.render(item, i));
  }
  fillAll() { this.keepAll = true; this.chunks.forEach((chunk) => this.fill(chunk)); }
}

/** Scrolls an element to the upper third, again once what is above it has its true height. */
function bringIntoView(element) {
  const go = () => element.isConnected && element.scrollIntoView({ block: "start" });
  go();
  requestAnimationFrame(() => requestAnimationFrame(go));
}
