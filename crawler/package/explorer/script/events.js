// ------------------------------------------------------------ what is asked for
function failed(error) {
  turn++;
  $("main").replaceChildren(button("Back to the list", () => { location.hash = ""; }, {class: "back"}), el("p", {class: "notice", role: "alert"}, error.message));
  document.body.classList.add("reading");
}

function route() {
  const hash = decodeURIComponent(location.hash.slice(1)), [id, other] = hash.split("+"), row = rowOf(id);
  document.body.classList.toggle("reading", hash !== "");
  if (row >= 0) show(row, other).catch(failed);
  else if (hash.startsWith("source=") && sources.has(hash.slice(7))) sourceView(hash.slice(7)).catch(failed);
  else { turn++; overview(); }
}

async function readAll() {
  const order = (kind) => Object.entries(facts.files[kind] || {}).sort((a, b) => compare(b[0], a[0]))
    .flatMap(([part, tags]) => tags.map((tag, number) => [part, number, tag]).reverse());
  const articles = order("articles"), revisions = order("revisions");
  let drawnAt = -Infinity;
  for (const [n, [part, number, tag]] of articles.entries()) {
    addArticles(part, await load("articles", part, number, tag));
    if (terms.length) searchTitles();
    reading = n + 1 < articles.length || revisions.length ? ` (reading ${n + 1} of ${articles.length} files)` : "";
    // The newest part is shown at once; after that the list is drawn anew only now and then.
    if (performance.now() - drawnAt > 1500 && window.scrollY === 0 && $("list").parentElement.scrollTop === 0) { refresh(); drawnAt = performance.now(); }
    if (n === 0) route();
  }
  for (const [part, number, tag] of revisions) addRevisions(part, await load("revisions", part, number, tag));
  markEdited();
  reading = "";
  refresh();
  // What was asked for may have been in the last file; of an article that is read already, its history was not known.
  if (current < 0 || events.has(idOf(current))) route();
}

let typing = 0;
$("search").addEventListener("submit", (event) => event.preventDefault());
$("q").addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => { filter.q = $("q").value; setTerms(); refresh(); }, 150);
});
$("find").addEventListener("input", () => { find = $("find").value; drawFilters(); });
$("texts").addEventListener("click", () => {
  if (search.running) { search.running = false; search.stop(); } else search.run().catch(failed);
});
for (const side of ["from", "to"]) $(side).addEventListener("change", () => { filter[side] = $(side).value; refresh(); });
$("sort").addEventListener("change", () => { filter.sort = $("sort").value; refresh(); });
$("reset").addEventListener("click", () => { filter = {...empty(), sort: filter.sort}; $("q").value = ""; setTerms(); refresh(); });
$("toggle").addEventListener("click", () => {
  const open = $("panel").classList.toggle("open");
  $("toggle").setAttribute("aria-expanded", String(open));
});
addEventListener("hashchange", () => { route(); if (location.hash) $("main").focus({preventScroll: true}); });
addEventListener("keydown", (event) => {
  const writes = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === "/" && !writes) { event.preventDefault(); $("q").focus(); return; }
  if (event.key === "Escape" && writes) { event.target.blur(); return; }
  if (writes || event.ctrlKey || event.metaKey || event.altKey || !["j", "k"].includes(event.key)) return;
  const at = hits.indexOf(current), next = Math.max(0, at + (event.key === "j" ? 1 : -1));
  if (next >= hits.length) return;
  const id = idOf(hits[next]);
  location.hash = id;
  while (next >= drawn) drawMore();
  $("list").querySelector(`[data-id="${CSS.escape(id)}"]`)?.scrollIntoView({block: "nearest"});
});

if (Object.keys(facts.files.articles || {}).length) { reading = " (reading the index)"; drawMore(); }
readAll().catch(failed);
