// ------------------------------------------------------------ the package, and one source
function overview() {
  document.title = facts.title;
  current = -1;
  point();
  if (!total) return $("main").replaceChildren(el("p", {class: "empty"}, "This package holds no articles."));
  let edited = 0, withdrawn = 0, first = Infinity, last = -Infinity;
  for (let row = 0; row < index.size; row++) {
    edited += index.state[row] & EDITED ? 1 : 0;
    withdrawn += index.state[row] & WITHDRAWN;
    if (index.day[row] !== NONE) { first = Math.min(first, index.day[row]); last = Math.max(last, index.day[row]); }
  }
  const whole = !reading, stories = new Set(index.story.subarray(0, index.size)).size;
  const figures = [[total, "article", "articles"], [stories, "story", "stories"], [facts.sources.length, "source", "sources"],
    [new Set(languageTags.filter((tag) => tag !== "und")).size, "language or script", "languages and scripts"],
    [edited, "edited after publication", "edited after publication"], [withdrawn, "withdrawn", "withdrawn"]];
  $("main").replaceChildren(el("article", {class: "overview"}, button("Back to the list", () => { location.hash = ""; }, {class: "back"}),
    el("h2", {class: "title"}, facts.title),
    el("p", {class: "lead"}, first < Infinity ? `News published between ${shown(iso(first))} and ${shown(iso(last))}. ` : "", "Choose an article in the list; / searches, j and k go to the next and the one before.", whole ? "" : ` So far ${NUMBER.format(index.size)} of ${NUMBER.format(total)} are read.`),
    el("ul", {class: "figures"}, figures.map(([number, one, many]) => el("li", {}, el("b", {}, NUMBER.format(number)), number === 1 ? one : many))),
    whole ? [articlesPlot(), changesPlot(), languagesPlot(), latest()] : el("p", {class: "empty"}, "Reading the index …"),
    el("h3", {}, "Sources"), sourceTable(),
    el("p", {class: "small"}, `Version ${facts.version}. README.md beside this page says how to read the tables and how to cite them.`)));
}

function latest() {
  const its = allEvents.filter((event) => event.kind !== "extractor").sort((a, b) => b.when - a.when || compare(a.id, b.id)).slice(0, 12);
  if (!its.length) return null;
  return [el("h3", {}, "Latest changes"), el("ol", {class: "history"}, its.map((event) => {
    const row = rowOf(event.id), tag = row < 0 ? "" : languageTags[index.language[row]];
    return el("li", {class: event.kind === "withdrawn" ? "gone" : null}, el("div", {class: "when"}, `${atMinute(event.when)} · ${KINDS[event.kind] || event.kind}`),
      el("a", {href: "#" + event.id, lang: tag, dir: "auto"}, row < 0 ? event.id : index.titles[row] || "(no title)"));
  }))];
}

function sourceTable() {
  const rows = facts.sources.map((source) => {
    const its = facts.articles[source.source_id] || {};
    return [el("a", {href: "#source=" + source.source_id}, source.title || source.source_id), its.live || 0, its.withdrawn || 0];
  });
  return el("div", {class: "wide", tabindex: "0", role: "region", "aria-label": "Sources"}, table(["Source", "On the site", "Withdrawn"], rows));
}

async function sourceView(id) {
  const mine = ++turn, source = sources.get(id), its = facts.articles[id] || {};
  current = -1;
  point();
  const years = await calendar(id);
  if (mine !== turn) return;
  document.title = `${sourceName(id)} – ${facts.title}`;
  $("main").replaceChildren(el("article", {class: "overview"}, button("Back to the list", () => { location.hash = ""; }, {class: "back"}),
    el("p", {}, el("a", {href: "#overview"}, "Overview")), el("h2", {class: "title"}, sourceName(id)),
    el("ul", {class: "figures"}, el("li", {}, el("b", {}, NUMBER.format(its.live || 0)), "on the site"), el("li", {}, el("b", {}, NUMBER.format(its.withdrawn || 0)), "withdrawn")),
    button("Show its articles", () => { filter = {...empty(), sources: new Set([id]), sort: filter.sort}; setTerms(); location.hash = ""; refresh(); }, {class: "act"}),
    el("h3", {}, "When it was looked at"), years.length ? years : el("p", {}, "No runs are told."),
    el("dl", {}, source.homepage ? [el("dt", {}, "Home page"), el("dd", {}, link(source.homepage, readable(source.homepage)))] : null,
      source.rights ? [el("dt", {}, "Rights"), el("dd", {}, source.rights)] : null, el("dt", {}, "Id"), el("dd", {}, el("code", {}, id)))));
}

