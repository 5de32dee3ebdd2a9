"""The page of a package, `index.html`, by which people read it: made with every version, of its tables alone."""
