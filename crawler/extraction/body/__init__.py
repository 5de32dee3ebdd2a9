"""The text of an article: which lines of a page it is. The only home of trafilatura."""
