"""Records found in the files of any tool, packed or not, whole or damaged: WARC, and ARC read as WARC."""
