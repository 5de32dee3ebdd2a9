"""Runs extraction over many WARC files: shards (one WARC each) and engines (serial, processes, dask)."""
