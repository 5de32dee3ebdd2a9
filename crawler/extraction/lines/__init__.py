"""What a short line is, by its words: labels, invitations, error messages, names of people. Knows no page."""
