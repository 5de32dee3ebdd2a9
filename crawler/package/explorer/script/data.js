// ------------------------------------------------------------ files of explorer/
// A page of a disk may fetch nothing, but load scripts: each file calls `ministryNews` with its name and its data, packed.
const facts = JSON.parse($("facts").textContent);
const sources = new Map(facts.sources.map((source) => [source.source_id, source]));
const sourceName = (id) => (sources.get(id) || {}).title || id;
const total = Object.values(facts.articles).flatMap((its) => Object.values(its)).reduce((sum, n) => sum + n, 0);

const FILE = /^explorer\/[a-z]+(-[0-9T-]+)?-[0-9]+\.[0-9a-f]{8}\.js$/;
const rules = {createScriptURL: (url) => { if (!FILE.test(url)) throw new TypeError(`not a file of this page: ${url}`); return url; }};
const policy = globalThis.trustedTypes ? trustedTypes.createPolicy("explorer", rules) : rules;
const awaited = new Map();
globalThis.ministryNews = (stem, packed) => awaited.get(stem)?.(packed);

const stemOf = (kind, part, number) => [kind, part, String(number)].filter(Boolean).join("-");

function load(kind, part, number, tag) {
  const stem = stemOf(kind, part, number);
  const loaded = new Promise((resolve, reject) => {
    awaited.set(stem, resolve);
    const script = document.createElement("script");
    script.addEventListener("error", () => reject(new Error(`explorer/${stem}.${tag}.js is not there. The folder “explorer” belongs beside this page.`)));
    script.addEventListener("load", () => script.remove());
    script.src = policy.createScriptURL(`explorer/${stem}.${tag}.js`);
    document.head.append(script);
  });
  return loaded.finally(() => awaited.delete(stem)).then(unpacked);
}

async function unpacked(packed) {
  const letters = atob(packed), bytes = new Uint8Array(letters.length);
  for (let n = 0; n < letters.length; n++) bytes[n] = letters.charCodeAt(n);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

// The files read last are kept, so that going to and fro loads nothing twice.
const KEPT = 12, kept = new Map();
function recent(kind, part, number, tag) {
  const key = stemOf(kind, part, number), loading = kept.get(key) || load(kind, part, number, tag);
  kept.delete(key);
  kept.set(key, loading);
  loading.catch(() => kept.delete(key));
  for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(old);
  return loading;
}

// ------------------------------------------------------------ the index: columns of numbers, a row per article
const WITHDRAWN = 1, EDITED = 2, FOUND = 4, IN_TEXT = 8;
const columns = {day: Int32Array, at: Float64Array, first: Float64Array, last: Float64Array, source: Uint16Array,
  language: Uint16Array, state: Uint8Array, story: Uint32Array};
const index = {size: 0, titles: [], blocks: []};
for (const [name, type] of Object.entries(columns)) index[name] = new type(Math.max(total, 16));
const sourceIds = [], languageTags = [], numberOf = {source: new Map(), language: new Map()};
const events = new Map();           // article id -> [{kind, when, part, chunk, tag, row}], oldest first
const allEvents = [];

function numbered(kind, list, value) {
  const known = numberOf[kind];
  if (!known.has(value)) { known.set(value, list.length); list.push(value); }
  return known.get(value);
}

function grow(size) {
  for (const [name, type] of Object.entries(columns)) if (index[name].length < size) {
    const wider = new type(2 * size);
    wider.set(index[name]);
    index[name] = wider;
  }
}

function addArticles(part, data) {
  const start = index.size, size = data.titles.length;
  grow(start + size);
  const ofSource = data.sources.map((id) => numbered("source", sourceIds, id));
  const ofLanguage = data.languages.map((tag) => numbered("language", languageTags, tag));
  for (let n = 0; n < size; n++) {
    const row = start + n, day = data.days[n];
    index.day[row] = day === null ? NONE : day;
    index.at[row] = data.minutes[n] !== null ? data.minutes[n] : day === null ? NONE : day * 1440;
    index.first[row] = index.last[row] = data.first[n];
    index.source[row] = ofSource[data.source[n]];
    index.language[row] = ofLanguage[data.language[n]];
    index.state[row] = data.states[n] === "1" ? WITHDRAWN : 0;
    index.story[row] = data.stories[n];
  }
  index.titles.push(...data.titles);
  index.blocks.push({part, start, size, ids: data.ids, chunks: data.chunks, first: data.first_chunk});
  index.size += size;
}

// Which chunk of words a row of a block is in: [number, tag, place in it].
function place(chunks, first, row) {
  for (let n = 0; n < chunks.length; n++) {
    if (row < chunks[n][1]) return [first + n, chunks[n][0], row];
    row -= chunks[n][1];
  }
  throw new Error("an index of this page is not whole");
}

function addRevisions(part, data) {
  for (let n = 0, chunk = 0, row = 0; n < data.when.length; n++, row++) {
    while (row >= data.chunks[chunk][1]) { chunk++; row = 0; }
    const id = data.ids.slice(16 * n, 16 * n + 16);
    const event = {id, kind: data.kinds[data.kind[n]], source: data.sources[data.source[n]], when: data.when[n], part,
      chunk: data.first_chunk + chunk, tag: data.chunks[chunk][0], row};
    if (!events.has(id)) events.set(id, []);
    events.get(id).push(event);
    allEvents.push(event);
  }
}

const EDITS = new Set(["edited", "metadata"]);
function markEdited() {
  for (const block of index.blocks) for (let n = 0; n < block.size; n++) {
    const its = events.get(block.ids.slice(16 * n, 16 * n + 16)), row = block.start + n;
    if (!its) continue;
    if (its.some((event) => event.kind === "edited")) index.state[row] |= EDITED;
    index.last[row] = Math.max(index.first[row], ...its.map((event) => event.when));
  }
}

function blockOf(row) {
  let low = 0, high = index.blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (index.blocks[middle].start <= row) low = middle; else high = middle - 1;
  }
  return index.blocks[low];
}

function idOf(row) {
  const block = blockOf(row), at = 16 * (row - block.start);
  return block.ids.slice(at, at + 16);
}

function rowOf(id) {
  if (/^[0-9a-f]{16}$/.test(id)) for (const block of index.blocks)
    for (let at = block.ids.indexOf(id); at >= 0; at = block.ids.indexOf(id, at + 1)) if (at % 16 === 0) return block.start + at / 16;
  return -1;
}

async function article(row) {
  const block = blockOf(row), [number, tag, at] = place(block.chunks, block.first, row - block.start);
  return (await recent("texts", block.part, number, tag))[at];
}

// The wordings and events of an article, with their words, oldest first.
async function revisionsOf(id) {
  const its = [...events.get(id) || []].sort((a, b) => a.when - b.when);
  const chunks = await Promise.all(its.map((event) => recent("wordings", event.part, event.chunk, event.tag)));
  return its.map((event, n) => chunks[n][event.row]).sort((a, b) => compare(a.valid_from, b.valid_from));
}

// What tables cut by article id hold of one, of all parts since it was first seen.
async function ofBuckets(kind, id, since) {
  const found = [];
  for (const [part, tags] of Object.entries(facts.files[kind] || {})) {
    if (part < since.slice(0, part.length)) continue;
    const number = parseInt(id.slice(0, 4), 16) * tags.length >> 16;
    const its = (await recent(kind, part, number, tags[number]))[id];
    if (its !== undefined) found.push(its);
  }
  return found.flat();
}

