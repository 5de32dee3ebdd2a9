"""WARC files written, read, indexed and repaired. The only home of warcio; knows nothing of Scrapy or of articles."""
