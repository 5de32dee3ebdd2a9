"""One reader for each kind of listing: HTML, feeds, sitemaps, JSON APIs, WordPress REST, the portal gov.uz."""
