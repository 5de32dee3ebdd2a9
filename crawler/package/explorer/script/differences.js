// ------------------------------------------------------------ word by word
const MAX_CELLS = 4e6;              // of the table of a word-by-word comparison
const FIELDS = [["title", "Title"], ["category", "Category"], ["published_at", "Published"], ["published_date", "Day"], ["language", "Language"], ["url", "Address"], ["summary", "Summary"], ["text", null]];

function diff(before, after) {
  const box = el("div", {class: "diff"});
  for (const [key, label] of FIELDS) {
    const a = before[key] || "", b = after[key] || "";
    if (a === b) continue;
    if (key === "published_date" && (before.published_at || after.published_at)) continue;
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

