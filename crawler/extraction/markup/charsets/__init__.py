"""Characters from bytes: runs of UTF-8 in other charsets, charsets that stand for each other, national ones, and
texts that were misread once."""
