"""What catalogues and tools are told of a package, each in its own words."""
