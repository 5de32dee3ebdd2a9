// ------------------------------------------------------------ one article
let turn = 0;                       // of what is shown: what was asked for before and comes later is not shown

async function show(row, other, old) {
  const mine = ++turn;
  current = row;
  point();
  const its = await article(row), [revisions, versions] = await Promise.all([revisionsOf(its.article_id), versionsOf(row, its)]);
  const beside = other ? versions.find((version) => version.article_id === other) : null;
  const [media, confirmed] = await Promise.all([ofBuckets("media", its.article_id, its.first_seen_at), ofBuckets("confirmations", its.article_id, its.seen_at)]);
  if (mine !== turn) return;
  document.title = `${its.title} – ${facts.title}`;
  const words = old || its, back = button("Back to the list", () => { location.hash = ""; }, {class: "back"});
  const node = beside ? sideBySide(its, beside, versions) : el("article", {},
    heading(row, its, words), languages(its, versions), notices(row, its, old), body(words),
    el("div", {class: "facts"}, files(media), history(row, its, revisions), origin(its, words, confirmed)));
  $("main").replaceChildren(back, node);
  $("main").scrollTop = 0;
}

// The records of the same story, this one among them. The index has half of a story's id; the record has all of it.
async function versionsOf(row, its) {
  const rows = [];
  for (let other = 0; other < index.size; other++) if (index.story[other] === index.story[row]) rows.push(other);
  const all = await Promise.all(rows.map(article));
  return all.filter((version) => version.story_id === its.story_id).sort((a, b) => compare(a.language, b.language) || compare(a.article_id, b.article_id));
}

function meta(row, words) {
  const when = words.published_at ? moment(words.published_at) : shown(words.published_date);
  return el("div", {class: "meta"}, el("a", {href: "#source=" + words.source_id}, sourceName(words.source_id)),
    el("span", {title: words.published_raw}, when || "no date on the page"), words.category ? el("span", {lang: words.language}, words.category) : null,
    row === null ? null : tags(index.state[row]));
}

function heading(row, its, words) {
  return [meta(row, {...words, source_id: its.source_id}), el("h2", {class: "title", lang: words.language, dir: "auto"}, marked(words.title))];
}

function languages(its, versions) {
  if (versions.length < 2) return null;
  const others = versions.filter((version) => version.article_id !== its.article_id);
  return el("nav", {class: "versions", "aria-label": "Language versions"},
    versions.map((version) => el("a", {href: "#" + version.article_id, "aria-current": version.article_id === its.article_id ? "true" : null, hreflang: version.language}, languageName(version.language))),
    others.map((version) => el("a", {class: "beside", href: `#${its.article_id}+${version.article_id}`}, `Side by side with ${languageName(version.language)}`)));
}

function sideBySide(its, beside, versions) {
  const column = (version) => el("section", {lang: version.language, "aria-label": languageName(version.language)},
    el("h3", {}, languageName(version.language)), meta(null, version), el("h2", {class: "title", lang: version.language, dir: "auto"}, marked(version.title)), body(version));
  return el("article", {class: "pair"}, el("p", {}, el("a", {href: "#" + its.article_id}, "One version")), languages(its, versions),
    el("div", {class: "pair-columns"}, column(its), column(beside)));
}

function notices(row, its, old) {
  const out = [];
  if (its.status === "withdrawn") out.push(el("p", {class: "notice"}, `The source no longer shows this item; its absence was proved on ${moment(its.withdrawn_at)}.`));
  if (old) out.push(el("p", {class: "notice old"}, `An older wording, seen from ${moment(old.valid_from)} until ${moment(old.valid_to)}. `, button("Show the present one", () => show(row))));
  return out;
}

function body(words) {
  const paragraphs = (words.text || "").split("\n").filter(Boolean);
  return el("div", {class: "body", lang: words.language, dir: "auto"}, paragraphs.length ? paragraphs.map((text) => el("p", {}, marked(text)))
    : el("p", {}, "This item has no text of its own; see its files below."));
}

function files(media) {
  if (!media.length) return null;
  return [el("h3", {}, "Pictures and files"), el("ul", {class: "files"}, media.map((file) =>
    el("li", {}, file.url ? link(file.url, file.caption || readable(file.url)) : file.caption || "a file", ` (${file.media_type || file.kind})`)))];
}

function origin(its, words, confirmed) {
  const pair = (name, ...value) => value.some(Boolean) ? [el("dt", {}, name), el("dd", {}, ...value)] : [];
  const url = words.url || its.url, last = [its.seen_at, ...confirmed].sort().pop();
  return [el("h3", {}, "Where it comes from"), el("dl", {},
    url ? pair("Address", link(url, readable(url))) : [],
    pair("Date on the page", words.published_raw), pair("Changed, says the page", moment(words.modified_at)),
    pair("Authors", (words.authors || []).join(", ")), pair("Tags", (words.tags || []).join(", ")),
    pair("First seen", moment(its.first_seen_at)), its.seen_at !== its.first_seen_at ? pair("In these words since", moment(its.seen_at)) : [],
    pair("Last confirmed", moment(last)), pair("Snapshot", snapshot(its.article_id, words)),
    pair("SHA-256 of the text", el("code", {}, words.text_sha256 || "")), pair("Article", el("code", {}, its.article_id)),
    pair("Rights", (sources.get(its.source_id) || {}).rights))];
}

// Where the page of a wording is kept. From `serve` it is one click; from a disk, the record and what shows it.
function snapshot(id, words) {
  if (!words.warc_file) return null;
  const record = el("code", {}, `${words.warc_file} @ ${words.warc_offset} + ${words.warc_length}`);
  if (facts.served && words.capture_id) return el("span", {}, el("a", {href: `/snapshot/${id}/${words.capture_id}`}, "The page as it was captured"), " · ", record);
  return el("span", {}, record, el("br", {}), "Shown by ", el("code", {}, "ministry-news serve"), "; its bytes by ", el("code", {}, `warcio extract ${words.warc_file} ${words.warc_offset}`));
}

