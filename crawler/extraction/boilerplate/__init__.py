"""Which lines among those of an article are none of its text, and why: `prune`, `trim_ends`. Asked by article_text."""
