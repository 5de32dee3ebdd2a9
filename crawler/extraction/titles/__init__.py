"""The headline of a page: every title that it gives, and the choice among them (`choose_title`)."""
