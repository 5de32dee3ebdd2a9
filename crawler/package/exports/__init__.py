"""The package in other forms, and answers to readers' questions."""
