"""How bytes come and go: each exchange recorded as it was on the wire; connections, names, certificates."""
