"""The index of captures (CDXJ), and what is looked up in it: one address at one time, and what earlier runs fetched."""
