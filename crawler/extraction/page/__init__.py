"""A page read once and asked for many times: metadata, headings, what the site calls itself."""
