"""WARC records and files: written, read back, held against their digests, repaired. The only home of warcio."""
