"""How the sources of a package stand, for a person, a monitoring system, a page."""
