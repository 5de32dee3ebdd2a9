"use strict";
// Everything shown is made of text nodes: no markup is ever parsed from data, and the policy of the page forbids it.
(() => {
const data = (name) => JSON.parse(document.getElementById("data-" + name).textContent);
const $ = (id) => document.getElementById(id);
const STEP = 60;                    // articles added to the list at a time
const MAX_CELLS = 4e6;              // of the table of a word-by-word comparison
const DATE = new Intl.DateTimeFormat("en-GB", {day: "numeric", month: "short", year: "numeric", timeZone: "UTC"});
const NUMBER = new Intl.NumberFormat("en-GB");
const KINDS = {edited: "Words changed", metadata: "Date, category or another field changed", extractor: "Read anew by a newer version of the program",
  withdrawn: "Withdrawn from the site", restored: "Back on the site"};

function el(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

// Only addresses of the web become links, and following one tells the site nothing of this page.
function link(url, ...children) {
  let parsed = null;
  try { parsed = new URL(url); } catch { return el("span", {}, ...children); }
  if (parsed.protocol !== "https:" && parsed.protocol !== "http:") return el("span", {}, ...children);
  return el("a", {href: parsed.href, rel: "noreferrer noopener external", target: "_blank"}, ...children);
}

const day = (article) => article.date || (article.at || article.first || "").slice(0, 10);
const shown = (iso) => iso ? DATE.format(new Date(iso.slice(0, 10) + "T00:00:00Z")) : "";
const moment = (iso) => iso ? `${shown(iso)}, ${iso.slice(11, 16)}${/Z$/.test(iso) ? " UTC" : ""}` : "";
const names = new Intl.DisplayNames(["en"], {type: "language"});
function languageName(tag) {
  if (!tag || tag === "und") return "unsure";
  try { return names.of(tag); } catch { return tag; }
}

// Letters without their case, marks and the many apostrophes of Uzbek; each stays one letter, so that places agree.
const folded = new Map();
function plainLetter(letter) {
  let plain = folded.get(letter);
  if (plain === undefined) {
    const lower = letter.toLowerCase();
    plain = /[ʻʼ‘’`´ʹ]/.test(letter) ? "'" : lower === "ё" ? "е" : lower === "й" ? "й" : lower.normalize("NFKD").replace(/\p{M}/gu, "");
    plain = (plain + " ".repeat(letter.length)).slice(0, letter.length);
    folded.set(letter, plain);
  }
  return plain;
}
function fold(text) {
  const lower = text.toLowerCase();
  // Lower case may be longer ("İ"); then letter by letter. ASCII and most Cyrillic need nothing more.
  return (lower.length === text.length ? lower : text).replace(/[^\0-_a-\x7fа-ик-я]/gu, plainLetter);
}

// A word as it is found in folded text, with or without the apostrophes that a keyboard may lack: kochat finds koʻchat.
function pattern(word) {
  const letters = [...word.replaceAll("'", "")].map((letter) => letter.replace(/[.*+?^${}()|[\]\\\/-]/g, "\\$&"));
  return letters.length ? new RegExp(letters.join("'?"), "g") : null;
}

// ------------------------------------------------------------ data

const sources = new Map(data("sources").map((source) => [source.id, source]));
const articles = data("articles");
const byId = new Map(articles.map((article) => [article.id, article]));
const group = (rows, key) => rows.reduce((map, row) => {
  if (row[key] !== undefined) (map.get(row[key]) || map.set(row[key], []).get(row[key])).push(row);
  return map;
}, new Map());
const revisions = group(data("revisions"), "id");
const media = group(data("media"), "id");
const stories = group(articles, "story");
for (const rows of revisions.values()) rows.sort((a, b) => a.from < b.from ? -1 : a.from > b.from ? 1 : 0);
for (const article of articles) {
  const rows = revisions.get(article.id) || [];
  article.edited = rows.some((row) => row.kind === "edited");
  article.last = rows.reduce((last, row) => row.from > last ? row.from : last, article.seen || "");
  article.day = day(article);
}
const sourceName = (id) => (sources.get(id) || {}).title || id;

// ------------------------------------------------------------ state

const empty = () => ({q: "", from: "", to: "", sources: new Set(), languages: new Set(), states: new Set(), sort: "new"});
let filter = empty(), terms = [], hits = [], drawn = 0, current = null;

const STATES = {live: ["On the site", (a) => a.status !== "withdrawn"], withdrawn: ["Withdrawn", (a) => a.status === "withdrawn"],
  edited: ["Edited since publication", (a) => a.edited]};

function passes(article, except) {
  const f = filter;
  if (except !== "sources" && f.sources.size && !f.sources.has(article.source)) return false;
  if (except !== "languages" && f.languages.size && !f.languages.has(article.lang)) return false;
  if (except !== "states" && f.states.size && ![...f.states].some((state) => STATES[state][1](article))) return false;
  if (except !== "period" && ((f.from && article.day < f.from) || (f.to && (!article.day || article.day > f.to)))) return false;
  return article.found;
}

// Whether all words that are searched for stand in an article; asked once for each search, and used by every filter.
function search(article) {
  if (!terms.length) return true;
  if (article.hay === undefined) article.hay = fold([article.title, article.text, article.summary, (article.tags || []).join(" ")].join("\n"));
  return terms.every((term) => article.hay.search(term) >= 0);
}

const ORDERS = {
  new: (a, b) => compare(b.at || b.day, a.at || a.day) || compare(a.id, b.id),
  old: (a, b) => compare(a.at || a.day, b.at || b.day) || compare(a.id, b.id),
  changed: (a, b) => compare(b.last, a.last) || compare(a.id, b.id),
};
const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;

function refresh() {
  terms = fold(filter.q).split(/\s+/).map(pattern).filter(Boolean);
  for (const article of articles) article.found = search(article);
  hits = articles.filter((article) => passes(article)).sort(ORDERS[filter.sort]);
  drawn = 0;
  $("list").replaceChildren();
  $("count").textContent = hits.length === articles.length ? `${NUMBER.format(hits.length)} articles`
    : `${NUMBER.format(hits.length)} of ${NUMBER.format(articles.length)} articles`;
  drawMore();
  drawFilters();
}

// ------------------------------------------------------------ list

const watcher = new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) drawMore(); }, {rootMargin: "400px"});

function drawMore() {
  const list = $("list");
  list.querySelector(".more")?.remove();
  watcher.disconnect();
  for (const article of hits.slice(drawn, drawn + STEP)) list.append(row(article));
  drawn = Math.min(drawn + STEP, hits.length);
  if (!hits.length) list.append(el("li", {class: "empty"}, "No article fits these filters."));
  if (drawn < hits.length) {
    const more = el("li", {class: "more"}, `${NUMBER.format(hits.length - drawn)} more`);
    list.append(more);
    watcher.observe(more);
  }
  point();
}

function row(article) {
  const meta = el("div", {class: "meta"}, el("span", {}, shown(article.day) || "no date"), el("span", {}, languageName(article.lang)),
    article.status === "withdrawn" ? el("span", {class: "tag gone"}, "withdrawn") : null,
    article.edited ? el("span", {class: "tag changed"}, "edited") : null);
  const strong = el("strong", {lang: article.lang, dir: "auto"}, marked(article.title));
  const text = snippet(article);
  return el("li", {}, el("a", {href: "#" + article.id, "data-id": article.id}, meta, strong,
    text ? el("p", {class: "snippet", lang: article.lang, dir: "auto"}, marked(text)) : null));
}

function snippet(article) {
  const text = article.text || article.summary || "";
  if (!terms.length) return text.slice(0, 160);
  const plain = fold(text.slice(0, 200000));
  const at = terms.map((term) => plain.search(term)).filter((place) => place >= 0).sort((a, b) => a - b)[0];
  if (at === undefined) return text.slice(0, 160);
  const start = at < 60 ? 0 : text.indexOf(" ", at - 60) + 1;
  return (start ? "… " : "") + text.slice(start, start + 180);
}

// The text with what was searched for in <mark> elements.
function marked(text) {
  if (!terms.length || !text) return [text || ""];
  const plain = fold(text), found = [];
  for (const term of terms) for (const match of plain.matchAll(term)) found.push([match.index, match.index + match[0].length]);
  found.sort((a, b) => a[0] - b[0]);
  const out = [];
  let done = 0;
  for (const [start, end] of found) {
    if (start < done) continue;
    out.push(text.slice(done, start), el("mark", {}, text.slice(start, end)));
    done = end;
  }
  return [...out, text.slice(done)];
}

function point() {
  for (const anchor of $("list").querySelectorAll("a")) {
    if (anchor.dataset.id === current?.id) anchor.setAttribute("aria-current", "true");
    else anchor.removeAttribute("aria-current");
  }
}

// ------------------------------------------------------------ filters

function tally(except, key) {
  const counts = new Map();
  for (const article of articles) if (passes(article, except)) counts.set(key(article), (counts.get(key(article)) || 0) + 1);
  return counts;
}

function choices(box, chosen, options) {
  box.replaceChildren(...options.map(([value, label, count]) => {
    const input = el("input", {type: "checkbox", checked: chosen.has(value), onchange: () => {
      if (chosen.has(value)) chosen.delete(value); else chosen.add(value);
      const at = [...box.querySelectorAll("input")].findIndex((other) => other.value === value);
      refresh();
      box.querySelectorAll("input")[at]?.focus();
    }});
    input.value = value;
    return el("label", {}, input, el("span", {}, label), el("span", {class: "n"}, NUMBER.format(count)));
  }));
}

function drawFilters() {
  const perSource = tally("sources", (a) => a.source), perLanguage = tally("languages", (a) => a.lang);
  choices($("sources"), filter.sources, [...new Set(articles.map((a) => a.source))].sort().map((id) => [id, sourceName(id), perSource.get(id) || 0]));
  choices($("languages"), filter.languages, [...new Set(articles.map((a) => a.lang))].sort().map((tag) => [tag, languageName(tag), perLanguage.get(tag) || 0]));
  choices($("states"), filter.states, Object.entries(STATES).map(([key, [label, test]]) =>
    [key, label, articles.filter((a) => test(a) && passes(a, "states")).length]));
  drawMonths();
  $("from").value = filter.from;
  $("to").value = filter.to;
}

function drawMonths() {
  const counts = tally("period", (a) => a.day.slice(0, 7));
  counts.delete("");
  const known = [...new Set(articles.map((a) => a.day.slice(0, 7)))].filter(Boolean).sort();
  const yearly = known.length > 1 && span(known[0], known[known.length - 1]).length > 36;
  const keys = yearly ? [...new Set(known.map((month) => month.slice(0, 4)))] : known.length ? span(known[0], known[known.length - 1]) : [];
  const value = (key) => yearly ? [...counts].filter(([month]) => month.startsWith(key)).reduce((sum, [, n]) => sum + n, 0) : counts.get(key) || 0;
  const top = Math.max(1, ...keys.map(value));
  $("months").replaceChildren(...keys.map((key) => {
    const first = yearly ? `${key}-01-01` : `${key}-01`, last = yearly ? `${key}-12-31` : lastDay(key);
    const on = filter.from === first && filter.to === last;
    const label = `${key}: ${NUMBER.format(value(key))} articles`;
    return el("button", {type: "button", class: on ? "on" : "", title: label, "aria-label": label, "aria-pressed": String(on), onclick: () => {
      filter.from = on ? "" : first;
      filter.to = on ? "" : last;
      refresh();
    }}, bar(value(key) / top));
  }));
  $("scale").replaceChildren(...(keys.length ? [keys[0], keys.length > 1 ? keys[keys.length - 1] : null] : []).filter(Boolean).map((key) => el("span", {}, key)));
}

// A style attribute would break the page's policy; SVG says a height without one.
function bar(share) {
  const make = (tag, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };
  const height = share ? Math.max(3, 100 * share) : 0;
  const svg = make("svg", {viewBox: "0 0 10 100", preserveAspectRatio: "none", "aria-hidden": "true"});
  svg.append(make("rect", {x: 0, y: 100 - height, width: 10, height, rx: 1}));
  return svg;
}

function span(first, last) {
  const out = [];
  let [year, month] = first.split("-").map(Number);
  while (out.length < 1200) {
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

// ------------------------------------------------------------ one article

function wordings(article) {
  const older = (revisions.get(article.id) || []).filter((row) => row.kind !== "withdrawn" && row.kind !== "restored");
  return [...older, {...article, from: article.seen, kind: "current"}];
}

function show(article, old) {
  current = article;
  document.title = article ? `${article.title} – ${$("note").previousElementSibling.textContent}` : $("note").previousElementSibling.textContent;
  document.body.classList.toggle("reading", Boolean(article));
  if (!article) {
    $("main").replaceChildren(overview());
    point();
    return;
  }
  const words = old || article;
  $("main").replaceChildren(el("article", {},
    el("button", {class: "back", type: "button", onclick: () => { location.hash = ""; }}, "Back to the list"),
    heading(article, words), notices(article, old), body(words), facts(article, words)));
  $("main").scrollTop = 0;
  point();
}

// What stands where no article is chosen: the package at a glance.
function overview() {
  if (!articles.length) return el("p", {class: "empty"}, "This package holds no articles.");
  const days = articles.map((a) => a.day).filter(Boolean).sort();
  const figures = [[articles.length, "articles"], [stories.size, "stories"], [new Set(articles.map((a) => a.source)).size, "sources"],
    [new Set(articles.map((a) => a.lang).filter((tag) => tag !== "und")).size, "languages and scripts"],
    [articles.filter((a) => a.edited).length, "edited after publication"], [articles.filter((a) => a.status === "withdrawn").length, "withdrawn"]];
  const events = [];
  for (const [id, rows] of revisions) for (const row of rows) if (row.kind !== "extractor" && byId.has(id))
    events.push({article: byId.get(id), kind: row.kind, when: row.kind === "edited" || row.kind === "metadata" ? row.to : row.from});
  events.sort((a, b) => compare(b.when, a.when) || compare(a.article.id, b.article.id));
  return el("article", {class: "overview"},
    el("p", {class: "lead"}, days.length ? `News published between ${shown(days[0])} and ${shown(days[days.length - 1])}. ` : "",
      "Choose an article on the left; / searches, j and k go to the next and the one before."),
    el("ul", {class: "figures"}, figures.map(([count, label]) => el("li", {}, el("b", {}, NUMBER.format(count)), label))),
    events.length ? [el("h3", {}, "Latest changes"), el("ol", {class: "history"}, events.slice(0, 12).map((event) =>
      el("li", {class: event.kind === "withdrawn" ? "gone" : ""}, el("div", {class: "when"}, `${moment(event.when)} · ${KINDS[event.kind]} · ${languageName(event.article.lang)}`),
        el("a", {href: "#" + event.article.id, lang: event.article.lang, dir: "auto"}, event.article.title))))] : null,
    el("h3", {}, "Sources"),
    el("ul", {class: "files"}, [...sources.values()].map((source) => el("li", {}, source.url ? link(source.url, source.title || source.id) : source.title,
      ` – ${NUMBER.format(articles.filter((a) => a.source === source.id).length)} articles`, source.rights ? `. Rights: ${source.rights}` : ""))));
}

function heading(article, words) {
  const versions = (stories.get(article.story) || []).slice().sort((a, b) => compare(a.lang, b.lang));
  const when = words.at ? moment(words.at) : shown(words.date);
  return [
    el("div", {class: "meta"}, el("span", {}, sourceName(article.source)), when ? el("span", {title: words.raw}, when) : el("span", {}, "no date on the page"),
      words.category ? el("span", {lang: words.lang}, words.category) : null,
      article.status === "withdrawn" ? el("span", {class: "tag gone"}, "withdrawn") : null, article.edited ? el("span", {class: "tag changed"}, "edited") : null),
    el("h2", {class: "title", lang: words.lang, dir: "auto"}, marked(words.title)),
    versions.length > 1 ? el("nav", {class: "versions", "aria-label": "Language versions"}, versions.map((version) =>
      el("a", {href: "#" + version.id, "aria-current": version.id === article.id ? "true" : null, hreflang: version.lang}, languageName(version.lang)))) : null,
  ].filter(Boolean);
}

function notices(article, old) {
  const out = [];
  if (article.status === "withdrawn") out.push(el("p", {class: "notice"}, `The source no longer shows this item; its absence was proved on ${moment(article.withdrawn)}.`));
  if (old) out.push(el("p", {class: "notice old"}, `An older wording, seen from ${moment(old.from)} until ${moment(old.to)}. `, el("a", {href: "#" + article.id, onclick: (event) => { event.preventDefault(); show(article); }}, "Show the present one")));
  return out;
}

function body(words) {
  const paragraphs = (words.text || "").split("\n").filter(Boolean);
  return el("div", {class: "body", lang: words.lang, dir: "auto"}, paragraphs.length ? paragraphs.map((text) => el("p", {}, marked(text)))
    : el("p", {}, "This item has no text of its own; see its files below."));
}

function facts(article, words) {
  const files = media.get(article.id) || [];
  const pair = (name, ...value) => [el("dt", {}, name), el("dd", {}, ...value)];
  return el("div", {class: "more-facts"},
    files.length ? [el("h3", {}, "Pictures and files"), el("ul", {class: "files"}, files.map((file) =>
      el("li", {}, link(file.url, file.caption || decodeURI_(file.url)), ` (${file.type || file.kind})`)))] : null,
    history(article),
    el("h3", {}, "Where it comes from"),
    el("dl", {},
      words.url || article.url ? pair("Address", link(words.url || article.url, decodeURI_(words.url || article.url))) : null,
      words.raw ? pair("Date on the page", words.raw) : null,
      words.modified ? pair("Changed, says the page", moment(words.modified)) : null,
      article.authors ? pair("Authors", article.authors.join(", ")) : null,
      article.tags ? pair("Tags", article.tags.join(", ")) : null,
      pair("First seen", moment(article.first)),
      article.seen && article.seen !== article.first ? pair("In these words since", moment(article.seen)) : null,
      article.confirmed ? pair("Last confirmed", moment(article.confirmed)) : null,
      words.warc ? pair("WARC record", el("code", {}, `${words.warc} @ ${words.offset} + ${words.length}`)) : null,
      words.sha ? pair("SHA-256 of the text", el("code", {}, words.sha)) : null,
      pair("Article", el("code", {}, article.id)),
      (sources.get(article.source) || {}).rights ? pair("Rights", sources.get(article.source).rights) : null));
}

function decodeURI_(url) {
  try { return decodeURI(url); } catch { return url; }
}

// ------------------------------------------------------------ history

function history(article) {
  const rows = revisions.get(article.id) || [];
  if (!rows.length) return null;
  const texts = wordings(article);
  const items = [{when: texts[0].from, what: "First seen", words: texts[0]}];
  for (let n = 1; n < texts.length; n++) items.push({when: texts[n].from, what: KINDS[texts[n - 1].kind] || texts[n - 1].kind, words: texts[n], before: texts[n - 1]});
  for (const row of rows) if (row.kind === "withdrawn" || row.kind === "restored") items.push({when: row.from, what: KINDS[row.kind], gone: row.kind === "withdrawn"});
  items.sort((a, b) => compare(b.when, a.when));
  return [el("h3", {}, "History"), el("ol", {class: "history"}, items.map((item, n) => entry(article, item, n === items.findIndex((other) => other.before))))];
}

function entry(article, item, open) {
  const place = el("div", {});
  const toggle = (on) => {
    compareButton.setAttribute("aria-pressed", String(on));
    place.replaceChildren(...(on ? [diff(item.before, item.words)] : []));
  };
  const compareButton = item.before ? el("button", {type: "button", onclick: () => toggle(compareButton.getAttribute("aria-pressed") !== "true")}, "What changed") : null;
  if (compareButton) toggle(open);
  const old = item.words && item.words.kind !== "current";
  const readButton = old ? el("button", {type: "button", onclick: () => show(article, item.words)}, "Read this wording") : null;
  return el("li", {class: item.gone ? "gone" : ""}, el("div", {class: "when"}, moment(item.when)), el("div", {class: "what"}, item.what), compareButton, readButton, place);
}

const FIELDS = [["title", "Title"], ["category", "Category"], ["at", "Published"], ["date", "Day"], ["lang", "Language"], ["url", "Address"], ["summary", "Summary"], ["text", null]];

function diff(before, after) {
  const box = el("div", {class: "diff"});
  for (const [key, label] of FIELDS) {
    const a = before[key] || "", b = after[key] || "";
    if (a === b) continue;
    if (key === "date" && (before.at || after.at)) continue;
    if (label) box.append(el("p", {class: "field"}, label));
    box.append(...lines(changes(words(a), words(b))));
  }
  if (!box.childNodes.length) box.append(el("p", {class: "skip-line"}, "Nothing that this page shows."));
  return box;
}

// A word keeps the space behind it: single spaces that both sides share would tear a comparison to pieces.
const words = (text) => text.match(/\n|[\p{L}\p{N}\p{M}ʻʼ'’-]+[^\S\n]*|[^\s][^\S\n]*/gu) || [];

// Longest common subsequence between what is left after the common beginning and end. [[kind, words]...]
function changes(a, b) {
  let start = 0, end = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const x = a.slice(start, a.length - end), y = b.slice(start, b.length - end);
  return [["=", a.slice(0, start)], ...middle(x, y), ["=", a.slice(a.length - end)]].filter(([, list]) => list.length);
}

function middle(x, y) {
  if (x.length * y.length > MAX_CELLS) return [["-", x], ["+", y]];
  const wide = y.length + 1, table = new Uint32Array((x.length + 1) * wide);
  for (let i = x.length - 1; i >= 0; i--) for (let j = y.length - 1; j >= 0; j--)
    table[i * wide + j] = x[i] === y[j] ? table[(i + 1) * wide + j + 1] + 1 : Math.max(table[(i + 1) * wide + j], table[i * wide + j + 1]);
  const out = [];
  const put = (kind, word) => { if (out.length && out[out.length - 1][0] === kind) out[out.length - 1][1].push(word); else out.push([kind, [word]]); };
  let i = 0, j = 0;
  while (i < x.length || j < y.length) {
    if (i < x.length && j < y.length && x[i] === y[j]) { put("=", x[i]); i++; j++; }
    else if (j >= y.length || (i < x.length && table[(i + 1) * wide + j] >= table[i * wide + j + 1])) put("-", x[i++]);
    else put("+", y[j++]);
  }
  return out;
}

// Paragraphs of a comparison; those without a change are left out but for a line that says so.
function lines(parts) {
  const paragraphs = [[]];
  for (const [kind, list] of parts) for (const word of list) {
    if (word !== "\n") { paragraphs[paragraphs.length - 1].push([kind, word]); continue; }
    if (kind !== "=") paragraphs[paragraphs.length - 1].push([kind, "¶"]);
    paragraphs.push([]);
  }
  const out = [];
  let left = 0;
  const flush = () => { if (left) out.push(el("p", {class: "skip-line"}, left === 1 ? "… one paragraph unchanged" : `… ${left} paragraphs unchanged`)); left = 0; };
  for (const paragraph of paragraphs) {
    if (paragraph.every(([kind]) => kind === "=")) { left += paragraph.length ? 1 : 0; continue; }
    flush();
    const node = el("p", {dir: "auto"});
    for (let at = 0; at < paragraph.length;) {
      let next = at;
      while (next < paragraph.length && paragraph[next][0] === paragraph[at][0]) next++;
      const text = paragraph.slice(at, next).map(([, word]) => word).join("");
      node.append(paragraph[at][0] === "=" ? text : el(paragraph[at][0] === "+" ? "ins" : "del", {}, text));
      at = next;
    }
    out.push(node);
  }
  flush();
  return out;
}

// ------------------------------------------------------------ events

let waiting = 0;
$("search").addEventListener("submit", (event) => event.preventDefault());
$("q").addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => { filter.q = $("q").value; refresh(); }, 120);
});
for (const side of ["from", "to"]) $(side).addEventListener("change", () => { filter[side] = $(side).value; refresh(); });
$("sort").addEventListener("change", () => { filter.sort = $("sort").value; refresh(); });
$("reset").addEventListener("click", () => { filter = {...empty(), sort: filter.sort}; $("q").value = ""; refresh(); });
$("toggle").addEventListener("click", () => {
  const open = $("panel").classList.toggle("open");
  $("toggle").setAttribute("aria-expanded", String(open));
});
const fromHash = () => show(byId.get(location.hash.slice(1)) || null);
addEventListener("hashchange", fromHash);
addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === "/" && !typing) { event.preventDefault(); $("q").focus(); return; }
  if (event.key === "Escape" && typing) { event.target.blur(); return; }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !"jk".includes(event.key)) return;
  const at = hits.indexOf(current), next = hits[Math.max(0, at + (event.key === "j" ? 1 : -1))];
  if (next) {
    location.hash = next.id;
    while (hits.indexOf(next) >= drawn) drawMore();
    $("list").querySelector(`[data-id="${CSS.escape(next.id)}"]`)?.scrollIntoView({block: "nearest"});
  }
});

refresh();
fromHash();
})();
