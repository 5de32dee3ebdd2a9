"""The files that archives come in: packed with gzip or zstd in whatever pieces, and as WACZ."""
