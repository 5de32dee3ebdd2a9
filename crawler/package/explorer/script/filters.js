// ------------------------------------------------------------ filters
const empty = () => ({q: "", from: "", to: "", sources: new Set(), languages: new Set(), states: new Set(), sort: "new"});
let filter = empty(), terms = [], hits = new Uint32Array(), drawn = 0, current = -1, find = "";
const SHOWN_SOURCES = 12;

const STATES = {live: ["On the site", (state) => !(state & WITHDRAWN)], withdrawn: ["Withdrawn", (state) => state & WITHDRAWN],
  edited: ["Edited since publication", (state) => state & EDITED]};

// A test of rows that is made once for each search: which rows pass all filters but `except`.
function passing(except) {
  const f = filter, {state, source, language, day} = index;
  const ofSources = except !== "sources" && f.sources.size ? new Set([...f.sources].map((id) => numberOf.source.get(id))) : null;
  const ofLanguages = except !== "languages" && f.languages.size ? new Set([...f.languages].map((tag) => numberOf.language.get(tag))) : null;
  const tests = except !== "states" && f.states.size ? [...f.states].map((name) => STATES[name][1]) : null;
  const from = except !== "period" && f.from ? Date.parse(f.from) / DAY : -Infinity, to = except !== "period" && f.to ? Date.parse(f.to) / DAY : Infinity;
  const anyDay = from === -Infinity && to === Infinity;
  return (row) => (!terms.length || state[row] & (FOUND | IN_TEXT)) && (!ofSources || ofSources.has(source[row])) &&
    (!ofLanguages || ofLanguages.has(language[row])) && (!tests || tests.some((test) => test(state[row]))) &&
    (anyDay || (day[row] !== NONE && day[row] >= from && day[row] <= to));
}

function searchTitles() {
  for (let row = 0; row < index.size; row++) {
    const found = terms.length && matches(index.titles[row]);
    index.state[row] = found ? index.state[row] | FOUND : index.state[row] & ~FOUND;
  }
}

function matches(text) {
  const plain = fold(text);
  return terms.every((term) => plain.search(term) >= 0);
}

function setTerms() {
  terms = fold(filter.q).split(/\s+/).map(pattern).filter(Boolean);
  for (let row = 0; row < index.size; row++) index.state[row] &= ~IN_TEXT;
  search.stop();
  searchTitles();
}

function tally(except, column) {
  const test = passing(except), counts = new Map();
  for (let row = 0; row < index.size; row++) if (test(row)) counts.set(column[row], (counts.get(column[row]) || 0) + 1);
  return counts;
}

function choices(box, chosen, options) {
  const had = box.contains(document.activeElement) ? document.activeElement.value : null;
  box.replaceChildren(...options.map(([value, label, number]) => {
    const input = el("input", {type: "checkbox", value, onchange: () => {
      if (chosen.has(value)) chosen.delete(value); else chosen.add(value);
      refresh();
    }});
    input.checked = chosen.has(value);
    return el("label", {}, input, el("span", {}, label), el("span", {class: "n"}, NUMBER.format(number)));
  }));
  if (had !== null) [...box.querySelectorAll("input")].find((input) => input.value === had)?.focus();
}

function drawFilters() {
  const perSource = tally("sources", index.source), perLanguage = tally("languages", index.language);
  const words = fold(find);
  const its = sourceIds.map((id, n) => [id, sourceName(id), perSource.get(n) || 0])
    .filter(([id, name]) => filter.sources.has(id) || !words || fold(`${name} ${id}`).includes(words))
    .sort((a, b) => filter.sources.has(b[0]) - filter.sources.has(a[0]) || b[2] - a[2] || compare(a[1], b[1]));
  choices($("sources"), filter.sources, its.slice(0, SHOWN_SOURCES));
  $("find").hidden = sourceIds.length <= SHOWN_SOURCES;
  $("more-sources").textContent = its.length > SHOWN_SOURCES ? `and ${count(its.length - SHOWN_SOURCES, "more source")}: type to find one` : "";
  choices($("languages"), filter.languages, languageTags.map((tag, n) => [tag, languageName(tag), perLanguage.get(n) || 0]).sort((a, b) => b[2] - a[2] || compare(a[1], b[1])));
  const test = passing("states"), counts = Object.fromEntries(Object.keys(STATES).map((key) => [key, 0]));
  for (let row = 0; row < index.size; row++) if (test(row)) for (const key in STATES) if (STATES[key][1](index.state[row])) counts[key]++;
  choices($("states"), filter.states, Object.entries(STATES).map(([key, [label]]) => [key, label, counts[key]]));
  drawMonths();
  $("from").value = filter.from;
  $("to").value = filter.to;
}

function drawMonths() {
  const perDay = tally("period", index.day), counts = new Map();
  for (const [day, number] of perDay) if (day !== NONE) counts.set(iso(day).slice(0, 7), (counts.get(iso(day).slice(0, 7)) || 0) + number);
  const known = [...counts.keys()].sort();
  const months = known.length ? span(known[0], known[known.length - 1]) : [];
  // The beginning of a month that names a bar: the month, its year, or its decade, so that no bar is outside the column.
  const length = months.length > 480 ? 3 : months.length > 36 ? 4 : 7;
  const keys = [...new Set(months.map((month) => month.slice(0, length)))];
  const value = (key) => [...counts].filter(([month]) => month.startsWith(key)).reduce((sum, [, n]) => sum + n, 0);
  const name = (key) => length === 3 ? `${key}0s` : key;
  const values = keys.map(value), top = Math.max(1, ...values);
  $("months").replaceChildren(...keys.map((key, n) => {
    const first = `${key}${"0-01-01".slice(length === 7 ? 4 : length - 3)}`, last = length === 7 ? lastDay(key) : `${key}${"9-12-31".slice(length - 3)}`;
    const on = filter.from === first && filter.to === last, label = `${name(key)}: ${count(values[n], "article")}`;
    return button(bar(values[n] / top), () => {
      filter.from = on ? "" : first;
      filter.to = on ? "" : last;
      refresh();
    }, {class: on ? "on" : null, title: label, "aria-label": label, "aria-pressed": String(on)});
  }));
  $("scale").replaceChildren(...[...new Set([keys[0], keys[keys.length - 1]])].filter(Boolean).map((key) => el("span", {}, name(key))));
}

// A style attribute would break the page's policy; SVG says a height without one.
function bar(share) {
  const height = share ? Math.max(3, 100 * share) : 0;
  return svg("svg", {viewBox: "0 0 10 100", preserveAspectRatio: "none", "aria-hidden": "true"}, svg("rect", {x: 0, y: 100 - height, width: 10, height, rx: 1}));
}

function span(first, last) {
  const out = [];
  let [year, month] = first.split("-").map(Number);
  while (out.length < 2400) {
    const key = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
    out.push(key);
    if (key >= last) break;
    if (++month > 12) { month = 1; year++; }
  }
  return out;
}

function lastDay(month) {
  const [year, number] = month.split("-").map(Number);
  return `${month}-${String(new Date(Date.UTC(year, number, 0)).getUTCDate()).padStart(2, "0")}`;
}

