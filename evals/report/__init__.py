"""A run, or two of them compared, as one page of HTML: scores, and every document's items."""
