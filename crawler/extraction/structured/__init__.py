"""Data for machines inside a page: JSON-LD, JSON in scripts, the text formats of editors. Knows no HTML around it."""
