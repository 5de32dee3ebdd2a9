"""Checks that read the archive itself: its records against the rows, and the rows made again from it."""
