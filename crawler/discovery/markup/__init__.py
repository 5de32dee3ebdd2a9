"""Trees of XML and HTML mended and read: start tags, payloads of scripts, days beside links, lines that readers see."""
