"""What a published table looks like: columns, cells, rows, partitions, the descriptor. Knows no build."""
