"""One polite pass over one source. The only home of Scrapy; finds links and records exchanges, never reads articles."""
