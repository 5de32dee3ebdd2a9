"""The text of an article out of the lines of its page (`read_text`): asked once a page. The only home of trafilatura,
which is one voice among others."""
