"""One build, from sealed WARC files to a new version of the package."""
