// ------------------------------------------------------------ elements, dates, words
// Everything shown is made of text nodes: no markup is ever parsed from data, and the policy of the page forbids it.
const $ = (id) => document.getElementById(id);
const DATE = new Intl.DateTimeFormat("en-GB", {day: "numeric", month: "short", year: "numeric", timeZone: "UTC"});
const NUMBER = new Intl.NumberFormat("en-GB");
const MINUTE = 60e3, DAY = 86400e3, NONE = -2147483648;

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

const el = (tag, props, ...children) => fill(document.createElement(tag), props, children);
const svg = (tag, props, ...children) => fill(document.createElementNS("http://www.w3.org/2000/svg", tag), props, children);

// Only addresses of the web become links, and following one tells the site nothing of this page.
function link(url, ...children) {
  let parsed = null;
  try { parsed = new URL(url); } catch { return el("span", {}, ...children); }
  if (parsed.protocol !== "https:" && parsed.protocol !== "http:") return el("span", {}, ...children);
  return el("a", {href: parsed.href, rel: "noreferrer noopener external", target: "_blank"}, ...children);
}

const button = (words, onclick, props) => el("button", {type: "button", ...props, onclick}, words);
const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;
const count = (number, one, many) => `${NUMBER.format(number)} ${number === 1 ? one : many || one + "s"}`;
const iso = (day) => day === NONE ? "" : new Date(day * DAY).toISOString().slice(0, 10);
const shown = (text) => text && !Number.isNaN(Date.parse(text.slice(0, 10))) ? DATE.format(new Date(text.slice(0, 10) + "T00:00:00Z")) : text || "";
const moment = (text) => text ? `${shown(text)}, ${text.slice(11, 16)}${/Z$/.test(text) ? " UTC" : ""}` : "";
const atMinute = (minutes) => moment(new Date(minutes * MINUTE).toISOString());

const names = new Intl.DisplayNames(["en"], {type: "language"});
function languageName(tag) {
  if (!tag || tag === "und") return "unsure";
  try { return names.of(tag); } catch { return tag; }
}

function readable(url) {
  try { return decodeURI(url); } catch { return url; }
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

