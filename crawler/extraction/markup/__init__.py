"""HTML as such: what bytes are, their charset, the tree, its lines. Knows nothing of news."""
