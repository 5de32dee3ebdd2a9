// ------------------------------------------------------------ what an article said, and when
const KINDS = {edited: "Words changed", metadata: "Date, category or another field changed", extractor: "Read anew by a newer version of the program",
  withdrawn: "Withdrawn from the site", restored: "Back on the site"};
const EVENTS = new Set(["withdrawn", "restored"]);

function history(row, its, revisions) {
  if (!revisions.length) return null;
  const older = revisions.filter((revision) => !EVENTS.has(revision.change_kind));
  const texts = [...older, {...its, valid_from: its.seen_at, change_kind: "current"}];
  const items = texts.map((words, n) => ({when: words.valid_from, words, before: texts[n - 1],
    what: n ? KINDS[texts[n - 1].change_kind] || texts[n - 1].change_kind : "First seen"}));
  for (const revision of revisions) if (EVENTS.has(revision.change_kind))
    items.push({when: revision.valid_from, what: KINDS[revision.change_kind], gone: revision.change_kind === "withdrawn", proof: revision});
  items.sort((a, b) => compare(b.when, a.when));
  const open = items.findIndex((other) => other.before);
  return [el("h3", {}, "History"), el("ol", {class: "history"}, items.map((entry, n) => entryOf(row, its, entry, n === open))), texts.length > 2 ? comparison(texts) : null];
}

function entryOf(row, its, entry, open) {
  const box = el("div", {});
  const toggle = (on) => {
    changed.setAttribute("aria-expanded", String(on));
    box.replaceChildren(...(on ? [diff(entry.before, entry.words)] : []));
  };
  const changed = entry.before ? button("What changed", () => toggle(changed.getAttribute("aria-expanded") !== "true")) : null;
  if (changed) toggle(open);
  const old = entry.words && entry.words.change_kind !== "current";
  return el("li", {class: entry.gone ? "gone" : null}, el("div", {class: "when"}, moment(entry.when)), el("div", {class: "what"}, entry.what), changed,
    old ? button("Read this wording", () => show(row, null, entry.words)) : null,
    facts.served && (entry.words || entry.proof).capture_id ? el("a", {class: "kept", href: `/snapshot/${its.article_id}/${(entry.words || entry.proof).capture_id}`}, "Snapshot") : null, box);
}

// Any two wordings against each other.
function comparison(texts) {
  const box = el("div", {});
  const choice = (label, at) => {
    const select = el("select", {"aria-label": label, onchange: () => draw()}, texts.map((words, n) => el("option", {value: n}, moment(words.valid_from))));
    select.value = String(at);
    return select;
  };
  const one = choice("The wording of", 0), other = choice("compared with that of", texts.length - 1);
  const draw = () => box.replaceChildren(diff(texts[one.value], texts[other.value]));
  draw();
  return [el("h3", {}, "Compare two wordings"), el("p", {class: "bar-line"}, "From ", one, " to ", other), box];
}

