"""What is said about the tables: the descriptor, its lists of files, its settings, the version that is published."""
