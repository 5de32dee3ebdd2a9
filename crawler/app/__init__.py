"""What each command does: where rooms meet that do not know each other."""
