"""What each line of a page is: one label each with its reason, where the lines stand, and the draft of an article that
rules work on. What the labels are is decided by `boilerplate` and `article_text`."""
