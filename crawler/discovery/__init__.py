"""From a listing page, feed, sitemap or API answer to the links it holds. Pure: (payload, entry) -> links."""
