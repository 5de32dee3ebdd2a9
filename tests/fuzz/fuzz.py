"""Coverage-guided fuzzing of the readers of what comes from outside: `python tests/fuzz/fuzz.py TARGET --minutes 10`.

Needs atheris (`uv run --with atheris python tests/fuzz/fuzz.py page`), for which there are packages on Linux only. What
breaks a target is written to `tests/fuzz/corpus/TARGET/`, where the test suite tries it again for ever after; what only
reaches new code is kept in a folder outside of the repository, to begin the next session with."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import atheris

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]
_LINE = (
    b'uz,gov)/ 20261123201507 {"url": "https://gov.uz/", "status": "200", "length": "1", "offset": "0", "id": "i", '
    b'"role": "article", "kind": "response", "source": "xx.fuzz", "run": "r", "document": "1/ru", "hint": "m", '
    b'"date": "2026-11-23T20:15:07.123456Z", "filename": "x.warc.gz", "digest": "sha256:00", "mime": "text/html"}\n'
)
_PAGE = (
    b'<html><head><title>A - B</title><script type=\'application/ld+json\'>{"@type":"NewsArticle"}</script></head>'
    b"<body><main><h1>A</h1><time>2026-03-02</time><p>Words of a paragraph, many of them.</p></main></body></html>"
)
_RECORD = (
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/\r\nWARC-Date: 2026-03-02T10:00:00Z\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: 21\r\n\r\nHTTP/1.1 200 OK\r\n\r\nab\r\n\r\n"
)
STARTS = {
    "warc": [b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"],
    "wacz": [_RECORD.replace(b"x.example", b"ministry.example")],
    "members": [b"abc" + _RECORD, b"b\0\x40" + _RECORD + b"\xff\xfe" + _RECORD, b"c\1\0" + _RECORD * 2 + b"\xff\xfe"],
    "seed": [(HERE.parents[1] / "seeds" / "uz" / "eco.toml").read_bytes()],
    "dates": [
        "12 марта 2026 г., 10:05".encode(),
        b"2026-yil 5-mart 10:00",
        b"12.03.2026 / 10:05",
        b"5 Mar 2026",
    ],
    "http": [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n3;a=b\r\nabc\r\n0\r\n\r\n"
    ],
    "index": [_LINE],
    "robots": [b"User-agent: *\nDisallow: /a*b$\nCrawl-delay: 3\nSitemap: /s.xml\n"],
    "listings": [
        b"\0<rss><channel><item><link>/1</link><pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate></item></channel></rss>",
        b"\1<urlset><url><loc>https://ministry.example/1</loc><lastmod>2026-03-02</lastmod></url></urlset>",
        b'\2<a href="/1">one</a><a class="next" href="?page=2">next</a>',
        b'\3{"data": {"items": [{"id": 1}]}, "next": "/2"}',
        b'\5{"data": {"data": [{"id": 1, "updated_date": "2026-03-02 10:00:00"}], "total_page": 2}}',
    ],
    "page": [_PAGE],
    "css": [b"@import 'a.css';p{background:url( b.png ) url('c.png')}/* d */q{e:image-set('f' 1x,\\75 rl(g) 2x)}"],
    "srcset": [b"a 1x, b 2x, c 300w, d (e, f) 2x,, data:image/png;base64,g 1.5x"],
    "fields": ["1/ru\0https://x.example/\x002026-03-02\u2028method: POST\0\0detail\r\na: b\0TLS".encode()],
    "addresses": [
        b"HTTP/1.1 302 F\r\nLocation: //u:p@h.example/\r\nSet-Cookie: a\r\n",
        b"https:\\\\u:p@h.example/?a=//b@c",
    ],
    "replay": [_PAGE, b"<svg><style>a</style><image href=/a /><a xlink:href=b>c</a></svg><select><style></select>"],
}


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("target")
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--kept", type=Path, default=Path("fuzz-kept"), help="inputs that reach new code")
    chosen = options.parse_args()
    with atheris.instrument_imports(include=["crawler", "protego", "warcio"]):
        from targets import TARGETS
    if chosen.target == "descriptor":  # whole ones begin the session
        from package_targets import package

        STARTS["descriptor"] = [package().descriptor.read_bytes()]
    if chosen.target == "package_file":
        from package_targets import starts

        STARTS["package_file"] = starts()
    kept, found = chosen.kept / chosen.target, HERE / "corpus" / chosen.target
    for folder in (kept, found):
        folder.mkdir(parents=True, exist_ok=True)
    captured = [
        path for path in sorted((HERE.parent / "archive" / "data").glob("*.wa*")) if path.stat().st_size < 60_000
    ]
    real = [path.read_bytes() for path in captured] if chosen.target in ("warc", "wacz") else []
    for number, start in enumerate([*STARTS.get(chosen.target, []), *real]):
        (kept / f"start-{number}").write_bytes(start)
    flags = [f"-max_total_time={int(chosen.minutes * 60)}", "-timeout=20", "-rss_limit_mb=2048", "-max_len=65536"]
    atheris.Setup([sys.argv[0], *flags, f"-artifact_prefix={found}/", str(kept), str(found)], TARGETS[chosen.target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
