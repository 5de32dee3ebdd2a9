"""One atomic commit of files, its lock and its repair."""
