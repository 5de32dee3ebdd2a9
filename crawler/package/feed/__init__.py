"""`changes.atom`: what was added, edited and withdrawn, for readers of feeds (RFC 4287)."""
