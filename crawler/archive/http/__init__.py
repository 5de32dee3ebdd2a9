"""HTTP/1.x messages as they crossed the wire: taken apart, decoded within limits, secrets blanked. Knows no WARC."""
