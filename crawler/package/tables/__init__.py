"""What a published table looks like: columns, cells, rows, partitions. Knows no descriptor and no build."""
