"""Calendars: exact days of each, the names of their months and eras, the months of all languages."""
