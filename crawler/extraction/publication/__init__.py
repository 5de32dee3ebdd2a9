"""When an article was published and changed: every day that its page tells, with what it is the day of, and the choice
among them (`choose_moments`)."""
