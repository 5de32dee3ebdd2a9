import { WARCRecord, WARCSerializer } from "warcio";
import { createWriteStream } from "node:fs";
const base = "http://127.0.0.1:8431";
const out = createWriteStream("warcio-js.warc.gz");
const opts = { gzip: true, digest: { algo: "sha-256", prefix: "sha256:" } };
async function put(rec) { out.write(await WARCSerializer.serialize(rec, opts)); }
const v = "WARC/1.1";
await put(await WARCRecord.createWARCInfo({ filename: "warcio-js.warc.gz", warcVersion: v }, { software: "warcio.js", format: "WARC File Format 1.1" }));
const seen = new Map();
for (const path of ["/orchards/2026/11/pruning-calendar/", "/orchards/2026/11/winter-issue-announced/", "/orchards/2026/11/pruning-calendar/"]) {
  const url = base + path, date = new Date().toISOString();
  const resp = await fetch(url);
  const body = new Uint8Array(await resp.arrayBuffer());
  const httpHeaders = Object.fromEntries(resp.headers);
  const statusline = `HTTP/1.1 ${resp.status} ${resp.statusText}`;
  async function* content() { yield body; }
  const old = seen.get(url);
  let rec;
  if (old) {
    rec = await WARCRecord.create({ url, date, type: "revisit", warcVersion: v, warcHeaders: { "WARC-Payload-Digest": old.digest }, httpHeaders, statusline, refersToUrl: url, refersToDate: old.date }, (async function* () {})());
  } else {
    rec = await WARCRecord.create({ url, date, type: "response", warcVersion: v, warcHeaders: { "WARC-Page-ID": "p1", "WARC-Resource-Type": "document" }, httpHeaders, statusline }, content());
  }
  await put(rec);
  if (!old) seen.set(url, { date, digest: rec.warcPayloadDigest });
  const req = await WARCRecord.create({ url, date, type: "request", warcVersion: v, warcHeaders: { "WARC-Concurrent-To": rec.warcHeader("WARC-Record-ID") }, httpHeaders: { host: "127.0.0.1:8431", "user-agent": "x" }, statusline: `GET ${path} HTTP/1.1` }, (async function* () {})());
  await put(req);
  await put(await WARCRecord.create({ url: `urn:pageinfo:${url}`, date, type: "resource", warcVersion: v, warcHeaders: { "Content-Type": "application/json", "WARC-Page-ID": "p1" } }, (async function* () { yield new TextEncoder().encode(JSON.stringify({ pageid: "p1", url, counts: { jsErrors: 0 } })); })()));
  await new Promise((r) => setTimeout(r, 1100));
}
out.end();
