"""Every line of a page gets one label with its reason; the text is the lines labelled text, in the page's order. Asked
by `read_text`; the only home of trafilatura, which is one voice among others."""
