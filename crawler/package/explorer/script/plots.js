// ------------------------------------------------------------ plots: SVG, with the numbers in words and in a table
const WIDE = 640, HIGH = 150, AXIS = 24, SERIES = 6;

function figure(title, summary, drawing, head, rows) {
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", `${title}: ${summary}`);
  return el("figure", {}, el("figcaption", {}, el("b", {}, title), ` ${summary}`), drawing,
    el("details", {}, el("summary", {}, "The numbers"), el("div", {class: "wide", tabindex: "0", role: "region", "aria-label": `Numbers: ${title}`}, table(head, rows))));
}

function table(head, rows) {
  return el("table", {}, el("thead", {}, el("tr", {}, head.map((name) => el("th", {scope: "col"}, name)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell, n) => el(n ? "td" : "th", n ? {} : {scope: "row"}, typeof cell === "number" ? NUMBER.format(cell) : cell))))));
}

const legend = (series) => el("ul", {class: "legend"}, series.map((name, n) => el("li", {}, svg("svg", {viewBox: "0 0 10 10", "aria-hidden": "true"}, svg("rect", {class: "s" + n, width: 10, height: 10, rx: 2})), name)));

// Bars of months, each of several series one upon the other. `values` is [month, [n of each series]].
function bars(title, summary, series, values) {
  const months = values.length ? span(values[0][0], values[values.length - 1][0]) : [], of = new Map(values);
  // Too many months for bars that can be seen are years.
  const yearly = months.length > 120, sums = new Map();
  for (const month of months) {
    const key = yearly ? month.slice(0, 4) : month, its = sums.get(key) || series.map(() => 0);
    (of.get(month) || []).forEach((n, at) => { its[at] += n; });
    sums.set(key, its);
  }
  const keys = [...sums.keys()], top = Math.max(1, ...[...sums.values()].map((its) => its.reduce((a, b) => a + b, 0)));
  const step = Math.min(90, WIDE / Math.max(1, keys.length)), drawing = svg("svg", {viewBox: `0 0 ${WIDE} ${HIGH + AXIS}`, class: "plot"});
  keys.forEach((key, n) => {
    let y = HIGH;
    sums.get(key).forEach((number, at) => {
      const height = number ? Math.max(0.8, (HIGH - 20) * number / top) : 0;
      y -= height;
      if (number) drawing.append(svg("rect", {class: "s" + at, x: n * step + step * 0.08, y, width: step * 0.84, height}, svg("title", {}, `${key}, ${series[at]}: ${NUMBER.format(number)}`)));
    });
  });
  const every = Math.ceil(keys.length / 8);
  keys.forEach((key, n) => { if (n % every === 0) drawing.append(svg("text", {x: n * step + step / 2, y: HIGH + 18, "text-anchor": n ? "middle" : step < 40 ? "start" : "middle"}, key)); });
  drawing.append(svg("line", {x1: 0, x2: WIDE, y1: HIGH, y2: HIGH}), svg("text", {x: 0, y: 11}, NUMBER.format(top)));
  const node = figure(title, summary, drawing, [yearly ? "Year" : "Month", ...series], keys.map((key) => [key, ...sums.get(key)]));
  if (series.length > 1) node.insertBefore(legend(series), node.lastChild);
  return node;
}

function articlesPlot() {
  const perSource = new Map(), months = new Map();
  for (let row = 0; row < index.size; row++) perSource.set(index.source[row], (perSource.get(index.source[row]) || 0) + 1);
  const ranked = [...perSource].sort((a, b) => b[1] - a[1]).map(([number]) => number), own = ranked.slice(0, ranked.length > SERIES ? SERIES - 1 : SERIES);
  const series = own.map((number) => sourceName(sourceIds[number]));
  if (ranked.length > own.length) series.push(`${ranked.length - own.length} other sources`);
  let undated = 0;
  for (let row = 0; row < index.size; row++) {
    if (index.day[row] === NONE) { undated++; continue; }
    const month = iso(index.day[row]).slice(0, 7), at = own.indexOf(index.source[row]);
    if (!months.has(month)) months.set(month, series.map(() => 0));
    months.get(month)[at < 0 ? series.length - 1 : at]++;
  }
  const words = `by month of publication, ${count(months.size, "month")}${undated ? `; ${NUMBER.format(undated)} without a date are left out` : ""}.`;
  return bars("Articles", words, series, [...months].sort((a, b) => compare(a[0], b[0])));
}

