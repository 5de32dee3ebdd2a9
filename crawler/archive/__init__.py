"""WARC files written, read, indexed and repaired, in rooms: http, warc, containers, index, foreign.

The only home of warcio; knows nothing of Scrapy or of articles. `limits` and `kept` serve all rooms; `answers` and
`blank` use them."""
