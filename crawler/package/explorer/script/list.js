// ------------------------------------------------------------ the list
const STEP = 60;                    // articles added to the list at a time
const ORDERS = {
  new: (a, b) => index.at[b] - index.at[a] || compare(idOf(a), idOf(b)),
  old: (a, b) => index.at[a] - index.at[b] || compare(idOf(a), idOf(b)),
  changed: (a, b) => index.last[b] - index.last[a] || compare(idOf(a), idOf(b)),
};
let reading = "";                   // what is still being loaded, in words

function refresh() {
  const test = passing(), rows = [];
  for (let row = 0; row < index.size; row++) if (test(row)) rows.push(row);
  hits = Uint32Array.from(rows).sort(ORDERS[filter.sort]);
  drawn = 0;
  $("list").replaceChildren();
  drawCount();
  drawMore();
  drawFilters();
}

function drawCount() {
  const every = Math.max(total, index.size);
  $("count").textContent = (hits.length === every ? count(every, "article") : `${NUMBER.format(hits.length)} of ${count(every, "article")}`) + reading;
}

const watcher = new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) drawMore(); }, {rootMargin: "400px"});

function drawMore() {
  const list = $("list");
  list.querySelector(".more")?.remove();
  watcher.disconnect();
  for (const row of hits.slice(drawn, drawn + STEP)) list.append(item(row));
  drawn = Math.min(drawn + STEP, hits.length);
  if (!hits.length) list.append(el("li", {class: "empty"}, reading ? "Reading the index …" : "No article fits these filters."));
  if (drawn < hits.length) {
    const more = el("li", {class: "more"}, button(`${NUMBER.format(hits.length - drawn)} more`, drawMore));
    list.append(more);
    watcher.observe(more);
  }
  point();
}

const tags = (state) => [state & WITHDRAWN ? el("span", {class: "tag gone"}, "withdrawn") : null, state & EDITED ? el("span", {class: "tag changed"}, "edited") : null];

function item(row) {
  const tag = languageTags[index.language[row]], id = idOf(row);
  return el("li", {}, el("a", {href: "#" + id, "data-id": id},
    el("div", {class: "meta"}, el("span", {}, shown(iso(index.day[row])) || "no date"), el("span", {}, languageName(tag)),
      sourceIds.length > 1 ? el("span", {}, sourceName(sourceIds[index.source[row]])) : null, tags(index.state[row])),
    el("strong", {lang: tag, dir: "auto"}, marked(index.titles[row] || "(no title)"))));
}

function point() {
  const id = current < 0 ? null : idOf(current);
  for (const anchor of $("list").querySelectorAll("a")) {
    if (anchor.dataset.id === id) anchor.setAttribute("aria-current", "true");
    else anchor.removeAttribute("aria-current");
  }
}

// ------------------------------------------------------------ search in the texts, file by file
const search = {
  turn: 0,
  stop() {
    this.turn++;
    $("texts").hidden = !terms.length;
    $("texts").textContent = "Search in the texts too";
    $("progress").textContent = "";
  },
  async run() {
    const turn = ++this.turn, chunks = index.blocks.flatMap((block) => {
      let start = block.start;
      return block.chunks.map(([tag, size], n) => [block.part, block.first + n, tag, (start += size) - size]);
    });
    $("texts").textContent = "Stop";
    this.running = true;
    let done = 0, found = 0, drawnAt = performance.now();
    for (const [part, number, tag, start] of chunks) {
      const rows = await load("texts", part, number, tag);
      if (turn !== this.turn) return;
      rows.forEach((its, n) => {
        if (!matches([its.title, its.text, its.summary, ...its.tags || []].filter(Boolean).join("\n"))) return;
        index.state[start + n] |= IN_TEXT;
        found++;
      });
      $("progress").textContent = `${count(found, "article")} in ${Math.round(100 * ++done / chunks.length)}% of the texts`;
      if (performance.now() - drawnAt > 700) { refresh(); drawnAt = performance.now(); }
    }
    this.running = false;
    $("texts").hidden = true;
    refresh();
  },
};

