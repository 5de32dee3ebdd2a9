"""Articles and pages of a package, looked up and shown."""