function changesPlot() {
  const months = new Map(), series = ["edited", "withdrawn", "restored"];
  for (const event of allEvents) {
    const at = series.indexOf(event.kind), month = new Date(event.when * MINUTE).toISOString().slice(0, 7);
    if (at < 0) continue;
    if (!months.has(month)) months.set(month, [0, 0, 0]);
    months.get(month)[at]++;
  }
  if (!months.size) return null;
  const sums = series.map((_, n) => [...months.values()].reduce((sum, its) => sum + its[n], 0));
  return bars("Changes", `by month in which they were seen: ${series.map((name, n) => `${NUMBER.format(sums[n])} ${name}`).join(", ")}.`, series, [...months].sort((a, b) => compare(a[0], b[0])));
}

function languagesPlot() {
  const counts = new Map();
  for (let row = 0; row < index.size; row++) counts.set(index.language[row], (counts.get(index.language[row]) || 0) + 1);
  const its = [...counts].sort((a, b) => b[1] - a[1]).map(([number, n]) => [languageName(languageTags[number]), n]), some = its.slice(0, 12), top = Math.max(1, ...its.map(([, n]) => n));
  const drawing = svg("svg", {viewBox: `0 0 ${WIDE} ${some.length * 20 + 2}`, class: "plot"});
  some.forEach(([name, n], at) => drawing.append(svg("text", {x: 150, y: at * 20 + 14, "text-anchor": "end"}, name.slice(0, 26)),
    svg("rect", {class: "s0", x: 158, y: at * 20 + 3, width: Math.max(1, (WIDE - 240) * n / top), height: 14}), svg("text", {x: 164 + Math.max(1, (WIDE - 240) * n / top), y: at * 20 + 14}, NUMBER.format(n))));
  return figure("Languages and scripts", `${count(its.length, "language")}, as the texts were found to be.`, drawing, ["Language", "Articles"], its);
}

// ------------------------------------------------------------ the calendar of a source's runs
const GOOD = new Set(["complete", "ingested"]), PART = new Set(["partial", "postponed", "interrupted"]);

async function calendar(source) {
  const days = new Map();
  for (const [part, tags] of Object.entries(facts.files.runs || {})) for (let n = 0; n < tags.length; n++)
    for (const [id, day, outcome, runs, requests, faults] of await load("runs", part, n, tags[n])) if (id === source) {
      const its = days.get(day) || {good: 0, part: 0, bad: 0, requests: 0, faults: 0};
      its[GOOD.has(outcome) ? "good" : PART.has(outcome) ? "part" : "bad"] += runs;
      its.requests += requests;
      its.faults += faults;
      days.set(day, its);
    }
  const years = [...new Set([...days.keys()].map((day) => iso(day).slice(0, 4)))].sort().reverse();
  return years.map((year) => yearOf(year, days));
}

function yearOf(year, days) {
  const first = Date.UTC(+year, 0, 1) / DAY, size = Date.UTC(+year + 1, 0, 1) / DAY - first, shift = (new Date(first * DAY).getUTCDay() + 6) % 7;
  const drawing = svg("svg", {viewBox: "0 0 640 96", class: "plot calendar"}), rows = [], sums = {good: 0, part: 0, bad: 0};
  for (let n = 0; n < size; n++) {
    const its = days.get(first + n), x = 2 + Math.floor((n + shift) / 7) * 12, y = 2 + (n + shift) % 7 * 12;
    const kind = !its ? "none" : its.bad ? "bad" : its.part ? "part" : "good";
    drawing.append(svg("rect", {class: "day-" + kind, x, y, width: 10, height: 10, rx: 2}, svg("title", {}, `${iso(first + n)}: ${its ? words(its) : "no run"}`)));
    if (kind === "bad") drawing.append(svg("path", {class: "cross", d: `M${x + 2},${y + 2}l6,6m0,-6l-6,6`}));
    if (kind === "part") drawing.append(svg("path", {class: "cross", d: `M${x + 2},${y + 8}l6,-6`}));
    if (!its) continue;
    sums[kind]++;
    rows.push([iso(first + n), its.good, its.part, its.bad, its.requests, its.faults]);
  }
  const summary = `${count(rows.length, "day")} with runs: ${sums.good} all complete, ${sums.part} with one in part (/), ${sums.bad} with one that failed (×).`;
  return figure(year, summary, drawing, ["Day", "Complete", "In part", "Failed", "Requests", "Faults"], rows);
  function words(its) { return `${its.good} complete, ${its.part} in part, ${its.bad} failed; ${count(its.requests, "request")}, ${count(its.faults, "fault")}`; }
}

